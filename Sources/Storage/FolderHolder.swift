package import Vocabulary

/// Who holds a data folder, as its lock file says.
package struct FolderHolder: Codable, Sendable, Hashable {
  package let process: Int32
  /// `server`, or the command that opened the folder itself.
  package let role: String
  /// Where the server answers, as `http://127.0.0.1:8282`; nil before it listens and for commands.
  package var address: String?
  package let since: Timestamp
  package let version: String

  package init(process: Int32, role: String, address: String? = nil, since: Timestamp, version: String) {
    self.process = process
    self.role = role
    self.address = address
    self.since = since
    self.version = version
  }
}
