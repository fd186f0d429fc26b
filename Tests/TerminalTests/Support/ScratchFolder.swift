import Foundation
import Storage

/// A folder in the temporary one, gone with this value.
final class ScratchFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "arbiter-terminal-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var data: DataFolder { DataFolder(path: path) }

  /// Makes the folder one in which something was kept: commands that read look for the database.
  func filled() throws -> ScratchFolder {
    try write("", to: data.database)
    return self
  }

  func write(_ text: String, to path: String) throws { try Data(text.utf8).write(to: URL(filePath: path)) }

  func read(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

  var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? [] }
}
