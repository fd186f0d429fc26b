import Operations
package import Storage
import StrictJSON

/// Reads campaigns.
package struct CampaignStore: Sendable {
  let sealer: any Sealer

  package init(sealer: any Sealer) { self.sealer = sealer }

  /// The campaign as it stands, with every creature; nil when there is none of that name.
  package func campaign(_ id: String, in state: any ReadTransaction) throws -> Campaign? {
    guard var campaign = try frame(id, in: state) else { return nil }
    campaign.creatures = try creatures(of: campaign.id, in: state)
    return campaign
  }

  /// The campaign without its creatures.
  func frame(_ id: String, in state: any ReadTransaction) throws -> Campaign? {
    try frames("id = \(id)", limit: 1, in: state).first
  }

  /// Campaigns without their creatures, in the order of their ids.
  func frames(after id: String?, limit: Int, in state: any ReadTransaction) throws -> [Campaign] {
    try frames("id > \(id ?? "")", limit: limit, in: state)
  }

  /// The ids of a campaign's creatures, in the order of its file.
  func roster(of campaign: CampaignID, in state: any ReadTransaction) throws -> [String] {
    var ids: [String] = []
    try state.forEachRow(
      """
      SELECT id FROM campaign_creatures WHERE workspace = \(state.workspace) AND campaign = \(campaign)
      ORDER BY place LIMIT \(Campaign.creaturesMax)
      """
    ) { ids.append(try $0.get("id")) }
    return ids
  }

  /// One creature as it stands; nil when the campaign has none of that name.
  func creature(_ id: String, of campaign: CampaignID, in state: any ReadTransaction) throws -> Creature? {
    try creatures(of: campaign, only: id, in: state).first
  }

  /// Every creature of a campaign, in the order of its file.
  func creatures(of campaign: CampaignID, in state: any ReadTransaction) throws -> [Creature] {
    try creatures(of: campaign, only: nil, in: state)
  }

  private func creatures(
    of campaign: CampaignID, only id: String?, in state: any ReadTransaction
  ) throws -> [Creature] {
    let balances = try balances(of: campaign, only: id, in: state)
    let conditions = try conditions(of: campaign, only: id, in: state)
    let one: SQL = id.map { "AND id = \($0)" } ?? ""
    var creatures: [Creature] = []
    try state.forEachRow(
      """
      SELECT id, hit_points, temporary_hit_points, content FROM campaign_creatures
      WHERE workspace = \(state.workspace) AND campaign = \(campaign) \(one) ORDER BY place
      LIMIT \(Campaign.creaturesMax)
      """
    ) { row in
      let content: Sealed<Creature> = try row.get("content")
      let id: CreatureID = try row.get("id")
      var creature = try content.open(with: sealer, at: .creature(id, of: campaign, in: state.workspace))
      creature.hitPoints.current = try row.get("hit_points")
      creature.hitPoints.temporary = try row.get("temporary_hit_points")
      for index in creature.resources.indices {
        let key = "\(id)/\(creature.resources[index].id)"
        guard let balance = balances[key] else { throw StorageError.decoding("creature \(id) lacks a resource's row") }
        creature.resources[index].current = balance
      }
      creature.conditions = conditions["\(id)"] ?? []
      creatures.append(creature)
    }
    return creatures
  }

  private func frames(_ condition: SQL, limit: Int, in state: any ReadTransaction) throws -> [Campaign] {
    var campaigns: [Campaign] = []
    try state.forEachRow(
      """
      SELECT id, game_time, content FROM campaigns WHERE workspace = \(state.workspace) AND \(condition)
      ORDER BY id LIMIT \(limit)
      """
    ) { row in
      let content: Sealed<Campaign> = try row.get("content")
      let id: CampaignID = try row.get("id")
      var campaign = try content.open(with: sealer, at: .campaign(id, in: state.workspace))
      campaign.time = try row.get("game_time")
      campaigns.append(campaign)
    }
    return campaigns
  }

  private func balances(
    of campaign: CampaignID, only id: String?, in state: any ReadTransaction
  ) throws -> [String: Int64] {
    let one: SQL = id.map { "AND creature = \($0)" } ?? ""
    var balances: [String: Int64] = [:]
    try state.forEachRow(
      """
      SELECT creature, id, balance FROM campaign_resources
      WHERE workspace = \(state.workspace) AND campaign = \(campaign) \(one)
      """
    ) { row in
      let creature: String = try row.get("creature")
      let id: String = try row.get("id")
      balances["\(creature)/\(id)"] = try row.get("balance")
    }
    return balances
  }

  private func conditions(
    of campaign: CampaignID, only id: String?, in state: any ReadTransaction
  ) throws -> [String: [Condition]] {
    let one: SQL = id.map { "AND creature = \($0)" } ?? ""
    var conditions: [String: [Condition]] = [:]
    try state.forEachRow(
      """
      SELECT creature, name, content FROM campaign_conditions
      WHERE workspace = \(state.workspace) AND campaign = \(campaign) \(one) ORDER BY creature, name
      """
    ) { row in
      let content: Sealed<Condition> = try row.get("content")
      let creature: CreatureID = try row.get("creature")
      let place = SealedPlace.condition(try row.get("name"), of: creature, campaign, in: state.workspace)
      conditions["\(creature)", default: []].append(try content.open(with: sealer, at: place))
    }
    return conditions
  }
}

extension GameTime: SQLBindable, SQLReadable {
  package var sqlValue: SQLValue { .integer(seconds) }
  package init?(sqlValue: SQLValue) {
    guard let seconds = Int64(sqlValue: sqlValue) else { return nil }
    self.init(seconds: seconds)
  }
}
