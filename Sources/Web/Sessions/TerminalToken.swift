import Crypto
package import Vocabulary

/// What a terminal of this machine shows to be let in as the owner: new at every start, in a file that only the owner of
/// the data folder may read. It prints as nothing.
package struct TerminalToken: Sendable, CustomStringConvertible {
  package let workspace: WorkspaceID
  private let digest: SHA256Digest

  /// - Parameter text: at least 32 unpredictable bytes as text.
  package init(_ text: String, workspace: WorkspaceID) {
    self.workspace = workspace
    digest = SHA256.hash(data: Array(text.utf8))
  }

  /// Takes as long for one wrong text as for another: digests are compared, and without a way out.
  func matches(_ text: some StringProtocol) -> Bool {
    guard text.utf8.count <= 512 else { return false }
    return SHA256.hash(data: Array(text.utf8)) == digest
  }

  package var description: String { "a terminal token" }
}
