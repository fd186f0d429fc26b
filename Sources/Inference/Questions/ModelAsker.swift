package import Vocabulary

/// What people ask of models themselves: a single question, where a name leads, and how the upstreams are.
package protocol ModelAsker: Sendable {
  /// Asks a question, and hands on what comes. The call is booked, and held of budgets, as any other.
  ///
  /// - Throws: when the person may not, or no model has the name; `CancellationError`. What goes wrong with the model is the
  ///   last event.
  func ask(
    _ question: ModelQuestion, as principal: Principal, _ emit: @escaping @Sendable (QuestionEvent) async throws -> Void
  ) async throws

  /// Where a call for a name would go, and what would bound it. Asks nobody.
  ///
  /// - Parameter name: a name of ``ModelDirectory``.
  /// - Throws: when the person may not, or no model has the name.
  func explain(_ name: String, as principal: Principal) async throws -> ModelExplanation

  /// How each connection fares, oldest first.
  ///
  /// - Throws: when the person may not.
  func upstreams(as principal: Principal) async throws -> [UpstreamStanding]
}
