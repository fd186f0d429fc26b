package import Inference
package import Vocabulary

/// A key as its list shows it.
package struct ListedGatewayKey: Sendable, Hashable, Codable {
  package let id: GatewayKeyID
  package let name: String
  package let hint: String
  package let models: [String]
  package let person: PersonID?
  package let createdAt: Timestamp
  package let expiresAt: Timestamp?
  /// Nil: it was not.
  package let revokedAt: Timestamp?
  /// Nil: not among the newest ``CallListing/slowestAmong`` attempts of the workspace.
  package let lastUsedAt: Timestamp?

  init(_ key: GatewayKey, lastUsedAt: Timestamp?) {
    id = key.id
    name = key.name
    hint = key.hint
    models = key.models
    person = key.person
    createdAt = key.createdAt
    expiresAt = key.expiresAt
    revokedAt = key.revokedAt
    self.lastUsedAt = lastUsedAt
  }

  private enum CodingKeys: String, CodingKey {
    case id, name, hint, models, person, createdAt, expiresAt, revokedAt, lastUsedAt
  }

  /// What there is not is written as null.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(name, forKey: .name)
    try container.encode(hint, forKey: .hint)
    try container.encode(models, forKey: .models)
    try container.encode(person, forKey: .person)
    try container.encode(createdAt, forKey: .createdAt)
    try container.encode(expiresAt, forKey: .expiresAt)
    try container.encode(revokedAt, forKey: .revokedAt)
    try container.encode(lastUsedAt, forKey: .lastUsedAt)
  }
}
