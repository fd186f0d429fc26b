import HTTPTypes
import HummingbirdCore

/// Names the request in its answer. A name that the client sends is not heard: ids in the log are this server's.
struct RequestIdentity: Layer {
  func respond(to exchange: Exchange, next: Onward) async throws -> Response {
    var response = try await next(exchange)
    response.headers[.requestID] = "\(exchange.id)"
    return response
  }
}
