package import Operations
import StrictJSON

/// What happens in a campaign. Each holds the value before and after, so that it writes the same whenever it is applied,
/// and can be taken back.
package enum CampaignChange: StateChange, Hashable {
  case imported(Campaign)
  case removed(Campaign)
  case hitPoints(of: Place, from: HitPoints, to: HitPoints)
  case resource(ResourceID, of: Place, from: Int64, to: Int64)
  /// Nil where the creature does not have it.
  case condition(String, of: Place, from: Condition?, to: Condition?)
  case time(in: CampaignID, from: GameTime, to: GameTime)

  /// A creature of a campaign.
  package struct Place: Codable, Sendable, Hashable {
    package let campaign: CampaignID
    package let creature: CreatureID
  }

  package var campaign: CampaignID {
    switch self {
    case .imported(let campaign), .removed(let campaign): campaign.id
    case .hitPoints(let place, _, _), .resource(_, let place, _, _), .condition(_, let place, _, _): place.campaign
    case .time(let campaign, _, _): campaign
    }
  }

  package var touches: [StateKey] {
    switch self {
    case .imported, .removed: [StateKey("campaigns/\(campaign)")]
    case .hitPoints(let place, _, _): [StateKey("\(place.key)/hit_points")]
    case .resource(let id, let place, _, _): [StateKey("\(place.key)/resources/\(id)")]
    case .condition(let name, let place, _, _): [StateKey("\(place.key)/conditions/\(name)")]
    case .time: [StateKey("campaigns/\(campaign)/time")]
    }
  }

  package var inverse: CampaignChange? {
    switch self {
    case .imported(let campaign): .removed(campaign)
    case .removed(let campaign): .imported(campaign)
    case .hitPoints(let place, let from, let to): .hitPoints(of: place, from: to, to: from)
    case .resource(let id, let place, let from, let to): .resource(id, of: place, from: to, to: from)
    case .condition(let name, let place, let from, let to): .condition(name, of: place, from: to, to: from)
    case .time(let campaign, let from, let to): .time(in: campaign, from: to, to: from)
    }
  }
}

extension CampaignChange.Place {
  fileprivate var key: String { "campaigns/\(campaign)/creatures/\(creature)" }
}
