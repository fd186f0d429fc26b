import Inference
import NIOHTTP1
import StrictJSON

/// What an answer that is no success means: an HTTP status, or an error object inside a stream.
struct ProviderFailure {
  /// Characters of a provider's own words that are shown.
  static let wordsMax = 400

  let provider: String
  let key: APIKey?

  /// - Parameter body: as much of the body as is read.
  func error(status: Int, headers: HTTPHeaders, body: [UInt8]) -> InferenceError {
    let document = try? JSON(parsing: body)
    let report = Report(document?["error"] ?? document)
    let words = report.message ?? (document == nil ? plainWords(body) : nil)
    return error(status: status, report, words: words, retryAfter: RetryDelay.read(headers))
      .refused(
        with: ProviderRefusal(
          status: status, body: KeyScrubber.scrub(String(decoding: body, as: UTF8.self), knowing: key)))
  }

  /// - Parameter object: what stands under `error` in an event of a stream.
  func error(inStream object: JSON) -> InferenceError {
    let report = Report(object)
    let status = report.codes.lazy.compactMap { Int($0) }.first ?? Self.status(of: report.codes)
    return error(status: status, report, words: report.message, retryAfter: nil)
  }

  private func error(status: Int, _ report: Report, words: String?, retryAfter: Duration?) -> InferenceError {
    let kind = Self.kind(status: status, codes: report.codes, words: words ?? "")
    let said = words.map { " It says: “\(KeyScrubber.scrub(String($0.prefix(Self.wordsMax)), knowing: key))”" } ?? ""
    let error = InferenceError(kind, from: provider, sentence(kind, status, retryAfter) + said, retryAfter: retryAfter)
    guard kind == .contextLength else { return error }
    return error.taking(ContextRefusal.contextTokens(report.value, words: words ?? ""))
  }

  private static func kind(status: Int, codes: [String], words: String) -> InferenceError.Kind {
    if codes.contains(where: { $0.contains("content_filter") || $0.contains("content_policy") }) {
      return .contentFiltered
    }
    if isTooLong(status: status, codes: codes, words: words) { return .contextLength }
    switch status {
    case 401, 403: return .badKey
    // A quota that is used up does not come back by waiting.
    case 429: return codes.contains("insufficient_quota") ? .badRequest : .rateLimited
    case 404: return .unknownModel
    case 408, 409, 425, 500...599: return .overloaded
    case 200..<300: return .nonsense
    default: return .badRequest
    }
  }

  /// Whether a refusal means that the request is longer than the model takes: by its code, where there is one, or by the
  /// words that providers use.
  private static func isTooLong(status: Int, codes: [String], words: String) -> Bool {
    guard [400, 413, 422, 500].contains(status) else { return false }
    if codes.contains(where: { $0.contains("context_length") || $0.contains("exceed_context_size") }) { return true }
    guard status != 500 else { return false }
    let words = words.lowercased()
    return lengthWords.contains { words.contains($0) }
  }

  /// OpenAI and vLLM; vLLM; Anthropic, twice; llama.cpp; LM Studio; Mistral and others.
  private static let lengthWords = [
    "maximum context length", "maximum model length", "prompt is too long", "exceed context limit",
    "exceeds the available context size", "context length of only", "context window", "too many tokens",
  ]

  /// The status that stands for an error's type where a stream tells no number.
  private static func status(of codes: [String]) -> Int {
    for code in codes {
      if code.contains("rate_limit") { return 429 }
      if code.contains("authentication") || code.contains("api_key") { return 401 }
      if code.contains("not_found") { return 404 }
      if code.contains("invalid_request") || code.contains("context_length") { return 400 }
    }
    return 500
  }

  private func sentence(_ kind: InferenceError.Kind, _ status: Int, _ retryAfter: Duration?) -> String {
    switch kind {
    case .badKey: "\(provider) does not accept the key (status \(status)). Put in another."
    case .rateLimited:
      "\(provider) wants fewer calls (status \(status))."
        + (retryAfter.map { " Ask again in \($0)." } ?? " Ask again later.")
    case .contextLength: "The request is longer than the model of \(provider) takes (status \(status))."
    case .unknownModel: "\(provider) has no such model, or nothing at this address (status \(status))."
    case .contentFiltered: "\(provider) does not want to answer this (status \(status))."
    case .overloaded: "\(provider) has a fault or is too busy (status \(status)). Asking again may help."
    case .nonsense: "\(provider) answered with status \(status), which is no answer."
    default: "\(provider) does not take this request (status \(status))."
    }
  }

  /// A body that is no JSON: its beginning, when it is text and no page.
  private func plainWords(_ body: [UInt8]) -> String? {
    guard !body.isEmpty, body.first != UInt8(ascii: "<") else { return nil }
    let text = String(decoding: body.prefix(4 * Self.wordsMax), as: UTF8.self)
    let isText = text.unicodeScalars.allSatisfy {
      $0.value >= 0x20 && $0 != "\u{FFFD}" || "\t\r\n".unicodeScalars.contains($0)
    }
    return isText ? text : nil
  }
}

/// What an error object says, in the forms that providers write: an object with `message`, `code` and `type`, or a text.
private struct Report {
  let value: JSON?
  var message: String?
  /// `code`, `type` and `status`, as text.
  var codes: [String] = []

  init(_ value: JSON?) {
    self.value = value
    message = value?.text ?? value?["message"]?.text ?? value?["detail"]?.text
    for name in ["code", "type", "status"] {
      if let code = value?[name]?.text ?? value?[name]?.int64.map(String.init) { codes.append(code) }
    }
  }
}
