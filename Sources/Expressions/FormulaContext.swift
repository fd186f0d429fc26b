/// The values a formula may read: numbers and booleans under names such as `level` or `hp.max`. Immutable.
///
/// A context is taken whole or not at all. Text, lists, null, infinities, names a formula could not spell and names
/// that look like code refuse it, and the error names the key path: dropping such a value quietly would only turn it
/// into an unknown name later.
public struct FormulaContext: Sendable, Hashable {
  /// A value on its way in, in the shapes that data files have.
  public enum Entry: Sendable, Hashable {
    case integer(Int64)
    case double(Double)
    case boolean(Bool)
    case object([String: Entry])
    /// Refused; there so that the refusal can name its key.
    case text, list, null
  }

  /// Most values in one context.
  public static let valuesMax = 10_000
  /// Most levels of objects.
  public static let depthMax = 32

  /// No values: for formulas of literals.
  public static let empty = FormulaContext()

  private var values: [String: FormulaValue] = [:]

  private init() {}

  /// - Throws: ``FormulaError`` of kind `refusedContext` whose `source` is the key path; of several refused keys, the
  ///   first in alphabetical order.
  public init(_ entries: [String: Entry]) throws(FormulaError) {
    try add(entries, under: "", depth: 1)
  }

  /// The value at a dotted path, or nil when there is none or it is an object.
  public subscript(_ path: String) -> FormulaValue? {
    values[path]
  }

  /// All paths in alphabetical order.
  public var names: [String] {
    values.keys.sorted()
  }

  /// Whether `path` is an object, for the message about a name that needs one more part.
  func holdsObject(at path: String) -> Bool {
    values.keys.contains { $0.hasPrefix(path + ".") }
  }

  private mutating func add(_ entries: [String: Entry], under prefix: String, depth: Int) throws(FormulaError) {
    for (key, entry) in entries.sorted(by: { $0.key < $1.key }) {
      let path = prefix + key
      try Self.check(key, at: path, isTop: depth == 1)
      switch entry {
      case .integer(let value): try add(.integer(value), at: path)
      case .boolean(let value): try add(.boolean(value), at: path)
      case .double(let value):
        guard value.isFinite else { throw .refusedValue(at: path, "\(value)") }
        try add(.double(value), at: path)
      case .object(let inner):
        guard depth < Self.depthMax else { throw .contextTooDeep(at: path) }
        try add(inner, under: path + ".", depth: depth + 1)
      case .text: throw .refusedValue(at: path, "text")
      case .list: throw .refusedValue(at: path, "a list")
      case .null: throw .refusedValue(at: path, "null")
      }
    }
  }

  private mutating func add(_ value: FormulaValue, at path: String) throws(FormulaError) {
    guard values.count < Self.valuesMax else { throw .contextTooLarge(at: path) }
    values[path] = value
  }

  private static func check(_ key: String, at path: String, isTop: Bool) throws(FormulaError) {
    guard FormulaNames.isWellFormed(key) else {
      throw .refusedKey(at: path, "a name is a letter followed by letters, digits and underscores")
    }
    if let reason = FormulaNames.refusal(of: key) { throw .refusedKey(at: path, reason) }
    if FormulaNames.keywords.contains(key) {
      throw .refusedKey(at: path, "it is a word of the formula language")
    }
    if isTop, FormulaFunction(rawValue: key) != nil {
      throw .refusedKey(at: path, "it is the name of a function")
    }
  }
}
