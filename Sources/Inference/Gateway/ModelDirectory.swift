package import Vocabulary

/// Which models there are, by the names that programs outside call them.
package protocol ModelDirectory: Sendable {
  /// Where a call for a name goes; nil when there is no such name.
  ///
  /// A name is ``ModelName/chosen``, a model as its provider spells it, or that behind the name of its connection and a
  /// slash. A model that several connections have is that of the oldest.
  ///
  /// - Throws: ``InferenceError`` when there is one and it cannot be asked; what the database throws.
  func route(named name: String, in workspace: WorkspaceID) async throws -> ModelRoute?

  /// All names, the chosen model's first.
  func names(in workspace: WorkspaceID) async throws -> [ModelName]
}

/// A name that a model can be called by.
package struct ModelName: Sendable, Hashable {
  /// The model that was chosen, whichever it is.
  package static let chosen = "default"

  package let name: String
  package let provider: String
  package let since: Timestamp

  package init(_ name: String, of provider: String, since: Timestamp) {
    self.name = name
    self.provider = provider
    self.since = since
  }
}
