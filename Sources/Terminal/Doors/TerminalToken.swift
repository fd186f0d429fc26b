import Storage

/// What lets this account's terminal in to a running server: a line in a file that only this account may read.
struct TerminalToken: Sendable, CustomStringConvertible, CustomReflectable {
  /// Bytes of the file that are read.
  static let bytesMax = 256

  /// For the `Authorization` header. Never printed.
  let secret: String

  /// - Throws: `StorageError` when the file cannot be read or others can read it; ``TerminalError`` when it holds no token.
  init(of folder: DataFolder) throws {
    let bytes = try PrivateFile.read(folder.terminalToken, atMost: Self.bytesMax)
    let line = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
    // Whatever may stand in a header field: visible ASCII.
    guard !line.isEmpty, line.allSatisfy({ (0x21...0x7e).contains($0) }) else {
      throw TerminalError.failed(
        "\(folder.terminalToken) holds no token of a running server. Restarting the server writes a new one.")
    }
    secret = String(decoding: line, as: UTF8.self)
  }

  var description: String { "token" }
  var customMirror: Mirror { Mirror(self, children: []) }
}
