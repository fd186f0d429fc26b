package import StrictJSON

extension Creature: SchemaDescribed {
  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "Somebody in the campaign. Every number includes all bonuses already.",
      properties: [
        "id": .init("Unique in the campaign: pc_mira, goblin_1."),
        "name": .init("What people call them.", .length(1...80)),
        "kind": .init("A player's character, somebody else, or an enemy."),
        "level": .init("Level, or challenge rating rounded down.", .integers(0...30)),
        "ac": .init("Armor class: what an attack must reach.", .integers(1...60)),
        "hit_points": .init("Hit points."), "abilities": .init("Ability scores."),
        "saves": .init("Bonuses to saving throws."), "spellcasting": .init("For those who cast."),
        "attacks": .init("Weapons and the like.", .count(0...20)),
        "bonuses": .init("What the numbers above include, by source.", .count(0...20)),
        "resistances": .init("Damage that is halved.", .count(0...13)),
        "immunities": .init("Damage that does nothing.", .count(0...13)),
        "vulnerabilities": .init("Damage that is doubled.", .count(0...13)),
        "condition_immunities": .init("Conditions it cannot have.", .count(0...30), .each(.length(1...48))),
        "area": .init("Where it stands: the ledge above the ford.", .length(1...120)),
        "tags": .init("Words for people and models.", .count(0...20), .each(.length(1...40))),
        "resources": .init("What it can spend.", .count(0...50)),
        "conditions": .init("Conditions it has.", .count(0...conditionsMax)),
        "spells": .init("Spells it knows.", .count(0...100)),
      ])
  }

  /// Conditions that a creature can have at once.
  package static var conditionsMax: Int { 32 }
}
