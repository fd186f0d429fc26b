import Storage
import Vocabulary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The copies that migrations made: `before-<module>-<number>-<time>.sqlite` in one folder, with the time as
/// `20261121T090052.000000Z`. A file has such a name only when it was verified and is on the disk.
struct MigrationCopies {
  struct Copy: Hashable, Comparable {
    let folder: String
    let name: String
    /// When it was made, as text that sorts.
    let time: String

    var path: String { "\(folder)/\(name)" }

    static func < (a: Copy, b: Copy) -> Bool { (a.time, a.name) < (b.time, b.name) }
  }

  let folder: String
  /// The newest of this many are kept; at least one.
  let limit: Int

  /// Makes and verifies a copy of the database at `path`.
  func make(of path: String, before migration: Migration, at time: Timestamp) throws(StorageError) -> Copy {
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
      throw StorageError.noAccess(to: folder, doing: "made", code: errno)
    }
    // A copy is there already when a migration failed and the clock did not move on.
    for attempt in 0..<1_000 {
      let moment = MigrationCopies.compact(time.advanced(by: .microseconds(attempt)))
      let name = "before-\(migration.module)-\(migration.number)-\(moment).sqlite"
      guard access("\(folder)/\(name)", F_OK) != 0 else { continue }
      try VerifiedCopy.make(of: path, at: "\(folder)/\(name)")
      return Copy(folder: folder, name: name, time: moment)
    }
    throw StorageError(.noAccess, "\(folder) holds a thousand copies of \(time) already.")
  }

  /// Oldest first.
  func all() -> [Copy] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var copies: [Copy] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      guard name.hasPrefix("before-"), name.hasSuffix(".sqlite"), let dash = name.lastIndex(of: "-") else { continue }
      copies.append(Copy(folder: folder, name: name, time: String(name[dash...].dropFirst().dropLast(".sqlite".count))))
    }
    return copies.sorted()
  }

  /// Deletes all but the newest. Called when a newer one is verified, so that a good one is always left.
  func prune() {
    for copy in all().dropLast(max(1, limit)) { unlink(copy.path) }
    // An old copy that comes back after a power cut does no harm.
    try? DatabaseFile.syncFolder(folder)
  }

  /// `20261121T090052.000000Z`, which sorts as text and is fit for a file name.
  static func compact(_ time: Timestamp) -> String {
    time.description.filter { $0 != "-" && $0 != ":" }
  }
}
