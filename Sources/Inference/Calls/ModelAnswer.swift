/// A whole answer.
package struct ModelAnswer: Sendable, Hashable, Codable {
  /// The model that answered, by its own word.
  package var model: String
  package var text: String
  /// What it thought, where it was told.
  package var thinking: ModelThinking?
  /// The tools it wants to be called, in the order of their first pieces.
  package var toolCalls: [ModelToolCall] = []
  /// nil when the provider told nothing.
  package var usage: TokenUsage?
  package var finish: FinishReason

  package init(model: String, text: String, usage: TokenUsage?, finish: FinishReason) {
    self.model = model
    self.text = text
    self.usage = usage
    self.finish = finish
  }
}

extension ModelProvider {
  /// Reads an answer to its end.
  ///
  /// - Throws: ``InferenceError`` with what was kept; `CancellationError` when the task is cancelled.
  package func answer(to request: ModelRequest) async throws -> ModelAnswer {
    var answer = ModelAnswer(model: request.model, text: "", usage: nil, finish: .unstated)
    for try await event in stream(request) {
      answer.add(event)
    }
    return answer
  }
}

extension ModelAnswer {
  /// Takes the next event of an answer, which ``StreamRules`` has let through.
  package mutating func add(_ event: ModelEvent) {
    switch event {
    case .started(let model): self.model = model
    case .text(let text): self.text += text
    case .thinking(let piece):
      thinking = ModelThinking(
        (thinking?.text ?? "") + piece.text, signature: (thinking?.signature ?? "") + piece.signature)
    case .toolCall(let piece):
      if toolCalls.indices.contains(piece.index) {
        toolCalls[piece.index].arguments += piece.arguments
      } else {
        toolCalls.append(ModelToolCall(id: piece.id ?? "", name: piece.name ?? "", arguments: piece.arguments))
      }
    case .usage(let usage): self.usage = usage
    case .finished(let reason): finish = reason
    }
  }
}
