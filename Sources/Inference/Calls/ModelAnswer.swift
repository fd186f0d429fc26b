/// A whole answer.
package struct ModelAnswer: Sendable, Hashable, Codable {
  /// The model that answered, by its own word.
  package var model: String
  package var text: String
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
      switch event {
      case .started(let model): answer.model = model
      case .text(let text): answer.text += text
      case .usage(let usage): answer.usage = usage
      case .finished(let reason): answer.finish = reason
      }
    }
    return answer
  }
}
