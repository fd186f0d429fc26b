import Inference

/// What OpenAI's models take, which its list does not say and the page of each model does
/// (https://platform.openai.com/docs/models).
enum OpenAIModels {
  static let host = "api.openai.com"

  /// A model's name with the beginnings of its dated ones.
  private struct Row {
    let names: [String]
    let dated: [String]
    let contextTokens, outputTokensMax: Int
  }

  /// GPT-5 has 400,000 tokens, of which a request may be 272,000: that is what is counted on.
  private static let rows = [
    Row(
      names: ["gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-5.1"],
      dated: ["gpt-5-2025-", "gpt-5-mini-2025-", "gpt-5-nano-2025-", "gpt-5.1-2025-"], contextTokens: 272_000,
      outputTokensMax: 128_000),
    Row(
      names: ["gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano"],
      dated: ["gpt-4.1-2025-", "gpt-4.1-mini-2025-", "gpt-4.1-nano-2025-"], contextTokens: 1_047_576,
      outputTokensMax: 32_768),
    Row(
      names: ["gpt-4o", "gpt-4o-mini"], dated: ["gpt-4o-2024-08-", "gpt-4o-2024-11-", "gpt-4o-mini-2024-"],
      contextTokens: 128_000, outputTokensMax: 16_384),
    Row(
      names: ["o1", "o3", "o3-mini", "o4-mini"], dated: ["o1-2024-", "o3-2025-", "o3-mini-2025-", "o4-mini-2025-"],
      contextTokens: 200_000, outputTokensMax: 100_000),
  ]

  /// The same model, with what it takes where that is known and the list does not say it.
  static func complete(_ model: FoundModel) -> FoundModel {
    guard !model.isBounded,
      let row = rows.first(where: { $0.names.contains(model.model) || $0.dated.contains(where: model.model.hasPrefix) })
    else { return model }
    return FoundModel(model.model, contextTokens: row.contextTokens, outputTokensMax: row.outputTokensMax)
  }
}
