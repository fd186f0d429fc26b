package import StrictJSON

/// A way to hit somebody: a weapon, claws, a ray.
package struct Attack: Codable, Sendable, Hashable, SchemaDescribed {
  package let name: String
  package let bonus: Int64
  package let damage: DamageNotation
  package let type: DamageType

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "A way to hit somebody.",
      properties: [
        "name": .init("What it is called; unique for the creature.", .length(1...80)),
        "bonus": .init("Added to the d20.", .integers(-10...30)),
        "damage": .init("What a hit does: 1d8 + 3."), "type": .init("The kind of damage."),
      ])
  }
}

/// A spell that a creature knows, with its mechanics as numbers, for prompts and people.
package struct Spell: Codable, Sendable, Hashable, SchemaDescribed {
  package let name: String
  /// 0 is a cantrip.
  package let level: Int64
  /// The resource that casting it takes.
  package let resource: ResourceID?
  package let attack: Int64?
  package let saveAbility: Ability?
  package let dc: Int64?
  package let damage: DamageNotation?
  package let damageType: DamageType?
  package let onSave: SaveEffect?
  package let healing: DamageNotation?
  package let condition: String?
  package let area: String?
  package let range: String?
  package let note: String?

  private enum CodingKeys: String, CodingKey {
    case name, level, resource, attack
    case saveAbility = "save_ability"
    case dc, damage
    case damageType = "damage_type"
    case onSave = "on_save"
    case healing, condition, area, range, note
  }

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "A spell and its mechanics.",
      properties: [
        "name": .init("What it is called; unique for the creature.", .length(1...80)),
        "level": .init("0 for a cantrip.", .integers(0...9)),
        "resource": .init("The creature's resource that casting takes."),
        "attack": .init("Bonus, where it attacks.", .integers(-10...30)),
        "save_ability": .init("The ability that saves against it."),
        "dc": .init("What the save must reach.", .integers(1...40)),
        "damage": .init("At its own level: 8d6."), "damage_type": .init("The kind of damage."),
        "on_save": .init("What a successful save leaves of the damage."),
        "healing": .init("At its own level: 2d8 + 3."),
        "condition": .init("The condition it gives.", .length(1...48)),
        "area": .init("Whom it reaches: 20-foot-radius sphere.", .length(1...120)),
        "range": .init("How far it reaches: 150 feet.", .length(1...120)),
        "note": .init("What numbers do not say: more dice with a greater slot.", .length(1...500)),
      ])
  }
}
