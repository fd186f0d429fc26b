import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import StrictJSON
import Vocabulary

/// One occurrence of a problem, ready to be told (RFC 9457).
struct Problem: Error, Sendable {
  static let mediaType = "application/problem+json"
  /// Errors listed at most; a longer list helps nobody.
  static let errorsMax = 100

  let code: ProblemCode
  /// What was wrong here, with which value, and what is allowed. Never a secret.
  let detail: String
  var errors: [FieldError] = []
  /// What the answer says besides: `Allow`, for one.
  var headers = HTTPFields()
  /// Members of this problem's own (RFC 9457, section 3.2).
  var members = JSONObject()
  /// In place of the catalogue's seconds.
  var retryAfter: Int?

  init(_ code: ProblemCode, _ detail: String, errors: [FieldError] = []) {
    self.code = code
    self.detail = detail
    self.errors = errors
  }

  /// The document of RFC 9457 with this interface's members.
  func document(requestID: UniqueID, instance: String?) -> JSON {
    var document: JSONObject = [
      "type": .string("/problems/\(code.rawValue)"),
      "title": .string(code.title),
      "status": .integer(Int64(code.status.code)),
      "detail": .string(detail),
      "instance": instance.map { .string($0) } ?? .null,
      "code": .string(code.rawValue),
      "retryable": .bool(code.isRetryable),
      "requestId": .string("\(requestID)"),
      "errors": .array(errors.prefix(Self.errorsMax).map(\.document)),
    ]
    for (name, value) in members { document[name] = value }
    return .object(document)
  }

  func response(requestID: UniqueID, instance: String?) -> Response {
    var headers = headers
    headers[.contentType] = Self.mediaType
    if let seconds = retryAfter ?? code.facts.retryAfter { headers[.retryAfter] = "\(seconds)" }
    let body = document(requestID: requestID, instance: instance).canonicalBytes()
    return Response(status: code.status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
  }
}

extension FieldError {
  var document: JSON {
    var members: JSONObject = ["pointer": .string(pointer), "code": .string(code), "message": .string(message)]
    if let allowed { members["allowed"] = .array(allowed.map { .string($0) }) }
    return .object(members)
  }
}
