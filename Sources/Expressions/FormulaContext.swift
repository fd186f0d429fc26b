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
  /// Most UTF-8 bytes of one path. Deep objects with long keys would otherwise make much of little: each value keeps its
  /// whole path.
  public static let pathBytesMax = 512

  /// No values: for formulas of literals.
  public static let empty = FormulaContext()

  /// By path: numbers and booleans only.
  private var values: [String: Entry] = [:]

  private init() {}

  /// - Throws: ``FormulaError`` of kind `refusedContext` whose `source` is the key path, or its beginning when it is long;
  ///   of several refused keys, the first in alphabetical order.
  public init(_ entries: [String: Entry]) throws(FormulaError) {
    do throws(FormulaError) {
      guard try !takeWhole(entries) else { return }
      values.reserveCapacity(min(entries.count, Self.valuesMax))
      for (key, entry) in entries { try add(entry, named: key, under: "", depth: 1, inOrder: false) }
    } catch {
      // A dictionary has another order in each run, and the error must not: looks again at the keys in their order.
      values = [:]
      for (key, entry) in Self.inOrder(entries) { try add(entry, named: key, under: "", depth: 1, inOrder: true) }
      throw error
    }
  }

  /// The value at a dotted path, or nil when there is none or it is an object.
  public subscript(_ path: String) -> FormulaValue? {
    values[path]?.value
  }

  /// All paths in alphabetical order.
  public var names: [String] {
    values.keys.sorted()
  }

  /// The first of ``names``, without sorting all of them.
  func firstNames(_ limit: Int) -> [String] {
    var first: [String] = []
    for name in values.keys where first.count < limit || name < first[first.count - 1] {
      first.insert(name, at: first.firstIndex { name < $0 } ?? first.count)
      if first.count > limit { first.removeLast() }
    }
    return first
  }

  /// How many values there are.
  public var count: Int {
    values.count
  }

  /// The first path below `path` in alphabetical order, for the message about a name that needs one more part; nil when
  /// it is no object.
  func example(under path: String) -> String? {
    values.keys.lazy.filter { $0.hasPrefix(path + ".") }.min()
  }

  private static func inOrder(_ entries: [String: Entry]) -> [(key: String, value: Entry)] {
    entries.sorted { $0.key < $1.key }
  }

  /// Takes a dictionary as it is where nothing is nested in it, as in most; false where something is.
  private mutating func takeWhole(_ entries: [String: Entry]) throws(FormulaError) -> Bool {
    guard entries.count <= Self.valuesMax else { return false }
    let plain = FormulaNames.plain
    for (key, entry) in entries {
      guard entry.value != nil else { return false }
      if key.utf8.count > Self.pathBytesMax || !plain.contains(key) { try Self.check(key, at: key, isTop: true) }
    }
    values = entries
    return true
  }

  private mutating func add(
    _ entry: Entry, named key: String, under prefix: String, depth: Int, inOrder: Bool
  ) throws(FormulaError) {
    let path = prefix.isEmpty ? key : prefix + key
    try Self.check(key, at: path, isTop: depth == 1)
    switch entry {
    case .integer, .boolean: try add(entry, at: path)
    case .double(let value):
      guard value.isFinite else { throw .refusedValue(at: path, "\(value)") }
      try add(entry, at: path)
    case .object(let inner):
      guard depth < Self.depthMax else { throw .contextTooDeep(at: path) }
      if inOrder {
        for (key, entry) in Self.inOrder(inner) {
          try add(entry, named: key, under: path + ".", depth: depth + 1, inOrder: true)
        }
      } else {
        for (key, entry) in inner {
          try add(entry, named: key, under: path + ".", depth: depth + 1, inOrder: false)
        }
      }
    case .text: throw .refusedValue(at: path, "text")
    case .list: throw .refusedValue(at: path, "a list")
    case .null: throw .refusedValue(at: path, "null")
    }
  }

  private mutating func add(_ value: Entry, at path: String) throws(FormulaError) {
    guard values.count < Self.valuesMax else { throw .contextTooLarge(at: path) }
    values[path] = value
  }

  private static func check(_ key: String, at path: String, isTop: Bool) throws(FormulaError) {
    guard path.utf8.count <= pathBytesMax else { throw .contextPathTooLong(at: path) }
    guard FormulaNames.isWellFormed(key) else {
      throw .refusedKey(at: path, "a name is a letter followed by letters, digits and underscores")
    }
    let reserved = FormulaNames.reserved(key)
    if let reason = FormulaNames.refusal(of: key, reserved) { throw .refusedKey(at: path, reason) }
    switch reserved {
    case .token: throw .refusedKey(at: path, "it is a word of the formula language")
    case .function where isTop: throw .refusedKey(at: path, "it is the name of a function")
    case .function, .forbidden, nil: break
    }
  }
}

extension FormulaContext.Entry {
  /// What a formula reads; nil for what it must not see and for objects, which have no value of their own.
  fileprivate var value: FormulaValue? {
    switch self {
    case .integer(let value): .integer(value)
    case .double(let value): value.isFinite ? .double(value) : nil
    case .boolean(let value): .boolean(value)
    case .object, .text, .list, .null: nil
    }
  }
}
