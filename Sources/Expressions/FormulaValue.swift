/// What a formula yields, and what a name in it stands for.
public enum FormulaValue: Sendable, Hashable {
  case integer(Int64)
  /// Always finite when it comes from a formula.
  case double(Double)
  case boolean(Bool)

  public init(_ number: Number) {
    switch number {
    case .integer(let value): self = .integer(value)
    case .double(let value): self = .double(value)
    }
  }

  /// The value in arithmetic, where `true` counts 1 and `false` 0.
  public var number: Number {
    switch self {
    case .integer(let value): .integer(value)
    case .double(let value): .double(value)
    case .boolean(let value): .integer(value ? 1 : 0)
    }
  }

  /// False for `false` and zero, true for everything else.
  public var isTrue: Bool {
    switch self {
    case .boolean(let value): value
    case .integer(let value): value != 0
    case .double(let value): value != 0
    }
  }
}

extension FormulaValue: CustomStringConvertible {
  public var description: String {
    switch self {
    case .integer(let value): String(value)
    case .double(let value): String(value)
    case .boolean(let value): value ? "true" : "false"
    }
  }
}
