import StrictJSON
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Keeps a second process out of a data folder.
///
/// The lock is the kernel's (`flock`), so it goes with the process however that ends; the file's text only says who. It is
/// held as long as this value lives, or until ``release()``.
package final class FolderLock: Sendable {
  private let path: String
  private let descriptor: Mutex<CInt>
  private let holder: Mutex<FolderHolder>

  /// Takes the lock of `folder` and writes `holder` into its file.
  ///
  /// - Throws: ``StorageError`` `.locked`, which names the holder, or `.noAccess`.
  package init(_ folder: DataFolder, holder: FolderHolder) throws(StorageError) {
    path = folder.lock
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StorageError.noAccess(to: path, doing: "opened for writing", code: errno) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw .locked(folder, by: FolderLock.holder(of: folder))
    }
    descriptor = Mutex(file)
    self.holder = Mutex(holder)
    try write(holder)
  }

  deinit { release() }

  /// Says where the server answers, once it does.
  package func announce(address: String) throws(StorageError) {
    let holder = holder.withLock { holder in
      holder.address = address
      return holder
    }
    try write(holder)
  }

  /// Empties the file and lets go. Further calls do nothing.
  package func release() {
    descriptor.withLock { file in
      guard file >= 0 else { return }
      ftruncate(file, 0)
      close(file)
      file = -1
    }
  }

  /// Who holds `folder` now; nil when nobody does, or when the holder has not yet written its name.
  package static func holder(of folder: DataFolder) -> FolderHolder? {
    let file = open(folder.lock, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    // A shared lock that is granted means that nobody holds the folder: the text is left from a crash.
    if flock(file, LOCK_SH | LOCK_NB) == 0 { return nil }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = pread(file, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return try? JSON(parsing: Array(bytes[..<count])).decode(FolderHolder.self)
  }

  private func write(_ holder: FolderHolder) throws(StorageError) {
    guard let text = try? JSON(encoding: holder).prettyText() + "\n" else {
      throw StorageError(.noAccess, "The lock file \(path) could not be composed.")
    }
    let bytes = Array(text.utf8)
    let failure: CInt? = descriptor.withLock { file in
      guard ftruncate(file, 0) == 0, pwrite(file, bytes, bytes.count, 0) == bytes.count else { return errno }
      return nil
    }
    if let failure { throw StorageError.noAccess(to: path, doing: "written", code: failure) }
  }
}

extension StorageError {
  static func locked(_ folder: DataFolder, by holder: FolderHolder?) -> StorageError {
    guard let holder else {
      return StorageError(.locked, "The data folder \(folder.path) is in use by another process.")
    }
    let place = holder.address.map { " at \($0)" } ?? ""
    return StorageError(
      .locked,
      "The data folder \(folder.path) is in use by process \(holder.process) (\(holder.role)\(place), since "
        + "\(holder.since)). Stop it first, or use it.")
  }

  /// A file or folder that may not be used as wanted: `doing` completes “could not be …”.
  package static func noAccess(to path: String, doing verb: String, code: CInt) -> StorageError {
    StorageError(
      code == ENOSPC || code == EDQUOT ? .full : .noAccess,
      "\(path) could not be \(verb): \(String(cString: strerror(code))).")
  }
}
