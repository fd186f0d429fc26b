package import Inference
import Web

/// Everything that can be configured, with what holds when nothing was said.
package struct ServerSettings: Sendable, Hashable {
  package var host = "127.0.0.1"
  /// 0 is any free port.
  package var port = 8282
  /// Where people reach the server when that is not `http://host:port`: `https://arbiter.example.org`.
  package var origin: String?
  /// Further host names that requests may be addressed to.
  package var hosts: [String] = []
  package var workspaceName = "My workspace"
  package var ownerName = "Owner"
  package var sessionIdleDays = 14
  package var sessionLifetimeDays = 90
  package var heartbeatSeconds = 15
  /// Servers of models on other machines that may be spoken to in clear.
  package var localOrigins = LocalOrigins.none
  package var logLevel = LogLevel.info
  package var logFileMegabytes = 16
  package var logFiles = 5

  package enum LogLevel: String, Sendable, CaseIterable { case debug, info, notice, warning, error }

  package init() {}
}

/// One setting: its name, how its text is taken, and what is allowed.
struct SettingField: Sendable {
  /// In `arbiter.yaml`; with dots as nesting. The environment has `ARBITER_` and upper case.
  let name: String
  let isSecret = false
  let help: String
  /// The standard value as text, for `arbiter doctor`.
  let standard: @Sendable (ServerSettings) -> String
  /// Takes a text; returns what is allowed when it is not.
  let take: @Sendable (String, inout ServerSettings) -> String?

  static let all: [SettingField] = [
    .text("host", \.host, "the address to listen on"),
    .number("port", \.port, 0...65_535, "the port to listen on; 0 is any free one"),
    SettingField(
      name: "origin", help: "where people reach the server, when a proxy stands in front of it",
      standard: { $0.origin ?? "" },
      take: { text, settings in
        guard Origin(text) != nil else { return "an origin without a path, as https://arbiter.example.org" }
        settings.origin = text
        return nil
      }),
    SettingField(
      name: "hosts", help: "further host names to answer to, separated by commas",
      standard: { $0.hosts.joined(separator: ",") },
      take: { text, settings in
        settings.hosts = text.split(separator: ",").map { $0.trimming(" ") }
        return nil
      }),
    .text("workspace.name", \.workspaceName, "the name of the workspace that the first start makes"),
    .text("workspace.owner", \.ownerName, "the name of its owner"),
    .number("session.idle_days", \.sessionIdleDays, 1...365, "days without use after which a session ends"),
    .number("session.lifetime_days", \.sessionLifetimeDays, 1...3650, "days after which a session ends in any case"),
    .number(
      "events.heartbeat_seconds", \.heartbeatSeconds, 1...60,
      "seconds between heartbeats of an event stream, and the longest silence of an answer of /v1 that has begun"),
    SettingField(
      name: "models.local_origins", help: "servers of models on other machines that may be spoken to without TLS",
      standard: { $0.localOrigins.description },
      take: { text, settings in
        do throws(LocalOrigins.Fault) {
          settings.localOrigins = try LocalOrigins(text.split(separator: ",").map { $0.trimming(" ") })
          return nil
        } catch {
          let wanted = "up to \(LocalOrigins.countMax) exact origins, as http://192.168.1.20:11434, without a path"
          return error.text.map { "\(wanted); “\($0.prefix(80))” is none" } ?? wanted
        }
      }),
    SettingField(
      name: "log.level", help: "the least level that is logged", standard: { $0.logLevel.rawValue },
      take: { text, settings in
        guard let level = ServerSettings.LogLevel(rawValue: text) else {
          return ServerSettings.LogLevel.allCases.map(\.rawValue).joined(separator: ", ")
        }
        settings.logLevel = level
        return nil
      }),
    .number("log.file_megabytes", \.logFileMegabytes, 1...1024, "the size at which a log file is rotated"),
    .number("log.files", \.logFiles, 1...100, "log files that are kept"),
  ]

  private static func text(
    _ name: String, _ path: any WritableKeyPath<ServerSettings, String> & Sendable, _ help: String
  ) -> SettingField {
    SettingField(
      name: name, help: help, standard: { $0[keyPath: path] },
      take: { text, settings in
        guard (1...200).contains(text.unicodeScalars.count) else { return "1 to 200 characters" }
        settings[keyPath: path] = text
        return nil
      })
  }

  private static func number(
    _ name: String, _ path: any WritableKeyPath<ServerSettings, Int> & Sendable, _ range: ClosedRange<Int>,
    _ help: String
  ) -> SettingField {
    SettingField(
      name: name, help: help, standard: { "\($0[keyPath: path])" },
      take: { text, settings in
        guard let number = Int(text), range.contains(number) else {
          return "a whole number from \(range.lowerBound) to \(range.upperBound)"
        }
        settings[keyPath: path] = number
        return nil
      })
  }
}

extension StringProtocol {
  fileprivate func trimming(_ character: Character) -> String {
    String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
  }
}
