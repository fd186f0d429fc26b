// Lets a context be written as it reads: `["level": 5, "hp": ["now": 12, "max": 30]]`.
extension FormulaContext.Entry: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral {
  public init(integerLiteral value: Int64) {
    self = .integer(value)
  }

  public init(floatLiteral value: Double) {
    self = .double(value)
  }

  public init(booleanLiteral value: Bool) {
    self = .boolean(value)
  }
}

extension FormulaContext.Entry: ExpressibleByDictionaryLiteral {
  /// Of a key written twice the last value holds.
  public init(dictionaryLiteral elements: (String, FormulaContext.Entry)...) {
    self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
  }
}
