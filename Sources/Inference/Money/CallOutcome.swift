/// How an attempt ended, for the ledger.
package struct CallOutcome: Sendable, Hashable {
  package enum End: String, Sendable, Hashable, Codable, CaseIterable {
    /// The answer is whole.
    case finished
    /// The provider refused or could not.
    case failed
    /// The answer ended without its end.
    case cut
    /// Who had asked did not want it any more.
    case stopped
    /// The answer was there from an earlier call, and nobody was asked.
    case cached
  }

  package let end: End
  /// The model by its own word.
  package var modelAnswered: String?
  /// What the provider told; nil when it told nothing.
  package var usage: TokenUsage?
  /// Bytes of the answer that came: text, thoughts, arguments of tool calls. They stand in for tokens that were not told.
  package var keptBytes: Int
  /// Whether any piece of an answer came.
  package var hasBegun: Bool
  /// From the call's beginning to the first piece.
  package var firstPiece: Duration?
  /// From the call's beginning to its end.
  package var duration: Duration?
  package var error: InferenceError.Kind?
  package var finish: FinishReason?

  /// - Parameter hasBegun: nil says that an answer began if and only if bytes of it were kept.
  package init(
    _ end: End, modelAnswered: String? = nil, usage: TokenUsage? = nil, keptBytes: Int = 0, hasBegun: Bool? = nil,
    firstPiece: Duration? = nil, duration: Duration? = nil, error: InferenceError.Kind? = nil,
    finish: FinishReason? = nil
  ) {
    self.end = end
    self.modelAnswered = modelAnswered
    self.usage = usage
    self.keptBytes = max(0, keptBytes)
    self.hasBegun = hasBegun ?? (keptBytes > 0)
    self.firstPiece = firstPiece
    self.duration = duration
    self.error = error
    self.finish = finish
  }
}
