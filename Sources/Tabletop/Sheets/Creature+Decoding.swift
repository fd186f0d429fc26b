extension Creature {
  /// Lists may be left out; they are written, empty or not.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func list<Item: Decodable>(_ key: CodingKeys, of: Item.Type = Item.self) throws -> [Item] {
      try container.decodeIfPresent([Item].self, forKey: key) ?? []
    }
    id = try container.decode(CreatureID.self, forKey: .id)
    name = try container.decode(String.self, forKey: .name)
    kind = try container.decode(Kind.self, forKey: .kind)
    level = try container.decode(Int64.self, forKey: .level)
    ac = try container.decode(Int64.self, forKey: .ac)
    hitPoints = try container.decode(HitPoints.self, forKey: .hitPoints)
    abilities = try container.decode(AbilityNumbers.self, forKey: .abilities)
    saves = try container.decode(AbilityNumbers.self, forKey: .saves)
    spellcasting = try container.decodeIfPresent(Spellcasting.self, forKey: .spellcasting)
    attacks = try list(.attacks)
    bonuses = try list(.bonuses)
    resistances = try list(.resistances)
    immunities = try list(.immunities)
    vulnerabilities = try list(.vulnerabilities)
    conditionImmunities = try list(.conditionImmunities)
    area = try container.decodeIfPresent(String.self, forKey: .area)
    tags = try list(.tags)
    resources = try list(.resources)
    conditions = try list(.conditions)
    spells = try list(.spells)
  }
}
