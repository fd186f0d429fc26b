import StrictJSON

/// As answers are kept: `{ "name", "data", "events" }` for an event, `{ "whole", "events" }` for an answer in one piece.
extension WireFrame: Codable {
  private enum CodingKeys: String, CodingKey { case name, data, whole, events }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let events = try container.decode([ModelEvent].self, forKey: .events)
    if let data = try container.decodeIfPresent(String.self, forKey: .data) {
      self.init(
        .event(name: try container.decodeIfPresent(String.self, forKey: .name) ?? "", data: data), events)
    } else if let whole = try container.decodeIfPresent(String.self, forKey: .whole) {
      self.init(.whole(Array(whole.utf8)), events)
    } else {
      self.init(.nothing, events)
    }
  }

  /// - Throws: `EncodingError` for an answer that is no UTF-8.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch content {
    case .event(let name, let data):
      if !name.isEmpty { try container.encode(name, forKey: .name) }
      try container.encode(data, forKey: .data)
    case .whole(let bytes):
      guard let whole = String(validating: bytes, as: UTF8.self) else {
        throw EncodingError.invalidValue(bytes, .init(codingPath: [], debugDescription: "it is no UTF-8"))
      }
      try container.encode(whole, forKey: .whole)
    case .nothing: break
    }
    try container.encode(events, forKey: .events)
  }
}
