import Foundation
import Synchronization

/// What callers were told, kept outside the data folder: one line a call, each written by one system call.
final class Ledger: Sendable {
  enum Entry: Hashable, Sendable {
    case sent(key: String)
    case acknowledged(key: String, row: Int64, id: String)
    case unknown(key: String)
  }

  private let file: Mutex<CInt>

  init(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    guard descriptor >= 0 else { throw CocoaError(.fileWriteNoPermission) }
    file = Mutex(descriptor)
  }

  func note(_ entry: Entry) {
    let line =
      switch entry {
      case .sent(let key): "sent \(key)\n"
      case .acknowledged(let key, let row, let id): "acknowledged \(key) \(row) \(id)\n"
      case .unknown(let key): "unknown \(key)\n"
      }
    let bytes = Array(line.utf8)
    file.withLock { _ = write($0, bytes, bytes.count) }
  }

  static func read(_ path: String) throws -> [Entry] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      switch (words.first, words.count) {
      case ("sent", 2): return .sent(key: words[1])
      case ("unknown", 2): return .unknown(key: words[1])
      case ("acknowledged", 4): return Int64(words[2]).map { .acknowledged(key: words[1], row: $0, id: words[3]) }
      default: return nil  // A line that the end of the process cut.
      }
    }
  }
}
