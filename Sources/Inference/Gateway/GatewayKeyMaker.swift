package import StrictJSON
package import Vocabulary

/// Makes keys for programs outside: the one call whose answer holds a secret.
package protocol GatewayKeyMaker: Sendable {
  /// Draws a secret, and makes a key that is known by its digest.
  ///
  /// - Parameter idempotencyKey: 1 to 128 visible ASCII characters. What was made with it is not made again; asking again is
  ///   refused, since the secret cannot be told again.
  func makeKey(
    _ request: GatewayKeyRequest, as principal: Principal, idempotencyKey: String?
  ) async throws -> MadeGatewayKey
}

/// A key that somebody wants.
package struct GatewayKeyRequest: Codable, Sendable, Hashable {
  /// What people call it.
  package let name: String
  /// What it may ask, by the names of `GET /v1/models`; nil: everything.
  package let models: [String]?
  /// From when it is good for nothing; nil: never.
  package let expiresAt: Timestamp?

  package init(name: String, models: [String]?, expiresAt: Timestamp?) {
    self.name = name
    self.models = models
    self.expiresAt = expiresAt
  }
}

/// A key with its secret, which is told this once.
package struct MadeGatewayKey: Codable, Sendable, Hashable {
  /// As `list_gateway_keys` tells it.
  package let key: JSON
  package let secret: String

  package init(key: JSON, secret: String) {
    self.key = key
    self.secret = secret
  }
}
