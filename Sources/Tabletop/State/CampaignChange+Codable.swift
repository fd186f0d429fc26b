extension CampaignChange {
  private enum Kind: String, Codable {
    case imported, removed
    case hitPoints = "hit_points"
    case resource, condition, time
  }
  private enum CodingKeys: String, CodingKey { case kind, sheet, campaign, creature, resource, condition, from, to }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func place() throws -> Place { try Place(from: decoder) }
    switch try container.decode(Kind.self, forKey: .kind) {
    case .imported: self = .imported(try container.decode(Campaign.self, forKey: .sheet))
    case .removed: self = .removed(try container.decode(Campaign.self, forKey: .sheet))
    case .hitPoints:
      self = .hitPoints(
        of: try place(), from: try container.decode(HitPoints.self, forKey: .from),
        to: try container.decode(HitPoints.self, forKey: .to))
    case .resource:
      self = .resource(
        try container.decode(ResourceID.self, forKey: .resource), of: try place(),
        from: try container.decode(Int64.self, forKey: .from), to: try container.decode(Int64.self, forKey: .to))
    case .condition:
      self = .condition(
        try container.decode(String.self, forKey: .condition), of: try place(),
        from: try container.decodeIfPresent(Condition.self, forKey: .from),
        to: try container.decodeIfPresent(Condition.self, forKey: .to))
    case .time:
      self = .time(
        in: try container.decode(CampaignID.self, forKey: .campaign),
        from: try container.decode(GameTime.self, forKey: .from), to: try container.decode(GameTime.self, forKey: .to))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    func encode(_ kind: Kind, _ place: Place) throws {
      try container.encode(kind, forKey: .kind)
      try container.encode(place.campaign, forKey: .campaign)
      try container.encode(place.creature, forKey: .creature)
    }
    switch self {
    case .imported(let campaign):
      try container.encode(Kind.imported, forKey: .kind)
      try container.encode(campaign, forKey: .sheet)
    case .removed(let campaign):
      try container.encode(Kind.removed, forKey: .kind)
      try container.encode(campaign, forKey: .sheet)
    case .hitPoints(let place, let from, let to):
      try encode(.hitPoints, place)
      try container.encode(from, forKey: .from)
      try container.encode(to, forKey: .to)
    case .resource(let id, let place, let from, let to):
      try encode(.resource, place)
      try container.encode(id, forKey: .resource)
      try container.encode(from, forKey: .from)
      try container.encode(to, forKey: .to)
    case .condition(let name, let place, let from, let to):
      try encode(.condition, place)
      try container.encode(name, forKey: .condition)
      try container.encodeIfPresent(from, forKey: .from)
      try container.encodeIfPresent(to, forKey: .to)
    case .time(let campaign, let from, let to):
      try container.encode(Kind.time, forKey: .kind)
      try container.encode(campaign, forKey: .campaign)
      try container.encode(from, forKey: .from)
      try container.encode(to, forKey: .to)
    }
  }
}
