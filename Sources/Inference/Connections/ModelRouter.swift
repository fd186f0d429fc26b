package import Vocabulary

/// Says which model answers in a workspace.
///
/// A model is chosen by a person and by nobody else: one that was found, or is the only one, is not used unasked.
package protocol ModelRouter: Sendable {
  /// The model that was chosen; nil when none was.
  ///
  /// - Throws: ``InferenceError`` when one was chosen and cannot be asked, as when its key cannot be unsealed; what the
  ///   database throws.
  func chosen(in workspace: WorkspaceID) async throws -> ChosenModel?
}
