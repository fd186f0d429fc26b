package import StrictJSON

/// A score for each ability, or a bonus for each.
package struct AbilityNumbers: Codable, Sendable, Hashable, SchemaDescribed {
  package let strength, dexterity, constitution, intelligence, wisdom, charisma: Int64

  package init(_ numbers: [Int64]) {
    func number(_ index: Int) -> Int64 { index < numbers.count ? numbers[index] : 0 }
    strength = number(0)
    dexterity = number(1)
    constitution = number(2)
    intelligence = number(3)
    wisdom = number(4)
    charisma = number(5)
  }

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "One number for each ability.",
      properties: [
        "strength": .init("Strength.", .integers(-10...40)), "dexterity": .init("Dexterity.", .integers(-10...40)),
        "constitution": .init("Constitution.", .integers(-10...40)),
        "intelligence": .init("Intelligence.", .integers(-10...40)), "wisdom": .init("Wisdom.", .integers(-10...40)),
        "charisma": .init("Charisma.", .integers(-10...40)),
      ])
  }

  package subscript(ability: Ability) -> Int64 {
    switch ability {
    case .strength: strength
    case .dexterity: dexterity
    case .constitution: constitution
    case .intelligence: intelligence
    case .wisdom: wisdom
    case .charisma: charisma
    }
  }
}

/// What a source adds to the numbers of a sheet. They hold it already: it is told, never added again.
package struct ComputedBonus: Codable, Sendable, Hashable, SchemaDescribed {
  package let source: String
  package let ac, attack, saves, spellDC: Int64?

  private enum CodingKeys: String, CodingKey {
    case source, ac, attack, saves
    case spellDC = "spell_dc"
  }

  package static var schemaDescription: SchemaDescription {
    let range = PropertyDescription.Facet.integers(-30...30)
    return SchemaDescription(
      "What a source adds to the numbers of this sheet, which include it already.",
      properties: [
        "source": .init("Where it comes from, as people say it: Ring of Protection.", .length(1...100)),
        "ac": .init("Included in the armor class.", range), "attack": .init("Included in attack bonuses.", range),
        "saves": .init("Included in saving throw bonuses.", range),
        "spell_dc": .init("Included in the difficulty of the creature's spells.", range),
      ])
  }
}

/// How a creature casts.
package struct Spellcasting: Codable, Sendable, Hashable, SchemaDescribed {
  /// To a spell attack.
  package let attack: Int64
  /// What a save against its spells must reach.
  package let dc: Int64

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "How the creature casts.",
      properties: [
        "attack": .init("Bonus to spell attacks.", .integers(-10...30)),
        "dc": .init("Difficulty of saves against its spells.", .integers(1...40)),
      ])
  }
}
