package import StrictJSON

/// One creature's saving throw.
package struct SavingThrow: Codable, Sendable, Hashable, SchemaDescribed {
  package let target: String
  package let name: String
  /// The d20 that counts; nil where the save failed unrolled.
  package let roll: Int64?
  /// Every d20 in the order of the draws.
  package let faces: [Int64]
  /// All bonuses included.
  package let bonus: Int64
  package let total: Int64?
  package let success: Bool
  /// The condition that made it fail unrolled.
  package let because: String?

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "One creature's saving throw.",
      properties: [
        "target": .init("Whose.", .length(1...100)), "name": .init("What people call them.", .length(1...80)),
        "roll": .init("The d20 that counts; left out where it failed unrolled.", .integers(1...20)),
        "faces": .init("Every d20.", .count(0...2)), "bonus": .init("Added to it, all bonuses included."),
        "total": .init("What was compared; left out where it failed unrolled."),
        "success": .init("Whether the save succeeded."),
        "because": .init("The condition that made it fail unrolled.", .length(1...48)),
      ])
  }
}

/// The saving throws of several creatures against one thing.
package struct SavingThrows: Codable, Sendable, Hashable, SchemaDescribed {
  package let ability: Ability
  package let dc: Int64
  package let results: [SavingThrow]
  package let passed: Int64
  package let failed: Int64

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "Saving throws against one thing.",
      properties: [
        "ability": .init("The ability that saves."), "dc": .init("What a save must reach."),
        "results": .init("Each creature's, in the order of the targets.", .count(0...TargetName.targetsMax)),
        "passed": .init("How many succeeded."), "failed": .init("How many did not."),
      ])
  }
}
