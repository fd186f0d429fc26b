/// Path and query of a request, decoded once.
struct RequestTarget: Sendable, Hashable {
  /// The path between its slashes, percent-decoded: a decoded slash stays inside its segment. Empty for `/`.
  let segments: [String]
  /// Names and values in order, percent-decoded, `+` read as a space.
  let query: [QueryItem]
  /// The path as it came, for `instance` in problems.
  let rawPath: String

  struct QueryItem: Sendable, Hashable {
    let name: String
    let value: String
  }

  /// - Throws: ``Problem`` when something cannot be decoded: an incomplete escape, text that is not UTF-8, U+0000.
  init(_ text: String, limits: WebLimits) throws(Problem) {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    rawPath = String(parts[0])
    guard text.utf8.count <= limits.targetBytes else {
      throw Problem(.targetTooLong, "The address is \(text.utf8.count) bytes long; \(limits.targetBytes) are allowed.")
    }
    guard rawPath.hasPrefix("/") else {
      throw Problem(.malformedRequest, "The path does not begin with “/”.")
    }
    let rawSegments = rawPath == "/" ? [] : rawPath.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    var segments: [String] = []
    for segment in rawSegments {
      guard let decoded = Self.decode(segment, plusIsSpace: false) else {
        throw Problem(.malformedRequest, "The path cannot be decoded: escapes are %00 to %FF and make UTF-8 text.")
      }
      segments.append(decoded)
    }
    self.segments = segments
    query = parts.count > 1 ? try Self.items(parts[1], limits: limits) : []
  }

  /// The value of a parameter that is there once; nil when it is not there.
  func value(of name: String) -> String? { query.first { $0.name == name }?.value }

  private static func items(_ text: Substring, limits: WebLimits) throws(Problem) -> [QueryItem] {
    let pieces = text.split(separator: "&", omittingEmptySubsequences: true)
    guard pieces.count <= limits.queryParameters else {
      throw Problem(
        .invalidQuery, "The query has \(pieces.count) parameters; \(limits.queryParameters) are allowed.")
    }
    var items: [QueryItem] = []
    for piece in pieces {
      let halves = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decode(halves[0], plusIsSpace: true),
        let value = halves.count > 1 ? decode(halves[1], plusIsSpace: true) : ""
      else {
        throw Problem(.invalidQuery, "The query cannot be decoded: escapes are %00 to %FF and make UTF-8 text.")
      }
      items.append(QueryItem(name: name, value: value))
    }
    return items
  }

  private static func decode(_ text: Substring, plusIsSpace: Bool) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    guard !bytes.contains(0) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension RequestTarget {
  /// Stands for a target that could not be read.
  static let unreadable = RequestTarget()

  private init() {
    segments = []
    query = []
    rawPath = ""
  }
}
