import Dice
package import StrictJSON

/// Dice that fell, with every face.
package struct DiceOutcome: Codable, Sendable, Hashable, SchemaDescribed {
  package let notation: String
  /// Every face in the order of the draws, also of dice that did not count.
  package let faces: [Int64]
  package let total: Int64
  /// `2d20kh1 (17, ~4~) = 17`.
  package let text: String

  init(_ result: RollResult) {
    notation = result.expression
    faces = result.root.faces
    total = result.total
    text = result.text
  }

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "Dice that fell.",
      properties: [
        "notation": .init("What was rolled.", .length(1...200)),
        "faces": .init("Every face, in the order of the draws.", .count(0...1_000)),
        "total": .init("What counts."), "text": .init("All of it in a line.", .length(0...10_000)),
      ])
  }
}

extension RollNode {
  fileprivate var faces: [Int64] {
    if case .dice(_, _, let dice, _) = kind { dice.flatMap(\.faces) } else { children.flatMap(\.faces) }
  }
}
