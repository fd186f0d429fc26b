import Gateway
import Inference
import Jobs
import Logging
import Operations
import ServiceLifecycle
import Storage
import Vocabulary

/// Forgets what need not be kept.
struct Housekeeping: Service {
  let desk: OperationDesk
  let responses: StoredResponses
  let cache: AnswerCache
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
          let old = try await responses.forget(in: workspace)
          logger.debug("Old responses were forgotten.", metadata: ["responses": "\(old)"])
          let calls = try await CallLedger(database: desk.database).forget(in: workspace)
          logger.debug("Old calls to models were forgotten.", metadata: ["calls": "\(calls)"])
          await cache.sweep(in: workspace)
        } catch let error as StorageError {
          logger.warning("What is old was not forgotten: \(error)")  // There is another hour.
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

/// Begins the responses that were queued when the server stopped, and ends those under way when it is told to stop.
struct Responses: Service {
  let gateway: GatewayDesk
  let responses: StoredResponses
  let workspace: WorkspaceID
  let logger: Logger

  func run() async throws {
    do { try await gateway.beginQueued(in: workspace) } catch let error as StorageError {
      logger.warning("Queued responses were not begun; they are at the next start: \(error)")
    }
    do { try await gracefulShutdown() } catch is CancellationError {
      // The group ends in another way; what is under way is ended all the same.
    }
    await responses.stop()
  }
}

// Descriptions for the log of whoever runs them; the default ones would print everything they hold.
extension Housekeeping: CustomStringConvertible {
  var description: String { "Housekeeping" }
}

extension Worker: CustomStringConvertible {
  var description: String { "Worker" }
}

extension Responses: CustomStringConvertible {
  var description: String { "Responses" }
}
