package import StrictJSON

/// Why a call of a program outside is not answered, in the words of no protocol yet.
///
/// ``ClientProtocol`` writes it as its clients read it: with ``status`` and ``headers`` before an answer began, inside
/// the stream afterwards.
package struct GatewayFault: Error, Sendable, Hashable {
  /// What went wrong, of which each protocol has its own word.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The request cannot be answered as it is.
    case invalidRequest
    /// The client's own key is missing, unknown or no longer good.
    case unauthorized
    /// The client's key may not do this.
    case forbidden
    case notFound
    /// The body has more bytes than are read.
    case tooLarge
    /// The request is well formed, but what it asks for cannot be done here.
    case unprocessable
    case rateLimited
    /// The client's budget is used up. Waiting does not help.
    case budget
    /// No upstream answers, or all are too busy.
    case unavailable
    /// An upstream went silent.
    case timeout
    /// What an upstream answered cannot be handed on.
    case upstream
    /// A fault of the gateway's own.
    case gateway
  }

  package let kind: Kind
  /// The HTTP status.
  package let status: Int
  /// What went wrong, for programs: stable, as `model_not_found`.
  package let code: String
  /// What went wrong, for people: which value, what is allowed, what can be done. Never with a key in it.
  package let message: String
  /// The place in the request, as a JSON pointer; nil when there is none.
  package let param: String?
  /// How long the client should wait before it asks again; nil when nobody says.
  package let retryAfter: Duration?
  /// Whether asking the same again may help.
  package let isRetryable: Bool
  /// Everything that is wrong with the request, each with its place.
  package let errors: [FieldError]

  package init(
    _ kind: Kind, status: Int, code: String, _ message: String, param: String? = nil, retryAfter: Duration? = nil,
    isRetryable: Bool = false, errors: [FieldError] = []
  ) {
    self.kind = kind
    self.status = status
    self.code = code
    self.message = message
    self.param = param
    self.retryAfter = retryAfter
    self.isRetryable = isRetryable
    self.errors = errors
  }
}

extension GatewayFault: CustomStringConvertible {
  package var description: String { message }
}

extension GatewayFault {
  /// 401: who asks is not known.
  package static func unauthorized(_ message: String) -> GatewayFault {
    GatewayFault(.unauthorized, status: 401, code: "invalid_api_key", message)
  }

  /// 403: the key may not use the model.
  package static func forbidden(model: String) -> GatewayFault {
    GatewayFault(
      .forbidden, status: 403, code: "model_not_allowed", "This key may not use the model “\(model.shown)”.",
      param: "/model")
  }

  /// 404: there is no such model or route.
  package static func unknownModel(_ model: String) -> GatewayFault {
    GatewayFault(
      .notFound, status: 404, code: "model_not_found",
      "There is no model “\(model.shown)” here. GET /v1/models lists those there are.", param: "/model")
  }

  /// 404: there is no such thing, as a stored response.
  package static func notFound(_ what: String) -> GatewayFault {
    GatewayFault(.notFound, status: 404, code: "not_found", what)
  }

  /// 413.
  package static func tooLarge(bytesMax: Int) -> GatewayFault {
    GatewayFault(.tooLarge, status: 413, code: "request_too_large", "A request may have \(bytesMax) bytes.")
  }

  /// 422: for what is understood and cannot be done, as a field that the chosen upstream has nothing for.
  package static func unprocessable(_ message: String, code: String, param: String?) -> GatewayFault {
    GatewayFault(.unprocessable, status: 422, code: code, message, param: param)
  }

  /// 429 that says not to ask again: OpenAI's and Anthropic's clients would otherwise repeat it.
  package static func budgetExceeded(_ message: String) -> GatewayFault {
    GatewayFault(.budget, status: 429, code: "insufficient_quota", message)
  }

  /// 429 of the gateway's own limits.
  package static func rateLimited(_ message: String, retryAfter: Duration?) -> GatewayFault {
    GatewayFault(
      .rateLimited, status: 429, code: "rate_limit_exceeded", message, retryAfter: retryAfter, isRetryable: true)
  }

  /// 500: our own mistake. Nothing of its cause is told outside.
  package static let internalFault = GatewayFault(
    .gateway, status: 500, code: "internal_error", "The gateway made a mistake. Its log says more.", isRetryable: true)

  /// 400 with everything that is wrong with a request.
  ///
  /// - Parameter errors: at least one.
  package static func invalid(_ errors: [FieldError]) -> GatewayFault {
    let told = errors.prefix(errorsTold).map(\.description).joined(separator: " ")
    let rest = errors.count > errorsTold ? " There are \(errors.count - errorsTold) more faults." : ""
    return GatewayFault(
      .invalidRequest, status: 400, code: errors.first?.code ?? "invalid", told + rest,
      param: errors.first.flatMap { $0.pointer.isEmpty ? nil : $0.pointer }, errors: errors)
  }

  /// 400 for a body that is no JSON, with the place and the byte.
  package static func unreadable(_ fault: JSONFault) -> GatewayFault { .invalid(fault.errors) }

  /// How many faults of a request stand in its message. ``errors`` has all of them.
  private static let errorsTold = 4
}

extension String {
  /// As much of a name from outside as is quoted.
  fileprivate var shown: String { String(unicodeScalars.prefix(100).map(Character.init)) }
}
