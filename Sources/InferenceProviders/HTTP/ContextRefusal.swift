import Inference
import StrictJSON

/// What a refusal of a request that is too long says of how much the model takes.
enum ContextRefusal {
  /// Characters in which a number is looked for.
  private static let wordsMax = 2_000

  /// Tokens of request and answer together; nil where the refusal does not say, or says what is not believed.
  ///
  /// A number has a name of its own with llama.cpp alone: `n_ctx` (its server's README, “Error handling”). Else it stands in
  /// the words: “maximum context length is 8192 tokens” (OpenAI, vLLM, OpenRouter), “maximum model length of 4096” (vLLM),
  /// “> 200000 maximum” and “exceed context limit: 1 + 2 > 200000” (Anthropic), “available context size (4096 tokens)”
  /// (llama.cpp, Ollama), “context length of only 4096 tokens” (LM Studio), “with 32768 maximum context length” (Mistral).
  static func contextTokens(_ report: JSON?, words: String) -> Int? {
    (report?["n_ctx"] ?? number(in: words.prefix(wordsMax).lowercased()).map { .integer($0) })?.contextTokens
  }

  private static func number(in words: String) -> Int64? {
    let found =
      words.firstMatch(of: /maximum (?:context|model) length (?:is|of) ([0-9][0-9,]{0,11})/)?.1
      ?? words.firstMatch(of: /context limit: [0-9 +]{1,40}> ([0-9][0-9,]{0,11})/)?.1
      ?? words.firstMatch(of: /> ?([0-9][0-9,]{0,11}) maximum/)?.1
      ?? words.firstMatch(of: /available context size \(([0-9][0-9,]{0,11})/)?.1
      ?? words.firstMatch(of: /context length of only ([0-9][0-9,]{0,11})/)?.1
      ?? words.firstMatch(of: /([0-9][0-9,]{0,11}) maximum context length/)?.1
    return found.flatMap { Int64($0.filter { $0 != "," }) }
  }
}

extension JSON {
  /// Tokens of a whole context, where it is a number that is believed.
  var contextTokens: Int? {
    int64.flatMap { Int(exactly: $0) }.flatMap { FoundModel.contextRange.contains($0) ? $0 : nil }
  }
}
