import Events
import Identity
package import Inference
package import Operations
import Storage
import StrictJSON
package import Vocabulary

/// Makes keys, and says whose a key is.
package struct GatewayKeys: GatewayKeyMaker {
  /// What every key begins with, so that people and scanners know one when they see it.
  package static let prefix = "arb_"

  private let desk: OperationDesk
  private let random: any RandomSource
  private let clock: any WallClock
  /// The keys of a workspace, by the digests of their secrets.
  private let known: StateCache<[String: GatewayKey]>

  package init(desk: OperationDesk, random: any RandomSource, clock: any WallClock) {
    known = StateCache(of: "gateway", told: desk.changes)
    self.desk = desk
    self.random = random
    self.clock = clock
  }

  package func makeKey(
    _ request: GatewayKeyRequest, as principal: Principal, idempotencyKey: String?
  ) async throws -> MadeGatewayKey {
    let credential = Credential(workspace: principal.workspace, random: random)
    let secret = Self.prefix + credential.text
    let input = CreateGatewayKey.Input(
      name: request.name, models: request.models, expiresAt: request.expiresAt, digest: Self.digest(of: credential),
      hint: String(secret.suffix(4)))
    let key = try idempotencyKey.map { text throws(OperationError) in
      guard let key = IdempotencyKey(text) else {
        throw OperationError(.invalidInput, "An idempotency key is 1 to 128 visible ASCII characters.")
      }
      return key
    }
    let performed = try await desk.perform(
      OperationCall(operation: CreateGatewayKey.name, input: try JSON(encoding: input)), as: principal, key: key)
    return MadeGatewayKey(key: performed.output, secret: secret)
  }

  /// The key that a text is the secret of.
  ///
  /// - Returns: nil for a text that is none, and for a key that was revoked or has expired.
  func key(of text: some StringProtocol) async throws -> (key: GatewayKey, workspace: WorkspaceID)? {
    guard text.hasPrefix(Self.prefix), let credential = Credential(text.dropFirst(Self.prefix.count)) else {
      return nil
    }
    let keys = try await known.value(in: credential.workspace) {
      try await desk.database.read("gateway.keys", in: credential.workspace) { transaction in
        try GatewayKeyTables.keysByDigest(in: transaction)
      }
    }
    guard let key = keys[Self.digest(of: credential)], isGood(key) else { return nil }
    return (key, credential.workspace)
  }

  /// A key that is good now.
  func key(_ id: GatewayKeyID, in workspace: WorkspaceID) async throws -> GatewayKey? {
    let key = try await desk.database.read("gateway.key", in: workspace) { transaction in
      try GatewayKeyTables.key(id, in: transaction)?.key
    }
    return key.flatMap { isGood($0) ? $0 : nil }
  }

  private func isGood(_ key: GatewayKey) -> Bool {
    key.revokedAt == nil && key.expiresAt.map { $0 > clock.now() } ?? true
  }

  private static func digest(of credential: Credential) -> String { credential.digest(as: "gateway key").hexadecimal }
}
