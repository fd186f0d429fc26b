/// Where a server on this very machine answers: `http://127.0.0.1:8282` or `http://[::1]:8282`.
///
/// The address comes from a file and the token goes to it, so only numbers that cannot lead off the machine are taken:
/// 127.0.0.0/8 and ::1 (RFC 6890), no names.
struct LoopbackAddress: Sendable, Hashable, CustomStringConvertible {
  let host: String
  let port: UInt16

  init?(_ text: String) {
    guard text.utf8.count <= 64, text.hasPrefix("http://") else { return nil }
    var rest = text.dropFirst("http://".count)
    if rest.hasSuffix("/") { rest.removeLast() }
    guard let colon = rest.lastIndex(of: ":"), let port = Self.decimal(rest[rest.index(after: colon)...]), port > 0,
      let number = UInt16(exactly: port), Self.isLoopback(rest[..<colon])
    else { return nil }
    host = String(rest[..<colon])
    self.port = number
  }

  var description: String { "http://\(host):\(port)" }

  private static func isLoopback(_ host: Substring) -> Bool {
    if host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false).map(decimal)
    return parts.count == 4 && parts[0] == 127 && parts.allSatisfy { $0.map { $0 <= 255 } ?? false }
  }

  /// Up to five ASCII digits without a zero before others, which some readers take for octal.
  private static func decimal(_ text: Substring) -> Int? {
    guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      text.count == 1 || text.first != "0"
    else { return nil }
    return Int(text)
  }
}
