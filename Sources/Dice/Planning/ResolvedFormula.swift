public import Expressions

/// What a `{formula}` stood for in a roll.
public struct ResolvedFormula: Sendable, Hashable, Codable {
  /// The formula without its braces.
  public let source: String
  /// The whole number the roll used.
  public let value: Int64
  /// What the formula gave before its fraction was cut off; nil when it was whole.
  public let exact: Number?

  public init(source: String, value: Int64, exact: Number?) {
    self.source = source
    self.value = value
    self.exact = exact
  }

  /// Like the synthesized one, but says `null` where there is no exact value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(source, forKey: .source)
    try container.encode(value, forKey: .value)
    try container.encode(exact, forKey: .exact)
  }

  private enum CodingKeys: String, CodingKey {
    case source, value, exact
  }
}
