import HTTPTypes
import HummingbirdCore
import NIOCore
import StrictJSON

/// Reads a request's body as JSON, within limits.
enum JSONBody {
  /// Nil for a request without a body.
  ///
  /// - Throws: ``Problem`` for another media type or a body that is too large, `JSONFault` for one that is not strict JSON.
  static func read(_ request: Request, limits: WebLimits) async throws -> JSON? {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limits.bodyBytes {
      throw Problem(.bodyTooLarge, "The body is \(length) bytes long; \(limits.bodyBytes) are allowed.")
    }
    let buffer = try await request.body.collect(upTo: limits.bodyBytes)
    guard buffer.readableBytes > 0 else { return nil }
    try demandJSON(request.headers[.contentType])
    var json = JSONLimits.standard
    json.bytes = limits.bodyBytes
    return try JSON(parsing: buffer.readableBytesView, limits: json)
  }

  private static func demandJSON(_ type: String?) throws(Problem) {
    let parts = (type ?? "").lowercased().split(separator: ";", omittingEmptySubsequences: false).map(trimmed)
    let parameters = parts.dropFirst().filter { !$0.isEmpty }
    guard parts.first == "application/json",
      parameters.allSatisfy({ ["charset=utf-8", "charset=\"utf-8\""].contains($0) })
    else {
      let found = type.map { "“\($0.prefix(100))”" } ?? "missing"
      throw Problem(.unsupportedMediaType, "Content-Type is \(found). Allowed: application/json, in UTF-8.")
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text.drop { $0 == " " || $0 == "\t" }
  }
}
