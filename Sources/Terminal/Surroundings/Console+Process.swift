#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Console {
  /// The streams of this process.
  package static func process() -> Console {
    Console(
      terminals: Set([Stream.output, .diagnostics].filter { isatty($0.descriptor) == 1 }),
      write: { stream, bytes in try writeAll(bytes, to: stream.descriptor) },
      read: { limit in try readAll(STDIN_FILENO, atMost: limit) },
      readSome: { limit in try readSome(STDIN_FILENO, atMost: limit) },
      readHidden: isatty(STDIN_FILENO) == 1 ? hiddenLine : nil)
  }

  @Sendable private static func hiddenLine(atMost limit: Int) throws -> [UInt8] {
    try HiddenLine.read(from: STDIN_FILENO, atMost: limit)
  }

  private static func writeAll(_ bytes: [UInt8], to descriptor: CInt) throws {
    try bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = systemWrite(descriptor, rest)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else {
          throw TerminalError.failed("The output could not be written: \(String(cString: strerror(errno))).")
        }
        rest = rest.dropFirst(count)
      }
    }
  }

  private static func readAll(_ descriptor: CInt, atMost limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let chunk = try readSome(descriptor, atMost: min(65_536, limit - bytes.count))
      if chunk.isEmpty { break }
      bytes += chunk
    }
    return bytes
  }

  private static func readSome(_ descriptor: CInt, atMost limit: Int) throws -> [UInt8] {
    var chunk = [UInt8](repeating: 0, count: limit)
    while true {
      let count = systemRead(descriptor, &chunk, limit)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw TerminalError.failed("Standard input could not be read: \(String(cString: strerror(errno))).")
      }
      chunk.removeLast(limit - count)
      return chunk
    }
  }
}

extension Console.Stream {
  fileprivate var descriptor: CInt { self == .output ? STDOUT_FILENO : STDERR_FILENO }
}

// Inside `Console` the names `write` and `read` are its own.
private func systemWrite(_ descriptor: CInt, _ bytes: Slice<UnsafeRawBufferPointer>) -> Int {
  let bytes = UnsafeRawBufferPointer(rebasing: bytes)
  return write(descriptor, bytes.baseAddress, bytes.count)
}
private func systemRead(_ descriptor: CInt, _ bytes: inout [UInt8], _ count: Int) -> Int {
  read(descriptor, &bytes, count)
}
