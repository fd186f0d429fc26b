import Logging
import Storage
import Vocabulary

/// Where this process's log goes: JSON lines into the data folder, and what matters in words to the console.
enum ServerLogs {
  /// Becomes the logging system of the process. To be called once.
  static func bootstrap(_ settings: ServerSettings, folder: DataFolder, clock: any WallClock) -> Logger {
    let file = LogFile(
      folder: folder.logs, bytesMax: settings.logFileMegabytes * 1_000_000, filesMax: settings.logFiles)
    let level = settings.logLevel.level
    LoggingSystem.bootstrap { label in
      ServerLogHandler(logLevel: level, label: label, file: file, clock: clock, consoleLevel: max(level, .warning))
    }
    return Logger(label: "arbiter")
  }

  /// For commands: nothing but errors, on the console.
  static func quiet(clock: any WallClock) -> Logger {
    Logger(label: "arbiter") { label in
      ServerLogHandler(logLevel: .error, label: label, file: nil, clock: clock, consoleLevel: .error)
    }
  }
}

extension ServerSettings.LogLevel {
  fileprivate var level: Logger.Level {
    switch self {
    case .debug: .debug
    case .info: .info
    case .notice: .notice
    case .warning: .warning
    case .error: .error
    }
  }
}
