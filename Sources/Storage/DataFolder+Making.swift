#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension DataFolder {
  /// Makes the folder and its parts where they are missing, for this account only (0700), and checks that it can be
  /// written.
  ///
  /// - Throws: ``StorageError`` `.noAccess` or `.full`, with the path and the system's reason.
  package func make() throws(StorageError) {
    var ancestors: [String] = []
    var rest = path[...]
    while let slash = rest.lastIndex(of: "/"), slash > rest.startIndex {
      rest = rest[..<slash]
      ancestors.append(String(rest))
    }
    for folder in ancestors.reversed() where access(folder, F_OK) != 0 { try makeOne(folder, mode: 0o755) }
    for folder in [path, copies, keys, logs] { try makeOne(folder, mode: 0o700) }
    guard access(path, R_OK | W_OK | X_OK) == 0 else {
      throw StorageError.noAccess(to: path, doing: "used for reading and writing", code: errno)
    }
  }

  /// Whether anything was ever kept here.
  package var isNew: Bool { access(database, F_OK) != 0 }

  private func makeOne(_ folder: String, mode: mode_t) throws(StorageError) {
    guard mkdir(folder, mode) != 0 else { return }
    let code = errno
    var status = stat()
    guard code == EEXIST, stat(folder, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw StorageError.noAccess(to: folder, doing: "made", code: code)
    }
  }
}
