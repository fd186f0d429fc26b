extension Campaign {
  /// The list of conditions may be left out; it is written, empty or not.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    version = try container.decode(Int64.self, forKey: .version)
    id = try container.decode(CampaignID.self, forKey: .id)
    name = try container.decode(String.self, forKey: .name)
    summary = try container.decode(String.self, forKey: .summary)
    opening = try container.decode(String.self, forKey: .opening)
    time = try container.decode(GameTime.self, forKey: .time)
    acting = try container.decode(CreatureID.self, forKey: .acting)
    conditions = try container.decodeIfPresent([HomebrewCondition].self, forKey: .conditions) ?? []
    creatures = try container.decode([Creature].self, forKey: .creatures)
  }
}
