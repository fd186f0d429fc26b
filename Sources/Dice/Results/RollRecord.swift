/// A result written out: the members of its JSON.
struct RollRecord: Sendable, Hashable, Codable {
  let total: Int64
  let expression: String
  let text: String
  let spoken: String
  let critical: RollResult.Critical?
  let totalsByAnnotation: [String: Int64]
  let dice: Int
  let root: RollNode

  /// Like the synthesized one, but says `null` where nothing was critical.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(total, forKey: .total)
    try container.encode(expression, forKey: .expression)
    try container.encode(text, forKey: .text)
    try container.encode(spoken, forKey: .spoken)
    try container.encode(critical, forKey: .critical)
    try container.encode(totalsByAnnotation, forKey: .totalsByAnnotation)
    try container.encode(dice, forKey: .dice)
    try container.encode(root, forKey: .root)
  }

  private enum CodingKeys: String, CodingKey {
    case total, expression, text, spoken, critical, totalsByAnnotation, dice, root
  }
}
