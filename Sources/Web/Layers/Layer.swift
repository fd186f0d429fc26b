import HummingbirdCore

/// What comes after a layer: the next one, and in the end the route.
typealias Onward = @Sendable (Exchange) async throws -> Response

/// Stands around the routes: looks at a request before, at its answer after, or answers itself.
protocol Layer: Sendable {
  func respond(to exchange: Exchange, next: Onward) async throws -> Response
}
