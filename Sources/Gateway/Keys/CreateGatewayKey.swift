package import Events
import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Makes a key for programs outside. Its secret is no part of it, only the digest.
package struct CreateGatewayKey: OperationDefinition {
  package static let name = "create_gateway_key"
  package static let version = 1
  package static let permission = Permission("gateway.keys", from: .owner)
  package static let about = OperationAbout(
    "Create a gateway key",
    "Makes a key that programs outside ask models with. The secret is never part of it: POST /api/v1/gateway-keys draws it, "
      + "tells it once, and performs this with its digest.",
    example: Input(
      name: "notebook", models: ["default"], expiresAt: nil, digest: String(repeating: "0f", count: 32), hint: "x7Qa"))

  package struct Input: Codable, Sendable, Hashable, SchemaDescribed {
    package let name: String
    package let models: [String]?
    package let expiresAt: Timestamp?
    package let digest: String
    package let hint: String

    package init(name: String, models: [String]?, expiresAt: Timestamp?, digest: String, hint: String) {
      self.name = name
      self.models = models
      self.expiresAt = expiresAt
      self.digest = digest
      self.hint = hint
    }

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A key to make",
        properties: [
          "name": .init("What people call it.", .length(1...100)),
          "models": .init(
            "What it may ask, by the names of GET /v1/models; nothing: everything.", .count(0...100),
            .each(.length(1...RequestLimits.modelBytesMax))),
          "expiresAt": .init("From when it is good for nothing."),
          "digest": .init("SHA-256 of the secret, in hexadecimal digits.", .length(64...64)),
          "hint": .init("The last characters of the secret.", .length(4...4)),
        ])
    }
  }

  package init() {}

  package func decide(
    _ input: Input, _ context: inout OperationContext
  ) throws -> Decision<GatewayKey, GatewayKeyChange> {
    guard [UInt8](hexadecimal: input.digest)?.count == 32 else {
      throw OperationError.invalid("/digest", "wrong_format", "A digest is 64 hexadecimal digits.")
    }
    guard KeyScrubber.scrub(input.name) == input.name else {
      throw OperationError.invalid("/name", "looks_like_a_key", "A name is no place for a key. Nothing was stored.")
    }
    if let expiresAt = input.expiresAt, expiresAt <= context.time {
      throw OperationError.invalid("/expiresAt", "out_of_range", "A key expires in the future; it is \(context.time).")
    }
    guard
      try GatewayKeyTables.keys(in: context.state).count(where: { $0.revokedAt == nil }) < GatewayKeyTables.keysMax
    else {
      throw OperationError(
        .refused, "This workspace has \(GatewayKeyTables.keysMax) keys, which is all it may have. Revoke one.")
    }
    let key = GatewayKey(
      id: try context.makeID(), name: input.name, hint: input.hint, models: input.models ?? [],
      person: context.principal.person, createdAt: context.time, expiresAt: input.expiresAt)
    return Decision(
      output: key, changes: [.created(key, digest: input.digest)], summary: "Created the gateway key \(input.name)")
  }

  package func apply(_ change: GatewayKeyChange, in transaction: any Transaction) throws {
    try GatewayKeyTables.apply(change, in: transaction)
  }

  package func events(
    of change: GatewayKeyChange, journal: Int64, in state: any ReadTransaction
  ) throws -> [EventDraft] { try change.events() }
}
