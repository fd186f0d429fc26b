import Storage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The lines of an input as they come, for commands that answer each.
///
///     try InputLines.read("-", in: session) { lines in
///       while let some = try lines.next() { try answer(some) }
///     }
///
/// A line ends at a line feed or at the end of the input. What is kept is the beginning of one line, at most ``bytesMax``
/// of it unless said otherwise.
struct InputLines {
  enum Line: Hashable {
    case bytes([UInt8])
    /// More bytes than a line may have, none of which were kept.
    case tooLong
  }

  /// The longest line where nothing else is said.
  static let bytesMax = 1 << 20

  private static let readMax = 1 << 16

  private let read: (_ limit: Int) throws -> [UInt8]
  private let lineBytesMax: Int
  /// The beginning of the line that has not ended.
  private var begun = Line.bytes([])
  private var isAtEnd = false

  /// - Parameters:
  ///   - lineBytesMax: the longest line.
  ///   - read: reads what is there, at most `limit` bytes; none at the end.
  init(lineBytesMax: Int = bytesMax, read: @escaping (_ limit: Int) throws -> [UInt8]) {
    self.lineBytesMax = lineBytesMax
    self.read = read
  }

  /// Lets `work` read a file, or standard input where `path` is `-`.
  ///
  /// - Throws: `StorageError` when it cannot be opened or read.
  static func read(
    _ path: String, lineBytesMax: Int = bytesMax, in session: TerminalSession,
    _ work: (inout InputLines) throws -> Void
  ) throws {
    guard path != "-" else {
      var lines = InputLines(lineBytesMax: lineBytesMax, read: session.console.readNext)
      return try work(&lines)
    }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw StorageError.noAccess(to: path, doing: "read", code: errno) }
    defer { close(file) }
    var lines = InputLines(lineBytesMax: lineBytesMax) { limit in try Self.some(of: file, at: path, limit: limit) }
    try work(&lines)
  }

  /// The lines that end in what comes next, perhaps none; nil after the last.
  mutating func next() throws -> [Line]? {
    guard !isAtEnd else { return nil }
    let bytes = try read(Self.readMax)
    guard !bytes.isEmpty else {
      isAtEnd = true
      return begun == .bytes([]) ? nil : [begun]
    }
    var lines: [Line] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      keep(rest[..<end])
      lines.append(begun)
      begun = .bytes([])
      rest = rest[(end + 1)...]
    }
    keep(rest)
    return lines
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    guard case .bytes(var line) = begun else { return }
    guard line.count + bytes.count <= lineBytesMax else {
      begun = .tooLong
      return
    }
    // Let go of first, so that what is kept is not copied for each part of it.
    begun = .tooLong
    line += bytes
    begun = .bytes(line)
  }

  private static func some(of file: CInt, at path: String, limit: Int) throws -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: limit)
    while true {
      let count = systemRead(file, &buffer, limit)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw StorageError.noAccess(to: path, doing: "read", code: errno) }
      buffer.removeLast(limit - count)
      return buffer
    }
  }
}

// Inside `InputLines` the name is its own.
private func systemRead(_ file: CInt, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, buffer, count)
}
