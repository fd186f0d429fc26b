package import Events
package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Takes a key away: the next call with it is refused.
package struct RevokeGatewayKey: OperationDefinition {
  package static let name = "revoke_gateway_key"
  package static let version = 1
  package static let permission = CreateGatewayKey.permission
  package static let about = OperationAbout(
    "Revoke a gateway key", "Takes a key away: the next call with it is refused. Nothing brings it back.",
    example: Input(id: GatewayKeyID(UniqueID(high: 0x0197_a3c1_0000_7000, low: 0x8000_0000_0000_0001))))

  package struct Input: Codable, Sendable, Hashable, SchemaDescribed {
    package let id: GatewayKeyID
    package static var schemaDescription: SchemaDescription {
      SchemaDescription("What to revoke", properties: ["id": .init("The key's id.")])
    }
  }

  package struct Output: Codable, Sendable {
    package let revoked: GatewayKeyID
  }

  package init() {}

  package func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<Output, GatewayKeyChange> {
    guard let (key, digest) = try GatewayKeyTables.key(input.id, in: context.state) else {
      throw OperationError(.notFound, "There is no gateway key \(input.id).")
    }
    if let revokedAt = key.revokedAt {
      throw OperationError(.refused, "The gateway key \(key.name) was revoked at \(revokedAt).")
    }
    return Decision(
      output: Output(revoked: input.id), changes: [.revoked(key.revoked(at: context.time), digest: digest)],
      summary: "Revoked the gateway key \(key.name)")
  }

  package func apply(_ change: GatewayKeyChange, in transaction: any Transaction) throws {
    try GatewayKeyTables.apply(change, in: transaction)
  }

  package func events(
    of change: GatewayKeyChange, journal: Int64, in state: any ReadTransaction
  ) throws -> [EventDraft] { try change.events() }
}
