/// Says which model answers in a workspace.
///
/// A model is chosen by a person and by nobody else: one that was found, or is the only one, is not used unasked.
package protocol ModelRouter: Sendable {
  /// The model that was chosen, as a provider that asks it over its route; nil when none was.
  ///
  /// - Parameters:
  ///   - context: who asks, and what for.
  ///   - delivery: whether its answer is read as it comes.
  /// - Throws: ``InferenceError`` when one was chosen and cannot be asked, as when its key cannot be unsealed; what the
  ///   database throws.
  func chosen(for context: CallContext, delivery: AnswerDelivery) async throws -> ChosenModel?
}
