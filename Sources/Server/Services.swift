import Jobs
import Logging
import Operations
import ServiceLifecycle
import Storage
import Vocabulary

/// Forgets what need not be kept.
struct Housekeeping: Service {
  let desk: OperationDesk
  let workspace: WorkspaceID
  let logger: Logger

  func run() async throws {
    try await cancelWhenGracefulShutdown {
      while true {
        try await Task.sleep(for: .seconds(3600))
        do {
          let forgotten = try await desk.database.write("server.forget", in: workspace) { [runner = desk.runner] in
            try runner.forgetKeys(olderThan: .seconds(2 * 86_400), in: $0)
          }
          logger.debug("Old idempotency keys were forgotten.", metadata: ["keys": "\(forgotten)"])
        } catch let error as StorageError {
          logger.warning("Old idempotency keys were not forgotten: \(error)")  // There is another hour.
        }
      }
    }
  }
}

/// Does the jobs of the folder.
struct Worker: Service {
  let jobs: JobWorker

  func run() async throws {
    try await cancelWhenGracefulShutdown { try await jobs.run() }
  }
}

// Descriptions for the log of whoever runs them; the default ones would print everything they hold.
extension Housekeeping: CustomStringConvertible {
  var description: String { "Housekeeping" }
}

extension Worker: CustomStringConvertible {
  var description: String { "Worker" }
}
