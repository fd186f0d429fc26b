package import StrictJSON

/// A campaign: the document that is imported, shown, and given on. `docs/formats/campaign.md` describes it.
package struct Campaign: Codable, Sendable, Hashable {
  /// Of the format.
  package let version: Int64
  package let id: CampaignID
  package let name: String
  package let summary: String
  /// The story's beginning, told before the first turn.
  package let opening: String
  package var time: GameTime
  /// Whose turn it is to act.
  package let acting: CreatureID
  /// Conditions beside those of the rules.
  package let conditions: [HomebrewCondition]
  package var creatures: [Creature]

  package static let creaturesMax = 200

  enum CodingKeys: String, CodingKey { case version, id, name, summary, opening, time, acting, conditions, creatures }

  /// Every condition that somebody in this campaign can have.
  package var conditionNames: [String] {
    StandardCondition.allCases.map(\.rawValue) + conditions.map(\.name.description)
  }
}

extension Campaign: SchemaDescribed {
  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "A campaign, its creatures and where its story begins.",
      properties: [
        "version": .init("Of this format.", .integers(1...1), .example(1)),
        "id": .init("Unique in the workspace: salt_road."),
        "name": .init("What people call it.", .length(1...100)),
        "summary": .init("What it is about, in a sentence or two.", .length(0...500)),
        "opening": .init("The story's beginning.", .length(1...20_000)),
        "time": .init("The campaign's own time."),
        "acting": .init("The id of the creature whose player acts."),
        "conditions": .init("Conditions of the campaign's own.", .count(0...50)),
        "creatures": .init("Everybody who matters.", .count(1...creaturesMax)),
      ])
  }
}
