/// The address below which a provider's calls lie: `https://api.openai.com/v1`.
package struct EndpointURL: Sendable, Hashable, CustomStringConvertible {
  package static let bytesMax = 2_048

  /// Without a slash at its end.
  package let description: String
  /// In small letters, as it is written: `api.openai.com`, `127.0.0.1`, `[::1]`.
  package let host: String
  /// Scheme, host and port, which is always said: `https://api.openai.com:443`. Addresses with the same one are of one
  /// server.
  package let origin: String
  /// Whether what is sent there is encrypted on the way.
  package let isSecure: Bool

  /// - Returns: nil unless the text is `http://` or `https://` with a host and without a name or password, query,
  ///   fragment or anything but visible ASCII. A slash at the end is dropped.
  package init?(_ text: String) {
    let scheme = ["https://", "http://"].first { text.lowercased().hasPrefix($0) }
    guard let scheme, text.utf8.count <= Self.bytesMax else { return nil }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" }
    guard let (host, port) = Self.server(of: authority, usualPort: scheme == "https://" ? 443 : 80),
      rest.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"?#\\\"<>^`{|}".utf8.contains($0) })
    else { return nil }
    var path = rest
    while path.last == "/" { path.removeLast() }
    description = scheme + path
    self.host = host
    origin = "\(scheme)\(host):\(port)"
    isSecure = scheme == "https://"
  }

  /// Whether it is a number of this very machine: 127.0.0.0/8 or ::1 (RFC 6890). No name is one, whatever it leads to.
  package var isLoopback: Bool {
    if host == "[::1]" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy(Self.isByte)
  }

  /// Whether there is anything behind the host and the port.
  package var hasPath: Bool { description.dropFirst(isSecure ? 8 : 7).contains("/") }

  /// The address of a call: `/chat/completions`.
  package func appending(_ path: String) -> String { description + path }

  /// Host and port of `host`, `host:port` or `[address]:port`; nil when it is none of these.
  private static func server(of authority: Substring, usualPort: Int) -> (host: String, port: Int)? {
    let end = authority.first == "[" ? authority.firstIndex(of: "]").map(authority.index(after:)) : nil
    let host = authority[..<(end ?? authority.firstIndex(of: ":") ?? authority.endIndex)]
    let rest = authority[host.endIndex...]
    let port = rest.isEmpty ? usualPort : rest.first == ":" ? decimal(rest.dropFirst()) : nil
    let isWellFormed =
      end != nil
      ? host.count > 2 && host.dropFirst().dropLast().allSatisfy { ":.".contains($0) || $0.isHexDigit }
      : !host.isEmpty && host.utf8.allSatisfy(isOfName)
    guard isWellFormed, let port, (1...65_535).contains(port) else { return nil }
    return (host.lowercased(), port)
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  private static func isByte(_ text: Substring) -> Bool { decimal(text).map { $0 <= 255 } ?? false }

  /// Up to five ASCII digits without a zero before others, which some readers take for octal.
  private static func decimal(_ text: Substring) -> Int? {
    guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      text.count == 1 || text.first != "0"
    else { return nil }
    return Int(text)
  }
}
