import Operations
import Storage
import StrictJSON

extension CampaignStore {
  /// Writes one change. A value that is not what the change says it was is never overwritten.
  func apply(_ change: CampaignChange, in transaction: any Transaction) throws {
    switch change {
    case .imported(let campaign): try insert(campaign, in: transaction)
    case .removed(let campaign): try remove(campaign, in: transaction)
    case .hitPoints(let place, let from, let to): try set(place, from, to, in: transaction)
    case .resource(let id, let place, let from, let to): try set(id, place, from, to, in: transaction)
    case .condition(let name, let place, let from, let to): try set(name, place, from, to, in: transaction)
    case .time(let campaign, let from, let to):
      try demandOne(
        try transaction.run(
          """
          UPDATE campaigns SET game_time = \(to)
          WHERE workspace = \(transaction.workspace) AND id = \(campaign) AND game_time = \(from)
          """), change)
    }
  }

  private func insert(_ campaign: Campaign, in transaction: any Transaction) throws {
    let workspace = transaction.workspace
    var frame = campaign
    frame.creatures = []
    try transaction.run(
      """
      INSERT INTO campaigns (workspace, id, game_time, content)
      VALUES (\(workspace), \(campaign.id), \(campaign.time), \(try Sealed<Campaign>.plain(frame)))
      """)
    for (place, creature) in campaign.creatures.enumerated() {
      try transaction.run(
        """
        INSERT INTO campaign_creatures (workspace, campaign, id, place, hit_points, temporary_hit_points, content)
        VALUES (\(workspace), \(campaign.id), \(creature.id), \(place), \(creature.hitPoints.current),
          \(creature.hitPoints.temporary), \(try Sealed<Creature>.plain(creature)))
        """)
      for resource in creature.resources {
        try transaction.run(
          """
          INSERT INTO campaign_resources (workspace, campaign, creature, id, balance)
          VALUES (\(workspace), \(campaign.id), \(creature.id), \(resource.id), \(resource.current))
          """)
      }
      for condition in creature.conditions {
        try insert(condition, .init(campaign: campaign.id, creature: creature.id), in: transaction)
      }
    }
  }

  private func remove(_ campaign: Campaign, in transaction: any Transaction) throws {
    guard let now = try self.campaign("\(campaign.id)", in: transaction), now == campaign.inTableOrder else {
      throw OperationError(
        .refused, "The campaign “\(campaign.name)” has been played since. Undo what was played first.")
    }
    let workspace = transaction.workspace
    try transaction.run("DELETE FROM campaigns WHERE workspace = \(workspace) AND id = \(campaign.id)")
    for table: SchemaName in ["campaign_creatures", "campaign_resources", "campaign_conditions"] {
      try transaction.run("DELETE FROM \(name: table) WHERE workspace = \(workspace) AND campaign = \(campaign.id)")
    }
  }

  private func set(
    _ place: CampaignChange.Place, _ from: HitPoints, _ to: HitPoints, in transaction: any Transaction
  ) throws {
    try demandOne(
      try transaction.run(
        """
        UPDATE campaign_creatures SET hit_points = \(to.current), temporary_hit_points = \(to.temporary)
        WHERE workspace = \(transaction.workspace) AND campaign = \(place.campaign) AND id = \(place.creature)
          AND hit_points = \(from.current) AND temporary_hit_points = \(from.temporary)
        """), .hitPoints(of: place, from: from, to: to))
  }

  private func set(
    _ id: ResourceID, _ place: CampaignChange.Place, _ from: Int64, _ to: Int64, in transaction: any Transaction
  ) throws {
    try demandOne(
      try transaction.run(
        """
        UPDATE campaign_resources SET balance = \(to)
        WHERE workspace = \(transaction.workspace) AND campaign = \(place.campaign)
          AND creature = \(place.creature) AND id = \(id) AND balance = \(from)
        """), .resource(id, of: place, from: from, to: to))
  }

  private func set(
    _ name: String, _ place: CampaignChange.Place, _ from: Condition?, _ to: Condition?,
    in transaction: any Transaction
  ) throws {
    let change = CampaignChange.condition(name, of: place, from: from, to: to)
    let now = try creature("\(place.creature)", of: place.campaign, in: transaction)?.condition(name)
    try demandOne(now == from ? 1 : 0, change)
    if from != nil {
      try transaction.run(
        """
        DELETE FROM campaign_conditions
        WHERE workspace = \(transaction.workspace) AND campaign = \(place.campaign)
          AND creature = \(place.creature) AND name = \(name)
        """)
    }
    if let to { try insert(to, place, in: transaction) }
  }

  private func insert(
    _ condition: Condition, _ place: CampaignChange.Place, in transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO campaign_conditions (workspace, campaign, creature, name, ends_at, content)
      VALUES (\(transaction.workspace), \(place.campaign), \(place.creature), \(condition.name), \(condition.until),
        \(try Sealed<Condition>.plain(condition)))
      """)
  }

  private func demandOne(_ changed: Int, _ change: CampaignChange) throws {
    guard changed == 1 else {
      throw OperationError(
        .refused,
        "\(change.touches.map(\.description).joined(separator: ", ")) is not what the change says it was; it was changed "
          + "meanwhile, or is not there.")
    }
  }
}

extension Campaign {
  /// As the tables give it back: conditions in the order of their names.
  fileprivate var inTableOrder: Campaign {
    var campaign = self
    for index in campaign.creatures.indices {
      campaign.creatures[index].conditions.sort { Array($0.name.utf8).lexicographicallyPrecedes(Array($1.name.utf8)) }
    }
    return campaign
  }
}
