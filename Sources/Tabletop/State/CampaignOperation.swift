package import Events
package import Operations
package import Storage
import StrictJSON
package import Vocabulary

/// An operation of a campaign: what it changes is applied and told in one way, whichever operation it came from.
package protocol CampaignOperation: OperationDefinition where Change == CampaignChange {
  var store: CampaignStore { get }
}

extension CampaignOperation {
  package static var version: Int { 1 }
  /// The right to act in a campaign.
  package static var permission: Permission { Permission("campaign.play", from: .editor) }

  package func apply(_ change: CampaignChange, in transaction: any Transaction) throws {
    try store.apply(change, in: transaction)
  }

  package func events(
    of change: CampaignChange, journal: Int64, in state: any ReadTransaction
  ) throws -> [EventDraft] {
    guard let topic = Topic("campaigns/\(change.campaign)") else { return [] }
    let id = JSON.string("\(change.campaign)")
    switch change {
    case .imported(let campaign):
      let listed: JSON = ["id": id, "name": .string(campaign.name)]
      return [
        EventDraft(topic: "campaigns", type: "campaign.imported", payload: listed),
        EventDraft(topic: topic, type: "campaign.imported", payload: listed),
      ]
    case .removed:
      return [
        EventDraft(topic: "campaigns", type: "campaign.removed", payload: ["id": id]),
        EventDraft(topic: topic, type: "campaign.removed", payload: ["id": id]),
      ]
    case .hitPoints(let place, _, let to):
      return [
        EventDraft(
          topic: topic, type: "creature.hit_points",
          payload: ["creature": .string("\(place.creature)"), "hit_points": try JSON(encoding: to)])
      ]
    case .resource(let id, let place, _, let to):
      return [
        EventDraft(
          topic: topic, type: "creature.resource",
          payload: [
            "creature": .string("\(place.creature)"), "resource": .string("\(id)"), "current": .integer(to),
          ])
      ]
    case .condition(let name, let place, _, let to):
      return [
        EventDraft(
          topic: topic, type: "creature.condition",
          payload: [
            "creature": .string("\(place.creature)"), "name": .string(name),
            "condition": try to.map { try JSON(encoding: $0) } ?? .null,
          ])
      ]
    case .time(_, _, let to):
      return [EventDraft(topic: topic, type: "campaign.time", payload: ["time": try JSON(encoding: to)])]
    }
  }
}
