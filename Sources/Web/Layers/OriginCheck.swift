import HTTPTypes
import HummingbirdCore

/// Refuses changes that another site asks a browser for.
///
/// Reading passes. Else a browser's `Sec-Fetch-Site` decides: the same origin or the person, nobody else; a page on a
/// sibling host is somebody else. A browser without it is known by `Origin`, which must be the host that was asked. What
/// has neither is no browser: it may go on, but a cookie does not speak for it.
struct OriginCheck: Layer {
  let publicOrigin: Origin?

  func respond(to exchange: Exchange, next: Onward) async throws -> Response {
    guard !exchange.isSafe else { return try await next(exchange) }
    var exchange = exchange
    switch (exchange.request.headers[.fetchSite], exchange.request.headers[.origin]) {
    case ("same-origin", _), ("none", _): break
    case (.some(let site), _):
      throw Problem(.crossOrigin, "A page of another origin sent this (Sec-Fetch-Site: \(site.prefix(40))).")
    case (nil, .some(let text)):
      guard let origin = Origin(text), isOurs(origin, host: exchange.request.head.authority) else {
        throw Problem(.crossOrigin, "A page of another origin sent this (Origin: \(text.prefix(100))).")
      }
    case (nil, nil): exchange.isCookieHeard = false
    }
    return try await next(exchange)
  }

  private func isOurs(_ origin: Origin, host: String?) -> Bool {
    if let publicOrigin { return origin == publicOrigin || isLoopback(origin, host) }
    return origin.authority == host?.lowercased()
  }

  /// Beside a public origin, the machine itself may still be used at its own address.
  private func isLoopback(_ origin: Origin, _ host: String?) -> Bool {
    origin.scheme == "http" && origin.authority == host?.lowercased()
  }
}
