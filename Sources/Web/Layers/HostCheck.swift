import HTTPTypes
import HummingbirdCore

/// Answers only for the names this server goes by. A page that gives its own name our address (DNS rebinding) has the
/// browser's word for the name, and stops here.
struct HostCheck: Layer {
  let hosts: HostNames

  func respond(to exchange: Exchange, next: Onward) async throws -> Response {
    let host = exchange.request.head.authority ?? ""
    guard hosts.contain(host) else {
      throw Problem(
        .wrongHost,
        "This server does not answer for the host “\(host.prefix(100))”. Allowed: \(hosts.list.joined(separator: ", "))."
      )
    }
    return try await next(exchange)
  }
}
