import Storage
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A new file of lines that is there whole, on the disk, or not at all. For this account only: a journal is private.
final class ExportFile: Sendable {
  /// Bytes kept before they are written.
  private static let bufferMax = 1 << 18

  private let path: String
  private let temporary: String
  private let state: Mutex<(descriptor: CInt, buffer: [UInt8])>

  /// - Throws: ``TerminalError`` when there is a file of that name already; `StorageError` when none can be made.
  init(_ path: String) throws {
    guard access(path, F_OK) != 0 else {
      throw TerminalError.failed("\(path) is there already. Name another file, or remove it first.")
    }
    self.path = path
    temporary = "\(path).part"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StorageError.noAccess(to: temporary, doing: "made", code: errno) }
    state = Mutex((file, []))
  }

  deinit {
    state.withLock { state in
      guard state.descriptor >= 0 else { return }
      close(state.descriptor)
      unlink(temporary)
    }
  }

  func append(_ line: String) throws {
    try state.withLock { state in
      state.buffer += line.utf8
      state.buffer.append(UInt8(ascii: "\n"))
      if state.buffer.count >= Self.bufferMax { try flush(&state) }
    }
  }

  /// Gives the file its name. Fails when a file of that name has come meanwhile.
  func finish() throws {
    try state.withLock { state in
      try flush(&state)
      guard fsync(state.descriptor) == 0 else {
        throw StorageError.noAccess(to: temporary, doing: "written", code: errno)
      }
      // A link, unlike a rename, never takes the place of another file.
      guard link(temporary, path) == 0 else { throw StorageError.noAccess(to: path, doing: "made", code: errno) }
      unlink(temporary)
      close(state.descriptor)
      state.descriptor = -1
    }
  }

  private func flush(_ state: inout (descriptor: CInt, buffer: [UInt8])) throws {
    var rest = state.buffer[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(state.descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw StorageError.noAccess(to: temporary, doing: "written", code: errno) }
      rest = rest.dropFirst(count)
    }
    state.buffer.removeAll(keepingCapacity: true)
  }
}
