import Dispatch
import Storage

extension SQLiteDatabase {
  /// Makes a verified copy at `destination` of the moment at which it begins, while the database is in use: one file,
  /// synced with its folder, whole, with the same schema and numbers of rows.
  ///
  /// - Parameter destination: absolute; it must not exist, its folder must.
  /// - Throws: ``StorageError``; nothing is left of a copy that failed.
  package func copy(to destination: String) async throws {
    guard !writer.isClosing else { throw StorageError.closed }
    let path = path
    try await detached { try VerifiedCopy.make(of: path, at: destination) }
  }

  /// Reads the whole database and checks it: pages, indexes, references.
  ///
  /// - Parameter limit: problems to name at most.
  /// - Returns: what is wrong, in SQLite's words; empty when all is well.
  /// - Throws: ``StorageError``.
  package func checkIntegrity(atMost limit: Int = 20) async throws -> [String] {
    guard !writer.isClosing else { throw StorageError.closed }
    let path = path
    return try await detached {
      let file = try OpenFile(path, isWritten: false)
      try file.beginSnapshot()
      return try file.connection.integrityProblems(atMost: max(1, limit))
    }
  }
}

/// Runs `work`, which takes long and waits for the disk, on a thread of its own: the few threads that tasks share must
/// not be held up by it.
func detached<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue.global(qos: .utility).async { continuation.resume(with: Result { try work() }) }
  }
}
