package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// What the commands need from the floors above this one. The executable hands it in, so that no command knows an engine.
package struct TerminalDoors: Sendable {
  /// What `--version` says.
  package let version: String
  /// Every operation of this program. Asks no folder and no server.
  package let operations: @Sendable () throws -> [OperationFacts]
  /// The document of the campaign that comes with the program.
  package let sampleCampaign: @Sendable () throws -> JSON
  /// Serves until it is told to stop; returns after a graceful end.
  package let serve: @Sendable (ServeOptions) async throws -> Void
  /// Opens a data folder in this process.
  package let open: @Sendable (DataFolder, FolderAccess) async throws -> any OpenFolder
  /// Opens a folder of its own that is gone when it is closed, in which time stands still and everything that chance
  /// decides follows from a seed.
  package let rehearse: @Sendable (_ seed: [UInt8], _ time: Timestamp) async throws -> any OpenFolder
  /// Puts back the copy that the last migration made. Takes the folder's lock, opens no database before that is done.
  ///
  /// Refused when rows were written since, unless `discarding` is their number.
  package let rollBack: @Sendable (DataFolder, _ discarding: Int64?) async throws -> DatabaseRollback
  /// Looks at everything that can be wrong with a folder and its configuration. What cannot be looked at is a finding.
  package let diagnose: @Sendable (DataFolder, _ configuration: String?) async -> Diagnosis

  package init(
    version: String,
    operations: @escaping @Sendable () throws -> [OperationFacts],
    sampleCampaign: @escaping @Sendable () throws -> JSON,
    serve: @escaping @Sendable (ServeOptions) async throws -> Void,
    open: @escaping @Sendable (DataFolder, FolderAccess) async throws -> any OpenFolder,
    rehearse: @escaping @Sendable (_ seed: [UInt8], _ time: Timestamp) async throws -> any OpenFolder,
    rollBack: @escaping @Sendable (DataFolder, _ discarding: Int64?) async throws -> DatabaseRollback,
    diagnose: @escaping @Sendable (DataFolder, _ configuration: String?) async -> Diagnosis
  ) {
    self.version = version
    self.operations = operations
    self.sampleCampaign = sampleCampaign
    self.serve = serve
    self.open = open
    self.rehearse = rehearse
    self.rollBack = rollBack
    self.diagnose = diagnose
  }
}

/// What a command wants with a folder.
package enum FolderAccess: Sendable, Hashable {
  /// Beside a running server, without the lock. Changes nothing, and makes no folder.
  case reading
  /// Under the folder's lock, which the folder's holder then names. Makes the folder where it is missing.
  ///
  /// - Parameter command: what the lock says holds it, as `arbiter roll`.
  case writing(command: String)
}
