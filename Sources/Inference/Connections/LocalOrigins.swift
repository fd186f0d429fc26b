package import StrictJSON

/// Servers of one's own that may be spoken to in clear although they are on another machine, each by its exact origin:
/// scheme, host and port.
///
/// Whoever runs this server writes them into its configuration. Nobody adds one over the network.
package struct LocalOrigins: Sendable, Hashable, CustomStringConvertible {
  /// How many there may be: all of them are asked when somebody looks for servers.
  package static let countMax = 16

  package static let none = LocalOrigins()

  /// Why a list of texts cannot be used.
  package enum Fault: Error, Sendable, Hashable {
    /// The text is no origin.
    case noOrigin(String)
    case tooMany

    /// The text that is none.
    package var text: String? {
      if case .noOrigin(let text) = self { text } else { nil }
    }
  }

  private let addresses: [EndpointURL]

  private init() { addresses = [] }

  /// - Parameter texts: each as `http://192.168.1.20:11434`, without a path. One that is there twice counts once.
  /// - Throws: the first fault.
  package init(_ texts: [String]) throws(Fault) {
    var addresses: [EndpointURL] = []
    for text in texts {
      guard let address = EndpointURL(text), !address.hasPath else { throw .noOrigin(text) }
      if !addresses.contains(where: { $0.origin == address.origin }) { addresses.append(address) }
    }
    guard addresses.count <= Self.countMax else { throw .tooMany }
    self.addresses = addresses
  }

  package var description: String { addresses.map(\.description).joined(separator: ",") }

  package func contains(_ endpoint: EndpointURL) -> Bool { addresses.contains { $0.origin == endpoint.origin } }

  /// Where models are looked for: the usual addresses of this machine, and OpenAI's protocol at each origin.
  package var servers: [LocalServer] {
    LocalServer.known
      + addresses.map { LocalServer(name: $0.host, baseURL: $0.appending("/v1")) }
      .filter { server in !LocalServer.known.contains { $0.baseURL == server.baseURL } }
  }

  /// Why keys and texts may not be sent there; nil when they may. Encrypted anywhere; in clear to this very machine, and to
  /// these origins.
  package func fault(of endpoint: EndpointURL) -> FieldError? {
    guard !endpoint.isSecure, !endpoint.isLoopback, !contains(endpoint) else { return nil }
    let hint = endpoint.host == "localhost" ? " Write 127.0.0.1 for localhost." : ""
    return FieldError(
      pointer: "/baseURL", code: "insecure_address",
      message:
        "“\(endpoint.host.prefix(100))” would be spoken to in clear. https:// is allowed anywhere, http:// for this "
        + "machine, 127.0.0.1 or [::1], and for the origins that its configuration names under models.local_origins.\(hint)"
    )
  }
}
