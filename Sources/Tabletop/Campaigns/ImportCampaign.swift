package import Operations
import StrictJSON
package import Vocabulary

/// Brings a campaign in, from the document of `docs/formats/campaign.md`.
package struct ImportCampaign: CampaignOperation {
  package static let name = "import_campaign"
  package static let permission = Permission("campaign.edit", from: .editor)
  package static let about = OperationAbout(
    "Import a campaign",
    "Brings in a campaign with its creatures, resources and spells. Its id must be new in the workspace.",
    example: Campaign(
      version: 1, id: "salt_road", name: "The Salt Road", summary: "A caravan, and who follows it.",
      opening: "The wells have been dry for two days.", time: .beginning, acting: "pc_mira", conditions: [],
      creatures: [
        Creature(
          id: "pc_mira", name: "Mira", kind: .player, level: 1, ac: 12, hitPoints: HitPoints(current: 8, max: 8),
          abilities: AbilityNumbers([8, 14, 13, 16, 12, 10]), saves: AbilityNumbers([-1, 2, 1, 5, 3, 0]),
          spellcasting: nil, attacks: [], bonuses: [], resistances: [], immunities: [], vulnerabilities: [],
          conditionImmunities: [], area: nil, tags: [], resources: [], conditions: [], spells: [])
      ]))

  package struct Output: Codable, Sendable {
    package let id: CampaignID
    package let name: String
    package let creatures: Int64
  }

  package let store: CampaignStore

  package func decide(
    _ input: Campaign, _ context: inout OperationContext
  ) throws -> Decision<Output, CampaignChange> {
    var faults = input.faults
    if try store.frame("\(input.id)", in: context.state) != nil {
      faults.append(
        FieldError(
          pointer: "/id", code: "taken",
          message: "There is a campaign “\(input.id)” in this workspace already. Give this one another id."))
    }
    try faults.demandNone()
    let count = input.creatures.count
    let message = "Imported “\(input.name)” with \(count) \(count == 1 ? "creature" : "creatures")"
    return Decision(
      output: Output(id: input.id, name: input.name, creatures: Int64(count)), changes: [.imported(input)],
      summary: message, display: OperationDisplay(.note, message, compact: "Imported \(input.name)"))
  }
}
