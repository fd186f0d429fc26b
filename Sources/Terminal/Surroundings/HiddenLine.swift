#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A line that a person types at a terminal without its being shown.
enum HiddenLine {
  /// - Parameter limit: bytes; what is typed beyond is not taken.
  /// - Throws: `CancellationError` for Ctrl-C; ``TerminalError`` when the terminal cannot be read.
  static func read(from descriptor: CInt, atMost limit: Int) throws -> [UInt8] {
    var before = termios()
    guard tcgetattr(descriptor, &before) == 0 else {
      throw TerminalError.failed("The terminal does not say how it echoes; give the key on standard input.")
    }
    var hidden = before
    // Byte by byte, Ctrl-C too, so that the terminal is set back however the line ends.
    hidden.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    guard tcsetattr(descriptor, TCSAFLUSH, &hidden) == 0 else {
      throw TerminalError.failed("The terminal cannot be kept from echoing; give the key on standard input.")
    }
    defer { tcsetattr(descriptor, TCSAFLUSH, &before) }
    return try line(from: descriptor, atMost: limit)
  }

  private static func line(from descriptor: CInt, atMost limit: Int) throws -> [UInt8] {
    var typing = TypedLine(limit: limit)
    while true {
      var byte: UInt8 = 0
      let count = systemRead(descriptor, &byte)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw TerminalError.failed("The terminal could not be read: \(String(cString: strerror(errno))).")
      }
      guard count == 1, try typing.take(byte) else { return typing.bytes }
    }
  }
}

/// What keys make of a line.
struct TypedLine: Sendable {
  let limit: Int
  private(set) var bytes: [UInt8] = []

  init(limit: Int) { self.limit = limit }

  /// - Returns: false when the line is at its end.
  /// - Throws: `CancellationError` for Ctrl-C.
  mutating func take(_ byte: UInt8) throws -> Bool {
    switch byte {
    case 0x03: throw CancellationError()
    case 0x04, 0x0a, 0x0d: return false
    case 0x08, 0x7f: _ = bytes.popLast()
    case 0x15: bytes = []  // Ctrl-U
    default: if bytes.count < limit { bytes.append(byte) }
    }
    return true
  }
}

// Inside `HiddenLine` the name is its own.
private func systemRead(_ descriptor: CInt, _ byte: inout UInt8) -> Int { read(descriptor, &byte, 1) }
