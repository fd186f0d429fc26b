#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Small files that only this account may read: keys and tokens.
package enum PrivateFile {
  /// Writes `bytes` to `path` with mode 0600, whole or not at all, on the disk when it returns.
  package static func write(_ bytes: [UInt8], to path: String) throws(StorageError) {
    let temporary = "\(path).new"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StorageError.noAccess(to: temporary, doing: "made", code: errno) }
    let isWritten = writeBytes(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
    let code = errno
    close(file)
    guard isWritten, rename(temporary, path) == 0 else {
      unlink(temporary)
      throw StorageError.noAccess(to: path, doing: "written", code: isWritten ? errno : code)
    }
    syncFolder(of: path)
  }

  /// Reads a file of at most `limit` bytes.
  ///
  /// - Throws: ``StorageError`` `.noAccess` also when other accounts may read it, since what they read is no secret.
  package static func read(_ path: String, atMost limit: Int) throws(StorageError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw StorageError.noAccess(to: path, doing: "read", code: errno) }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw StorageError.noAccess(to: path, doing: "examined", code: errno) }
    guard status.st_mode & 0o077 == 0 else {
      throw StorageError(
        .noAccess, "\(path) can be read by other accounts. Make it private first: chmod 600 \(path)")
    }
    guard status.st_size <= off_t(limit) else {
      throw StorageError(.noAccess, "\(path) is \(status.st_size) bytes long; at most \(limit) are read.")
    }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = readBytes(file, &bytes, limit)
    guard count >= 0 else { throw StorageError.noAccess(to: path, doing: "read", code: errno) }
    return Array(bytes[..<count])
  }

  /// A rename is on the disk once its folder is.
  private static func syncFolder(of path: String) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let folder = open(String(path[..<slash]), O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }
}

// Inside `PrivateFile` the names `write` and `read` are its own.
private func writeBytes(_ file: CInt, _ bytes: [UInt8], _ count: Int) -> Int { write(file, bytes, count) }
private func readBytes(_ file: CInt, _ bytes: inout [UInt8], _ count: Int) -> Int { read(file, &bytes, count) }
