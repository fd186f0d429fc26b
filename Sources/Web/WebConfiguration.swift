/// Where the edge listens and what it answers for.
package struct WebConfiguration: Sendable {
  /// The address to bind, without a port.
  package var host: String
  /// 0 lets the system choose.
  package var port: Int
  /// Names that a `Host` header may have besides the loopback names and ``host``, each with or without a port.
  package var allowedHosts: [String] = []
  /// How people reach this server when that is not `http` at the bound address: behind a proxy that speaks TLS, for one.
  package var publicOrigin: Origin?
  /// Where the page's files are read from during development; nil serves those in the binary.
  package var assetFolder: String?
  package var limits = WebLimits()
  /// The program's, for whoever asks which it is.
  package var version = "unknown"

  package init(host: String = "127.0.0.1", port: Int = 8282) {
    self.host = host
    self.port = port
  }

  /// Whether cookies may travel over TLS only.
  var isSecure: Bool { publicOrigin?.scheme == "https" }
}

/// Scheme, host and port, as browsers write it: `https://arbiter.example`.
package struct Origin: Sendable, Hashable, CustomStringConvertible {
  package let scheme: String
  /// Host and, unless it is the scheme's own, port; lower case.
  package let authority: String

  /// Nil unless `text` is `http://` or `https://`, a host, and perhaps a port.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count <= 300, let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") else {
      return nil
    }
    let scheme = text[..<colon].lowercased()
    let authority = text[colon...].dropFirst(3).lowercased()
    guard scheme == "http" || scheme == "https", !authority.isEmpty,
      !authority.utf8.contains(where: { "/?#@\\ ".utf8.contains($0) })
    else { return nil }
    let ordinary = scheme == "http" ? ":80" : ":443"
    self.scheme = scheme
    self.authority = authority.hasSuffix(ordinary) ? String(authority.dropLast(ordinary.count)) : authority
  }

  package var description: String { "\(scheme)://\(authority)" }
}
