import Storage
import StrictJSON

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A JSON document that a command is given: a file, or `-` for standard input.
enum InputFile {
  /// Bytes that are read.
  static let bytesMax = 16 << 20

  /// - Throws: ``TerminalError`` of usage when it is no JSON, with the place of each fault; `StorageError` when it cannot be
  ///   read.
  static func document(_ path: String, in session: TerminalSession) throws -> JSON {
    let bytes = path == "-" ? try session.console.readAll() : try read(path)
    do throws(JSONFault) {
      return try JSON(parsing: bytes)
    } catch {
      throw TerminalError.usage(
        "\(path == "-" ? "Standard input" : path) is not JSON that can be used.", errors: error.errors)
    }
  }

  private static func read(_ path: String) throws -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw StorageError.noAccess(to: path, doing: "read", code: errno) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = systemRead(file, &buffer, buffer.count)
      guard count >= 0 else { throw StorageError.noAccess(to: path, doing: "read", code: errno) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= bytesMax else {
        throw TerminalError.usage("\(path) has more than \(bytesMax) bytes, which is all that is read.")
      }
    }
  }
}

// Inside `InputFile` the name is its own.
private func systemRead(_ file: CInt, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, buffer, count)
}
