package import Events
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

private let readCampaigns = Permission("campaign.read", from: .viewer)

/// Lists campaigns.
package struct ListCampaigns: ReadDefinition {
  package static let name = "list_campaigns"
  package static let version = 1
  package static let permission = readCampaigns
  package static let about = OperationAbout(
    "List campaigns", "The campaigns of the workspace in the order of their ids, a page at a time.",
    example: Input(limit: 50, after: nil))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let limit: Int?
    package let after: String?
    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A page of campaigns",
        properties: [
          "limit": .init("Campaigns a page: 1 to 200, 50 when left out.", .integers(1...200)),
          "after": .init("`next` of the page before.", .length(1...100)),
        ])
    }
  }

  package struct Output: Codable, Sendable {
    package struct Item: Codable, Sendable, Hashable {
      package let id: CampaignID
      package let name: String
      package let summary: String
      package let time: GameTime
      package let acting: CreatureID
    }

    package let items: [Item]
    package let next: CampaignID?
    /// Where the events begin that come after this list.
    package let cursor: String
  }

  private let store: CampaignStore
  private let events: EventLog

  package init(store: CampaignStore, events: EventLog) {
    self.store = store
    self.events = events
  }

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    let limit = input.limit ?? 50
    // One more than asked for tells whether there is another page.
    let campaigns = try store.frames(after: input.after, limit: limit + 1, in: transaction)
    let items = campaigns.prefix(limit).map {
      Output.Item(id: $0.id, name: $0.name, summary: $0.summary, time: $0.time, acting: $0.acting)
    }
    return Output(
      items: items, next: campaigns.count > limit ? items.last?.id : nil,
      cursor: try events.cursor(of: ["campaigns"], in: transaction).description)
  }
}

/// A campaign as it stands.
package struct ShowCampaign: ReadDefinition {
  package static let name = "show_campaign"
  package static let version = 1
  package static let permission = readCampaigns
  package static let about = OperationAbout(
    "Show a campaign", "A campaign with every creature as it stands now, in the form of a campaign file.",
    example: Input(id: "salt_road"))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let id: String
    package static var schemaDescription: SchemaDescription {
      SchemaDescription("A campaign", properties: ["id": .init("The campaign's id.", .length(1...100))])
    }
  }

  package struct Output: Codable, Sendable {
    package let campaign: Campaign
    /// Where the events of this campaign begin that come after what is shown.
    package let cursor: String
  }

  private let store: CampaignStore
  private let events: EventLog

  package init(store: CampaignStore, events: EventLog) {
    self.store = store
    self.events = events
  }

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    guard let campaign = try store.campaign(input.id, in: transaction),
      let topic = Topic("campaigns/\(campaign.id)")
    else { throw OperationError(.notFound, "There is no campaign “\(input.id.prefix(80))” in this workspace.") }
    return Output(campaign: campaign, cursor: try events.cursor(of: [topic], in: transaction).description)
  }
}
