import NIOCore

/// The other end of a connection.
struct Peer: Sendable, Hashable {
  /// The address without its port; `unknown` for a socket that has none.
  let address: String
  let isLoopback: Bool

  init(_ channel: any Channel) { self.init(channel.remoteAddress) }

  init(_ remote: SocketAddress?) {
    address = remote?.ipAddress ?? "unknown"
    isLoopback =
      switch remote {
      case .v4: address.hasPrefix("127.")
      case .v6: address == "::1" || address.hasPrefix("::ffff:127.")
      case .unixDomainSocket: true
      case nil: false
      }
  }
}
