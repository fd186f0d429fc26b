#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a process finds around it. Tests make their own.
package struct TerminalSurroundings: Sendable {
  package let environment: [String: String]
  /// Where relative paths begin. Absolute.
  package let workingFolder: String
  /// The account's home, for when the environment names none.
  package let homeFolder: String?
  package let console: Console
  /// Waits, for as long as it is told or until it is cancelled.
  package let pause: @Sendable (Duration) async throws -> Void
  /// A fresh idempotency key.
  package let makeKey: @Sendable () -> String
  /// Comes up whenever the person breaks off.
  package let interrupts: @Sendable () -> AsyncStream<Void>

  package init(
    environment: [String: String], workingFolder: String, homeFolder: String?, console: Console,
    pause: @escaping @Sendable (Duration) async throws -> Void, makeKey: @escaping @Sendable () -> String,
    interrupts: @escaping @Sendable () -> AsyncStream<Void> = { AsyncStream { $0.finish() } }
  ) {
    self.environment = environment
    self.workingFolder = workingFolder
    self.homeFolder = homeFolder
    self.console = console
    self.pause = pause
    self.makeKey = makeKey
    self.interrupts = interrupts
  }

  /// Those of this process.
  package static func process() -> TerminalSurroundings {
    TerminalSurroundings(
      environment: ProcessInfo.processInfo.environment, workingFolder: FileManager.default.currentDirectoryPath,
      homeFolder: getpwuid(getuid()).flatMap { String(validatingCString: $0.pointee.pw_dir) }, console: .process(),
      pause: { try await Task.sleep(for: $0) },
      makeKey: { "terminal-" + (1...2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined() },
      interrupts: Interrupts.ofProcess)
  }

  /// A variable of the environment. An empty one counts as not set.
  func variable(_ name: String) -> String? { environment[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// A path as seen from anywhere.
  func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/") else { return path }
    let relative = path.split(separator: "/").drop { $0 == "." }.joined(separator: "/")
    let base = workingFolder.hasSuffix("/") ? String(workingFolder.dropLast()) : workingFolder
    return relative.isEmpty ? workingFolder : "\(base)/\(relative)"
  }

  /// How results are written: colours only for a person's terminal that wants them (no-color.org).
  var ink: Ink {
    Ink(
      isColoured: console.isTerminal(.output) && variable("NO_COLOR") == nil && variable("TERM") != "dumb")
  }
}
