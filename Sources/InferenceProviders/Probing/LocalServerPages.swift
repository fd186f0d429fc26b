import AsyncHTTPClient
import Inference
import NIOCore
import StrictJSON

/// What servers on this machine tell of their models on pages of their own, beside the list.
///
/// They are asked without a key, which goes nowhere but below the address that was accepted. A page that does not come says
/// nothing.
struct LocalServerPages {
  /// Models that are asked about one by one.
  private static let modelsMax = 32
  /// What Ollama gives a model where nobody says more (“Context length”, below 24 GiB of VRAM). A longer request is cut there
  /// without a word, so the least is counted on.
  private static let ollamaTokens = 4_096

  private enum Kind { case llamaCpp, lmStudio, ollama, ollamaItself }
  /// Whose server it is, by whom its list says that the models are owned.
  private static let kinds: [(owner: String, kind: Kind)] = [
    ("llamacpp", .llamaCpp), ("organization_owner", .lmStudio), ("library", .ollama),
  ]

  private let kind: Kind
  /// The server's address without the part below which the protocol lies.
  private let root: EndpointURL
  /// Fetches a page: its address, and what is posted to it; nil for a page that is only read.
  private let fetch: @Sendable (String, JSON?) async -> JSON?

  /// Nil for a server that has no such pages, or is elsewhere.
  init?(
    of endpoint: EndpointURL, _ wire: ModelWire, owners: Set<String>,
    fetch: @escaping @Sendable (_ address: String, _ body: JSON?) async -> JSON?
  ) {
    let ending = wire == .ollama ? "/api" : "/v1"
    guard endpoint.isLoopback, endpoint.description.hasSuffix(ending),
      let root = EndpointURL(String(endpoint.description.dropLast(ending.count))),
      let kind = Self.kind(wire, owners)
    else { return nil }
    self.kind = kind
    self.root = root
    self.fetch = fetch
  }

  private static func kind(_ wire: ModelWire, _ owners: Set<String>) -> Kind? {
    switch wire {
    case .ollama: .ollamaItself
    case .anthropic: nil
    case .openAI: kinds.first { owners.contains($0.owner) }?.kind
    }
  }

  /// The same models, with what the pages tell of those of which the list told nothing.
  func complete(_ models: [FoundModel]) async -> [FoundModel] {
    let unknown = models.filter { $0.contextTokens == nil }.prefix(Self.modelsMax).map(\.model)
    guard !unknown.isEmpty else { return models }
    let told = await contexts(of: unknown)
    return models.map { model in
      guard model.contextTokens == nil, let tokens = told[model.model] else { return model }
      return FoundModel(model.model, contextTokens: tokens, outputTokensMax: model.outputTokensMax)
    }
  }

  private func contexts(of models: [String]) async -> [String: Int] {
    switch kind {
    case .llamaCpp:
      // `GET /props` (its server's README): what one of its slots has, which is what one call gets.
      let tokens = await fetch(root.appending("/props"), nil)?["default_generation_settings"]?["n_ctx"]?.contextTokens
      return tokens.map { tokens in Dictionary(models.map { ($0, tokens) }) { first, _ in first } } ?? [:]
    case .lmStudio:
      // `GET /api/v0/models` (REST API v0); what a model has that is not loaded is decided when it is.
      return Self.numbers(
        await fetch(root.appending("/api/v0/models"), nil)?["data"], name: "id", number: "loaded_context_length")
    case .ollama:
      // `GET /api/ps` (API, “List running models”) tells what a model has that is loaded.
      let loaded = Self.numbers(
        await fetch(root.appending("/api/ps"), nil)?["models"], name: "name", number: "context_length")
      let given = await shown(models.filter { loaded[$0] == nil }) { min($0.own, $0.set ?? Self.ollamaTokens) }
      return loaded.merging(given) { first, _ in first }
    case .ollamaItself:
      return await shown(models) { min($0.own, OllamaWindow.tokensMin) }
    }
  }

  private static func numbers(_ items: JSON?, name: String, number: String) -> [String: Int] {
    Dictionary(
      (items?.items ?? []).compactMap { item in
        guard let name = item[name]?.text, let tokens = item[number]?.contextTokens else { return nil }
        return (name, tokens)
      }, uniquingKeysWith: min)
  }

  /// `POST /api/show` (API, “Show model information”) of each model.
  ///
  /// - Parameter tokens: of what the model can take of its own, and what its file sets, where it sets anything.
  private func shown(
    _ models: [String], _ tokens: @escaping @Sendable ((own: Int, set: Int?)) -> Int
  ) async -> [String: Int] {
    await withTaskGroup(of: (String, Int)?.self) { [root, fetch] group in
      for model in models {
        group.addTask {
          let page = await fetch(root.appending("/api/show"), ["model": .string(model)])
          guard let info = page?["model_info"], let kind = info["general.architecture"]?.text,
            let own = info["\(kind).context_length"]?.contextTokens
          else { return nil }
          let set = page?["parameters"]?.text?.firstMatch(of: /(?:^|\n)num_ctx +([0-9]{1,9})/)?.1
          return (model, tokens((own, set.flatMap { Int($0) })))
        }
      }
      var told: [String: Int] = [:]
      for await case (let model, let tokens)? in group { told[model] = tokens }
      return told
    }
  }
}
