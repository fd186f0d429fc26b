import StrictJSON

/// An HTTP/1.1 answer as it came over the wire.
struct RawResponse: Sendable {
  var status: Int
  /// Names in lower case, in the order they came.
  var headers: [(name: String, value: String)]
  var body: [UInt8]

  subscript(name: String) -> String? { headers.first { $0.name == name }?.value }

  var text: String { String(decoding: body, as: UTF8.self) }
  func json() throws -> JSON { try JSON(parsing: body) }

  /// The problem's code, for an answer that is one.
  var problem: String? {
    guard self["content-type"] == "application/problem+json" else { return nil }
    return (try? json())?["code"]?.text
  }

  /// The pointers of the problem's errors.
  var pointers: [String] { ((try? json())?["errors"]?.items ?? []).compactMap { $0["pointer"]?.text } }
}
