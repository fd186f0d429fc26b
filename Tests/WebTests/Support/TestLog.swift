import Logging
import Synchronization

/// Keeps log lines for tests to look at.
final class TestLog: Sendable {
  struct Line: Sendable {
    let level: Logger.Level
    let message: String
    let facts: [String: String]
  }

  private let kept = Mutex<[Line]>([])

  var lines: [Line] { kept.withLock { $0 } }

  var logger: Logger {
    var logger = Logger(label: "test") { _ in Handler(log: self) }
    logger.logLevel = .debug
    return logger
  }

  private struct Handler: LogHandler {
    let log: TestLog
    var logLevel = Logger.Level.debug
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let facts = metadata.merging(event.metadata ?? [:]) { _, new in new }.mapValues { "\($0)" }
      log.kept.withLock { $0.append(Line(level: event.level, message: "\(event.message)", facts: facts)) }
    }
  }
}
