package import Vocabulary

/// What the edges ask about models besides operations: the calls that carry a key, or ask the network. Everything here is
/// for whoever may connect models.
package protocol ModelConnector: Sendable {
  /// Looks at a key and an address. Stores nothing.
  ///
  /// - Throws: when the person may not.
  func check(_ candidate: ModelCandidate, as principal: Principal) async throws -> ModelCheck

  /// Looks at a connection again, with the key that is sealed for it, and keeps what was found.
  ///
  /// - Throws: when the person may not, or there is no such connection.
  func check(_ id: ModelConnectionID, as principal: Principal) async throws -> ModelCheck

  /// The model servers that answer on this machine, and at the origins of its configuration. They are sent no text and no
  /// key.
  func localServers(as principal: Principal) async throws -> [FoundServer]

  /// Checks a candidate, connects it, seals its key, and chooses the model: one commit.
  ///
  /// - Parameters:
  ///   - model: one of those that the provider lists, where it lists any; nil where it lists exactly one.
  ///   - name: what people call it; nil: as the provider.
  ///   - idempotencyKey: 1 to 128 visible ASCII characters; asking again with it gives the first answer.
  /// - Returns: the connection, and whether that is an earlier answer.
  /// - Throws: why it cannot be used. Nothing was written then, and the key is not kept.
  func connect(
    _ candidate: ModelCandidate, model: String?, name: String?, as principal: Principal, idempotencyKey: String?
  ) async throws -> (connection: ModelConnection, isRepeated: Bool)
}
