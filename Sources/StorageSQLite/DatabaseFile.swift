import Storage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What is done to a database's file before SQLite opens it and when SQLite is through with it.
enum DatabaseFile {
  /// SQLite's companions of a file in WAL mode.
  static func companions(of path: String) -> [String] { ["\(path)-wal", "\(path)-shm"] }

  /// Makes the file, for this account only, where there is none, and checks that it may be used.
  ///
  /// A file that is there is not opened: closing it again would take away the locks that SQLite may hold on it in this
  /// process (POSIX drops all of a process's locks on a file with the first descriptor that is closed).
  ///
  /// - Throws: ``StorageError`` `.noAccess` or `.full`.
  static func prepare(_ path: String, for mode: SQLiteOptions.Mode) throws(StorageError) {
    let folder = folder(of: path)
    if mode == .readOnly {
      guard access(path, R_OK) == 0 else { throw StorageError.noAccess(to: path, doing: "read", code: errno) }
      return
    }
    // The log is made beside the database, so a folder that may not be written is as good as a file that may not.
    guard access(folder, W_OK | X_OK) == 0 else {
      throw StorageError.noAccess(to: folder, doing: "written, which the database in it needs", code: errno)
    }
    guard access(path, F_OK) != 0 else {
      guard access(path, R_OK | W_OK) == 0 else {
        throw StorageError.noAccess(to: path, doing: "opened for reading and writing", code: errno)
      }
      return
    }
    try create(path)
    try syncFolder(folder)
  }

  /// Makes an empty file, mode 0600.
  static func create(_ path: String) throws(StorageError) {
    let file = openFile(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StorageError.noAccess(to: path, doing: "made", code: errno) }
    closeFile(file)
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A new name, a rename and a removal are on the disk once their folder is.
  static func syncFolder(_ folder: String) throws(StorageError) {
    let descriptor = openFile(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw StorageError.noAccess(to: folder, doing: "opened", code: errno) }
    defer { closeFile(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw StorageError.noAccess(to: folder, doing: "brought to the disk", code: errno)
    }
  }

  /// Brings a file that SQLite has closed to the disk.
  static func sync(_ path: String) throws(StorageError) {
    let file = openFile(path, O_RDWR | O_CLOEXEC)
    guard file >= 0 else { throw StorageError.noAccess(to: path, doing: "opened", code: errno) }
    defer { closeFile(file) }
    guard fsync(file) == 0 else { throw StorageError.noAccess(to: path, doing: "brought to the disk", code: errno) }
  }

  static func close(_ descriptor: CInt) { closeFile(descriptor) }

  /// Removes a database that nobody has open.
  static func remove(_ path: String) {
    for name in companions(of: path) + [path] { unlink(name) }
  }
}

// Inside `DatabaseFile` these names are its own.
private func openFile(_ path: String, _ flags: CInt, _ mode: mode_t = 0) -> CInt { open(path, flags, mode) }
private func closeFile(_ descriptor: CInt) { close(descriptor) }
