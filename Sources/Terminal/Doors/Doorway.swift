import Operations
import Storage

/// Finds the way to a folder's operations: the server that holds it, or the folder itself when nobody does.
///
/// The folder is never opened while somebody else holds it. A holder that is still starting, or another command, is waited
/// for a little.
struct Doorway: Sendable {
  /// How often, and with what pause between, a held folder is looked at again: for five seconds.
  static let looksMax = 50
  static let pause = Duration.milliseconds(100)

  let folder: DataFolder
  let doors: TerminalDoors
  let surroundings: TerminalSurroundings
  /// What the lock says when this process takes it.
  let command: String
  var limits = ServerLine.Limits()

  /// - Throws: ``TerminalError`` when the folder stays held by somebody who cannot be asked.
  func enter() async throws -> any OperationDoor {
    for look in 1...Self.looksMax {
      if look > 1 { try await surroundings.pause(Self.pause) }
      if let holder = FolderLock.holder(of: folder) {
        guard let address = holder.address else { continue }
        return ServerDoor(try line(to: holder, at: address))
      }
      do {
        let operations = try doors.operations()
        return FolderDoor(try await doors.open(folder, .writing(command: command)), operations: operations)
      } catch let error as StorageError where error.kind == .locked && look < Self.looksMax {
        // Somebody was faster. Who it is shows at the next look.
        continue
      }
    }
    throw held()
  }

  private func line(to holder: FolderHolder, at text: String) throws -> ServerLine {
    guard let address = LoopbackAddress(text) else {
      throw TerminalError.failed(
        "The lock file \(folder.lock) says that process \(holder.process) answers at “\(text.prefix(80))”, which is no "
          + "loopback address as http://127.0.0.1:8282. Nothing was sent there.")
    }
    return ServerLine(to: holder, at: address, token: try TerminalToken(of: folder), limits: limits)
  }

  private func held() -> TerminalError {
    guard let holder = FolderLock.holder(of: folder) else {
      return .failed("The data folder \(folder.path) is in use by another process that does not say who it is.")
    }
    return .failed(
      "Process \(holder.process) (\(holder.role), since \(holder.since)) holds the data folder \(folder.path) and says no "
        + "address to ask it at. Nothing was done. Stop that process, or wait for it.")
  }
}
