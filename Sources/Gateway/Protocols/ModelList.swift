package import StrictJSON
package import Vocabulary

/// A model or a route as `GET /v1/models` lists it.
package struct ListedModel: Sendable, Hashable {
  /// What a client puts into `model`.
  package var id: String
  /// Since when it is there.
  package var created: Timestamp
  /// Who provides it.
  package var owner: String
  /// What people call it.
  package var displayName: String

  package init(id: String, created: Timestamp, owner: String, displayName: String? = nil) {
    self.id = id
    self.created = created
    self.owner = owner
    self.displayName = displayName ?? id
  }
}

/// The documents of `GET /v1/models` and `GET /v1/models/{id}`.
package enum ModelList {
  /// OpenAI's form (OpenAI API reference, Models).
  package static func openAI(_ models: [ListedModel]) -> JSON {
    ["object": "list", "data": .array(models.map(openAI))]
  }

  package static func openAI(_ model: ListedModel) -> JSON {
    [
      "id": .string(model.id), "object": "model",
      "created": .integer(model.created.microseconds / 1_000_000), "owned_by": .string(model.owner),
    ]
  }

  /// Anthropic's form, for requests with the header `anthropic-version` (Anthropic API reference, List Models). All
  /// models are on the one page.
  package static func anthropic(_ models: [ListedModel]) -> JSON {
    [
      "data": .array(models.map(anthropic)), "has_more": false,
      "first_id": models.first.map { .string($0.id) } ?? .null, "last_id": models.last.map { .string($0.id) } ?? .null,
    ]
  }

  package static func anthropic(_ model: ListedModel) -> JSON {
    [
      "type": "model", "id": .string(model.id), "display_name": .string(model.displayName),
      "created_at": .string("\(model.created)"),
    ]
  }
}
