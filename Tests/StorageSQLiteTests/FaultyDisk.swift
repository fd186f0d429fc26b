import CFaultyDisk

/// A disk that fails on demand, for the files of one folder; see `CFaultyDisk.h`. Make it before the database is opened.
///
/// `@unchecked Sendable`: the shim's counters and orders are atomic.
final class FaultyDisk: @unchecked Sendable {
  struct Files: OptionSet {
    let rawValue: Int32
    static let database = Files(rawValue: Int32(FAULTY_DISK_DATABASE))
    static let log = Files(rawValue: Int32(FAULTY_DISK_LOG))
    static let any = Files(rawValue: Int32(FAULTY_DISK_ANY))
  }

  struct Unavailable: Error {}

  private let disk: OpaquePointer

  init(under folder: TemporaryFolder) throws {
    guard faulty_disk_install() == 0, let disk = faulty_disk_make(folder.path) else { throw Unavailable() }
    self.disk = disk
  }

  deinit { faulty_disk_free(disk) }

  /// 1 is the next one.
  func failSync(of files: Files, at number: Int, times: Int = 1) {
    faulty_disk_fail_sync(disk, files.rawValue, Int64(number), Int64(times))
  }

  func failWrite(of files: Files, at number: Int, times: Int = 1) {
    faulty_disk_fail_write(disk, files.rawValue, Int64(number), Int64(times))
  }

  /// Nil for no limit.
  func setRoom(_ bytes: Int?) { faulty_disk_set_room(disk, Int64(bytes ?? -1)) }

  func syncs(of files: Files) -> Int { Int(faulty_disk_syncs(disk, files.rawValue)) }
  func writes(of files: Files) -> Int { Int(faulty_disk_writes(disk, files.rawValue)) }
  func bytesWritten(to files: Files) -> Int { Int(faulty_disk_bytes_written(disk, files.rawValue)) }
  func unsyncedWrites(to files: Files) -> Int { Int(faulty_disk_unsynced_writes(disk, files.rawValue)) }
}
