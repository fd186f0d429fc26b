import Crypto
import StrictJSON
import Vocabulary

/// What an answer is found by: a SHA-256 over everything that decides it.
///
/// Two requests that differ in anything a model could see, in the model, in where it is, in what they are for or in who
/// asks have different keys. So have two that differ in the order of their members alone: a model fills a schema in its
/// order.
package struct AnswerKey: Sendable, Hashable {
  /// Counted up when the form of what is hashed or kept changes; older answers are not found then.
  private static let version: Int64 = 1

  let bytes: [UInt8]

  /// - Parameters:
  ///   - endpoint: the form of the request and of the answer.
  ///   - request: all of it, with pictures.
  init(of request: JSON, at endpoint: String, from upstream: Upstream, for context: CallContext) {
    let key: JSON = [
      "version": .integer(Self.version), "scope": .string(context.caller.scope), "task": .string(context.task),
      "prompt": .optional(context.prompt), "endpoint": .string(endpoint),
      "connection": .optional(upstream.id.connection.map { "\($0)" }), "provider": .string(upstream.provider.name),
      "model": .string(upstream.model),
    ]
    bytes = Array(SHA256.hash(data: key.canonicalBytes() + request.compactBytes()))
  }
}

extension CallerID {
  /// Whose answers are found: nobody gets another's.
  fileprivate var scope: String {
    switch self {
    case .person(let id): "person \(id)"
    case .key(let id): "key \(id)"
    case .program: "program"
    }
  }
}

extension JSON {
  fileprivate static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }
}
