import Operations
package import Proposals
package import Storage
import StrictJSON
package import Vocabulary

/// Campaigns as something that proposals are about: which operations play consists of, in the one campaign that is meant.
package struct CampaignSurface: TurnSurface {
  /// What may be proposed in a campaign. The campaign itself is set by the server.
  static let operations: Set<String> = [
    "roll_dice", RollAttack.name, RollSavingThrowBatch.name, ApplyDamage.name, Heal.name, ApplyCondition.name,
    ConsumeResource.name, AdvanceTime.name,
  ]

  package let area = "campaigns"
  private let store: CampaignStore

  package init(sealer: any Sealer) { store = CampaignStore(sealer: sealer) }

  package func scope(
    of name: String, for principal: Principal, proposal: UniqueID, in state: any ReadTransaction
  ) throws -> ProposalScope {
    let campaign = try Scene(name, store, in: state).campaign
    return ProposalScope(
      principal: principal, proposal: proposal, operations: Self.operations,
      given: ["campaign": .string("\(campaign.id)")])
  }

  package func brief(
    of name: String, for principal: Principal, in state: any ReadTransaction
  ) throws -> TurnBrief {
    guard let campaign = try store.campaign(name, in: state) else {
      throw OperationError(.notFound, "There is no campaign “\(name.prefix(80))” in this workspace.")
    }
    return try CampaignBrief(campaign).brief()
  }
}
