import StrictJSON

/// What a route tells of itself in the OpenAPI document.
struct RouteFacts: Sendable {
  struct Parameter: Sendable {
    enum Place: String, Sendable { case path, query, header }
    let name: String
    let place: Place
    let isRequired: Bool
    let summary: String
    /// A JSON Schema.
    let schema: JSON
  }

  struct Answer: Sendable {
    let status: Int
    let summary: String
    var mediaType = "application/json"
    /// A JSON Schema; nil for an answer without a body or of another kind than JSON.
    var schema: JSON?
  }

  /// Unique among all routes.
  let id: String
  let summary: String
  var parameters: [Parameter] = []
  /// The schema of a JSON body.
  var body: JSON?
  var answers: [Answer]
}
