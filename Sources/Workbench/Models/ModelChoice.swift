package import Inference

/// Which model answers.
package enum ModelChoice: Sendable, Hashable, Codable {
  case builtIn
  case connected(ModelConnectionID, model: String)

  private enum CodingKeys: String, CodingKey { case builtIn, connection, model }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let id = try container.decodeIfPresent(ModelConnectionID.self, forKey: .connection) {
      self = .connected(id, model: try container.decode(String.self, forKey: .model))
    } else {
      self = .builtIn
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .builtIn: try container.encode(true, forKey: .builtIn)
    case .connected(let id, let model):
      try container.encode(id, forKey: .connection)
      try container.encode(model, forKey: .model)
    }
  }

  var connection: ModelConnectionID? { if case .connected(let id, _) = self { id } else { nil } }
}
