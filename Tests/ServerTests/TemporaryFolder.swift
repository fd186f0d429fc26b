import Foundation
import Logging
import Server
import Storage

/// A data folder that goes when the test does.
final class TemporaryFolder: Sendable {
  let data: DataFolder

  init() throws {
    data = DataFolder(path: FileManager.default.temporaryDirectory.appending(path: "arbiter-test-\(UUID())").path)
    try data.make()
  }

  deinit { try? FileManager.default.removeItem(atPath: data.path) }

  func open(_ settings: ServerSettings = ServerSettings()) async throws -> ArbiterFolder {
    try await ArbiterFolder.open(
      data, as: "test", settings: settings, logger: Logger(label: "silent") { _ in SwiftLogNoOpLogHandler() })
  }
}
