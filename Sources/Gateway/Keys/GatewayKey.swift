package import Inference
package import Vocabulary

/// A key that a program outside asks models with. Its secret is told once and kept nowhere.
package struct GatewayKey: Codable, Sendable, Hashable {
  package let id: GatewayKeyID
  /// What people call it.
  package let name: String
  /// The last characters of the secret, to tell keys apart.
  package let hint: String
  /// What it may ask, by the names of `GET /v1/models`; empty: everything.
  package let models: [String]
  /// Who made it: what is spent with it is spent by them, too.
  package let person: PersonID?
  package let createdAt: Timestamp
  /// From when it is good for nothing; nil: never.
  package let expiresAt: Timestamp?
  /// Since when nobody is let in with it; nil for one that was not revoked.
  package let revokedAt: Timestamp?

  package init(
    id: GatewayKeyID, name: String, hint: String, models: [String], person: PersonID?, createdAt: Timestamp,
    expiresAt: Timestamp?, revokedAt: Timestamp? = nil
  ) {
    self.id = id
    self.name = name
    self.hint = hint
    self.models = models
    self.person = person
    self.createdAt = createdAt
    self.expiresAt = expiresAt
    self.revokedAt = revokedAt
  }

  /// The same, revoked.
  func revoked(at time: Timestamp) -> GatewayKey {
    GatewayKey(
      id: id, name: name, hint: hint, models: models, person: person, createdAt: createdAt, expiresAt: expiresAt,
      revokedAt: time)
  }

  private enum CodingKeys: String, CodingKey { case id, name, hint, models, person, createdAt, expiresAt, revokedAt }

  /// What there is not is written as null; that a key was revoked, only where it was, so that what was journalled before
  /// reads the same.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(name, forKey: .name)
    try container.encode(hint, forKey: .hint)
    try container.encode(models, forKey: .models)
    try container.encode(person, forKey: .person)
    try container.encode(createdAt, forKey: .createdAt)
    try container.encode(expiresAt, forKey: .expiresAt)
    try container.encodeIfPresent(revokedAt, forKey: .revokedAt)
  }
}
