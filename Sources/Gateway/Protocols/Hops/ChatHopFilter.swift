package import Inference
package import StrictJSON

/// The ``HopFilter`` of OpenAI's chat protocol.
///
/// The upstream was always asked for usage. When the client did not ask, the chunk that has only that is taken out, and
/// a chunk that has both is written anew without it; `"usage": null` may stay.
package struct ChatHopFilter: HopFilter {
  private let wantsUsage: Bool
  package private(set) var usage: TokenUsage?
  package private(set) var model: String?
  package private(set) var isDone = false
  package private(set) var isBroken = false
  package private(set) var hasFailed = false
  private var hasReason = false

  package init(wantsUsage: Bool) { self.wantsUsage = wantsUsage }

  package var isWhole: Bool { (isDone || hasReason) && !hasFailed && !isBroken }

  package mutating func passed(_ data: String) -> String? {
    guard data != "[DONE]" else {
      isDone = true
      return isBroken ? nil : data
    }
    guard !isBroken, data.isClosedObject else {
      isBroken = true
      return nil
    }
    let mayTellUsage = data.hasKey("usage")
    let isWorthReading =
      mayTellUsage || data.hasKey("error") || (model == nil && data.hasKey("model"))
      || (!hasReason && data.hasKey("finish_reason"))
    guard isWorthReading, let chunk = try? JSON(parsing: data, limits: .stored) else { return data }
    // Some servers send a chunk ahead whose model is an empty text.
    if model == nil, let name = chunk["model"]?.text, !name.isEmpty {
      model = String(name.prefix(RequestLimits.modelBytesMax))
    }
    if let error = chunk["error"], !error.isNull { hasFailed = true }
    let choices = chunk["choices"]?.items ?? []
    if choices.contains(where: { $0["finish_reason"]?.text != nil }) { hasReason = true }
    guard mayTellUsage, let told = chunk["usage"], told.members != nil else { return data }
    usage = TokenUsage(chat: told)
    guard !wantsUsage else { return data }
    guard !choices.isEmpty, case .object(var object) = chunk else { return nil }
    object["usage"] = nil
    return JSON.object(object).compactText()
  }
}

extension TokenUsage {
  /// From an object `usage` of OpenAI's chat protocol, streamed or not.
  package init(chat usage: JSON) {
    self.init(
      input: usage.tokens("prompt_tokens"), output: usage.tokens("completion_tokens"),
      cachedInput: usage["prompt_tokens_details"]?.tokens("cached_tokens"),
      reasoning: usage["completion_tokens_details"]?.tokens("reasoning_tokens"))
  }

  /// From an object `usage` of Anthropic's protocol, streamed or not: what was read from a cache or written to one is
  /// told beside the input there, and is a part of it here.
  package init(messages usage: JSON) {
    let fresh = usage.tokens("input_tokens")
    let (read, written) = (usage.tokens("cache_read_input_tokens"), usage.tokens("cache_creation_input_tokens"))
    let beside = (read ?? 0).addingReportingOverflow(written ?? 0)
    let input = fresh?.addingReportingOverflow(beside.partialValue)
    self.init(
      input: beside.overflow || input?.overflow == true ? nil : input?.partialValue,
      output: usage.tokens("output_tokens"),
      cachedInput: fresh == nil ? nil : read)
  }
}

extension JSON {
  fileprivate func tokens(_ name: String) -> Int64? { self[name]?.int64.flatMap { $0 >= 0 ? $0 : nil } }
}
