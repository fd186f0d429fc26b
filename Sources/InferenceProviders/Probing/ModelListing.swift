import Inference
import StrictJSON

/// A provider's list of models, as its protocol writes it.
struct ModelListing {
  /// In the provider's order.
  let models: [FoundModel]
  /// Who has them by the list's own word: `llamacpp`, `library`.
  let owners: Set<String>

  /// - Throws: ``InferenceError`` `.nonsense` when the document is no list.
  init(_ document: JSON?, _ wire: ModelWire, from provider: String) throws(InferenceError) {
    let listing = wire.listing
    guard let items = document?[listing.items]?.items else {
      throw .nonsense(provider, "its list of models is no JSON with “\(listing.items)”.")
    }
    let named = items.lazy.compactMap { item in item[listing.name]?.text.map { ($0, item) } }
      .filter { (1...RequestLimits.modelBytesMax).contains($0.0.utf8.count) }.prefix(ModelFinding.modelsMax)
    models = named.map { FoundModel($0, listed: $1, wire) }
    owners = Set(named.compactMap { $1["owned_by"]?.text })
  }
}

extension ModelWire {
  /// Where the models are listed: the path, the list's name, and that of a model's name.
  var listing: (path: String, items: String, name: String) {
    switch self {
    case .openAI: ("/models", "data", "id")
    // One page, as many as it has.
    case .anthropic: ("/models?limit=1000", "data", "id")
    case .ollama: ("/tags", "models", "name")
    }
  }
}

extension FoundModel {
  /// What an item of a list says beside the name; of several numbers for one thing the least.
  ///
  /// - OpenRouter (“List available models”): `context_length`, and of who answers first `top_provider.context_length`,
  ///   `top_provider.max_completion_tokens`. Together and Fireworks: `context_length`.
  /// - Hugging Face's router: `providers[].context_length`; which of them answers is its choice.
  /// - Groq (“Models”): `context_window`, `max_completion_tokens`.
  /// - vLLM (`ModelCard`): `max_model_len`. Mistral: `max_context_length`.
  /// - Anthropic (“List models”, `ModelInfo` of its Python client): `max_input_tokens`, `max_tokens`.
  /// - llama.cpp since 2026: `meta.n_ctx`. What the model was trained with, `meta.n_ctx_train`, is not what it is given.
  fileprivate init(_ name: String, listed item: JSON, _ wire: ModelWire) {
    let top = item["top_provider"]
    let contexts =
      ["context_length", "context_window", "max_model_len", "max_context_length", "max_input_tokens"].map { item[$0] }
      + [top?["context_length"], item["meta"]?["n_ctx"]]
      + (item["providers"]?.items ?? []).prefix(100).map { $0["context_length"] }
    let outputs = [
      top?["max_completion_tokens"], item["max_completion_tokens"], wire == .anthropic ? item["max_tokens"] : nil,
    ]
    self.init(
      name, contextTokens: Self.least(of: contexts, in: Self.contextRange),
      outputTokensMax: Self.least(of: outputs, in: Self.outputRange))
  }

  private static func least(of numbers: [JSON?], in range: ClosedRange<Int>) -> Int? {
    numbers.compactMap { $0?.int64.flatMap { Int(exactly: $0) } }.filter(range.contains).min()
  }
}
