import Events
package import Operations
import Storage
import StrictJSON

/// What happens to keys.
package enum GatewayKeyChange: StateChange, Hashable {
  /// A key is there, known by the digest of its secret in hexadecimal digits.
  case created(GatewayKey, digest: String)
  /// A key's secret opens nothing any more. Where the key says when it was revoked its name stays, for what was called with
  /// it; a key that was never to be is gone.
  case revoked(GatewayKey, digest: String)

  private var key: GatewayKey {
    switch self {
    case .created(let key, _), .revoked(let key, _): key
    }
  }

  package var touches: [StateKey] { [StateKey("gateway/keys/\(key.id)")] }

  /// A key that was revoked stays so: who revoked it may have had a reason that holds.
  package var inverse: GatewayKeyChange? {
    switch self {
    case .created(let key, let digest): .revoked(key, digest: digest)
    case .revoked: nil
    }
  }

  /// One event for a change; the keys beside it are read again by who shows them.
  func events() throws -> [EventDraft] {
    let payload = JSON.object(["key": try JSON(encoding: key)])
    return switch self {
    case .created: [EventDraft(topic: "gateway", type: "key.created", payload: payload)]
    case .revoked: [EventDraft(topic: "gateway", type: "key.revoked", payload: payload)]
    }
  }

  private enum Kind: String, Codable { case created, revoked }
  private enum CodingKeys: String, CodingKey { case kind, key, digest }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let key = try container.decode(GatewayKey.self, forKey: .key)
    let digest = try container.decode(String.self, forKey: .digest)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .created: self = .created(key, digest: digest)
    case .revoked: self = .revoked(key, digest: digest)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .created(let key, let digest):
      try container.encode(Kind.created, forKey: .kind)
      try container.encode(key, forKey: .key)
      try container.encode(digest, forKey: .digest)
    case .revoked(let key, let digest):
      try container.encode(Kind.revoked, forKey: .kind)
      try container.encode(key, forKey: .key)
      try container.encode(digest, forKey: .digest)
    }
  }
}
