@testable import StorageSQLite

/// Ends a process as `kill -9` does, as far as the disk can tell.
struct Killer {
  let database: SQLiteDatabase
  let disk: SimulatedDisk
  let ledger: Ledger

  /// Waits for so many acknowledgements and kills in the midst of the others. Returns whether there were so many.
  func run(at count: Int, leaving next: SimulatedDisk) async throws -> Bool {
    for await acknowledged in ledger.counts where acknowledged >= count {
      try await kill(leaving: next)
      return true
    }
    return false
  }

  /// Leaves the files of one instant, between two groups. Nothing that is heard later counts.
  func kill(leaving next: SimulatedDisk) async throws {
    try await database.onWriterQueue { [disk, ledger] _ in
      ledger.freeze()
      return Result { try disk.copyFiles(to: next) }
    }.get()
  }
}
