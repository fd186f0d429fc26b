package import StrictJSON

/// How an attack came out.
package struct AttackResult: Codable, Sendable, Hashable, SchemaDescribed {
  /// The test against the armor class.
  package struct Test: Codable, Sendable, Hashable, SchemaDescribed {
    package let dice: DiceOutcome
    package let bonus: Int64
    package let total: Int64

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "The test against the armor class.",
        properties: [
          "dice": .init("The d20, or both of them."), "bonus": .init("Added to it, all bonuses included."),
          "total": .init("What was compared."),
        ])
    }
  }

  package struct Damage: Codable, Sendable, Hashable, SchemaDescribed {
    /// 0 for a miss.
    package let total: Int64
    package let type: DamageType
    /// Nil for a miss.
    package let dice: DiceOutcome?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "What the hit does.",
        properties: [
          "total": .init("0 for a miss.", .integers(0...HitPoints.most)), "type": .init("The kind of damage."),
          "dice": .init("Left out for a miss."),
        ])
    }
  }

  package let attacker: String
  package let target: String
  package let name: String
  package let weapon: String?
  package let hit: Bool
  package let critical: Bool
  package let ac: Int64
  package let attack: Test
  package let damage: Damage
  /// What the bonus includes, by source.
  package let includes: [ComputedBonus]

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "How an attack came out.",
      properties: [
        "attacker": .init("Who attacked.", .length(1...100)), "target": .init("Whom.", .length(1...100)),
        "name": .init("What people call the target.", .length(1...80)),
        "weapon": .init("With what.", .length(1...80)), "hit": .init("Whether it hit."),
        "critical": .init("Whether the dice of the damage were doubled."),
        "ac": .init("The armor class it had to reach."), "attack": .init("The test."),
        "damage": .init("What the hit does; apply_damage does it."),
        "includes": .init("What the bonus includes already, by source.", .count(0...20)),
      ])
  }
}
