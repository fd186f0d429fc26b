import StrictJSON

extension GatewayFault {
  /// The object under `error`, as OpenAI's clients read it. `errors` is ours; clients pass over it.
  var openAIError: JSON {
    var error: JSONObject = [
      "message": .string(message), "type": .string(openAIType), "param": param.map { .string($0) } ?? .null,
      "code": .string(code),
    ]
    if !errors.isEmpty { error["errors"] = fieldErrors }
    return .object(error)
  }

  /// The whole document, as Anthropic's clients read it, before an answer and inside its stream alike.
  var anthropicDocument: JSON {
    var error: JSONObject = ["type": .string(anthropicType), "message": .string(message), "code": .string(code)]
    if !errors.isEmpty { error["errors"] = fieldErrors }
    return ["type": "error", "error": .object(error)]
  }

  /// The object under `error` of a response that failed: the protocol has a list of codes, and the gateway's own limits
  /// have codes of their own, which clients pass on as they are.
  var responseError: JSON {
    let code =
      switch kind {
      case .gateway where code != GatewayFault.internalFault.code: code
      case .rateLimited, .budget: "rate_limit_exceeded"
      case .invalidRequest, .unprocessable, .tooLarge: "invalid_prompt"
      default: "server_error"
      }
    return ["code": .string(code), "message": .string(message)]
  }

  private var openAIType: String {
    switch kind {
    case .invalidRequest, .notFound, .tooLarge, .unprocessable: "invalid_request_error"
    case .unauthorized: "authentication_error"
    case .forbidden: "permission_error"
    case .rateLimited: "rate_limit_error"
    case .budget: "insufficient_quota"
    case .unavailable, .timeout, .upstream, .gateway: "server_error"
    }
  }

  private var anthropicType: String {
    switch kind {
    case .invalidRequest, .unprocessable: "invalid_request_error"
    case .unauthorized: "authentication_error"
    case .forbidden: "permission_error"
    case .notFound: "not_found_error"
    case .tooLarge: "request_too_large"
    case .rateLimited: "rate_limit_error"
    case .budget: "billing_error"
    case .unavailable: "overloaded_error"
    case .timeout: "timeout_error"
    case .upstream, .gateway: "api_error"
    }
  }

  private var fieldErrors: JSON {
    .array(
      errors.map { error in
        var document: JSONObject = [
          "pointer": .string(error.pointer), "code": .string(error.code), "message": .string(error.message),
        ]
        if let allowed = error.allowed { document["allowed"] = .array(allowed.map { .string($0) }) }
        return .object(document)
      })
  }
}
