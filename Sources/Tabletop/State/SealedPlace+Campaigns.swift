import Storage
import Vocabulary

extension SealedPlace {
  static func campaign(_ id: CampaignID, in workspace: WorkspaceID) -> SealedPlace {
    SealedPlace(table: "campaigns", column: "content", workspace: workspace, row: Array("\(id)".utf8))
  }

  static func creature(_ id: CreatureID, of campaign: CampaignID, in workspace: WorkspaceID) -> SealedPlace {
    SealedPlace(
      table: "campaign_creatures", column: "content", workspace: workspace, row: Array("\(campaign)/\(id)".utf8))
  }

  static func condition(
    _ name: String, of creature: CreatureID, _ campaign: CampaignID, in workspace: WorkspaceID
  ) -> SealedPlace {
    SealedPlace(
      table: "campaign_conditions", column: "content", workspace: workspace,
      row: Array("\(campaign)/\(creature)/\(name)".utf8))
  }
}
