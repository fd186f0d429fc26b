import StrictJSON

/// A model without a model: it follows the published list of intents (`docs/guides/built-in-model.md`) by rule, says in
/// words what it does not understand, and reaches no network. Equal requests have equal answers.
///
/// With the block `results` in the prompt it narrates; with `errors`, it says why its proposal was refused; else it
/// answers the last user message with a proposal as JSON.
package struct BuiltInModel: ModelProvider {
  /// The model's name in calls.
  package static let model = "built-in"
  /// What it understands, for people who choose a model.
  package static let intents =
    "Follows a published list by rule: cast a spell, attack, heal, roll dice, rest or wait, look around. It says in words "
    + "what it does not understand."
  /// Tokens that a caller may count on: the model counts none, but who keeps to a budget needs one.
  package static let contextTokens = 131_072
  /// Characters of one piece of the answer.
  private static let pieceMax = 48

  package let name = "The built-in model"
  package let badge: ProviderBadge? = .builtIn

  package init() {}

  package func stream(_ request: ModelRequest) -> ModelStream {
    ModelStream(answering: request, by: name) { sink in
      try await sink.send(.started(model: Self.model))
      var rest = text(answering: request)[...]
      while !rest.isEmpty {
        try await sink.send(.text(String(rest.prefix(Self.pieceMax))))
        rest = rest.dropFirst(Self.pieceMax)
      }
      try await sink.send(.finished(.stop))
    }
  }

  /// The whole text of the answer.
  func text(answering request: ModelRequest) -> String {
    if let results: BuiltInResults = Self.read(BuiltInResults.blockName, in: request) { return results.narrative }
    guard let scene: BuiltInScene = Self.read(BuiltInScene.blockName, in: request) else {
      return BuiltInAnswer.saying(
        "The built-in model follows rules and needs a scene to follow them in; this request has none. Connect a model "
          + "for anything else."
      ).json.canonicalText()
    }
    let examples = BuiltInExamples(scene).all
    if let refusal: BuiltInErrors = Self.read(BuiltInErrors.blockName, in: request) {
      let reasons = refusal.errors.map(\.message).joined(separator: " ")
      return BuiltInAnswer.saying("That cannot be done: \(reasons)", examples: examples).json.canonicalText()
    }
    return IntentReader(scene: scene).answer(to: request.lastUserText ?? "").json.canonicalText()
  }

  private static func read<Value: Decodable>(_ name: String, in request: ModelRequest) -> Value? {
    PromptBlock(name, in: request).flatMap { try? $0.value.decode(Value.self) }
  }
}
