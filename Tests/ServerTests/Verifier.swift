import Foundation
import StrictJSON

/// `Examples/verify-roll`, run as a person would.
enum Verifier {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Examples/verify-roll/verify.py").standardizedFileURL.path

  /// Whether Python 3 is on this machine.
  static var isThere: Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { FileManager.default.isExecutableFile(atPath: "\($0)/python3") }
  }

  /// - Returns: its status, and all that it said.
  static func run(on export: [JSON], secret: String?) async throws -> (status: Int32, output: String) {
    let file = FileManager.default.temporaryDirectory.appending(path: "arbiter-export-\(UUID()).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(export.map { $0.canonicalText() + "\n" }.joined().utf8).write(to: file)
    return try await start([script, file.path] + (secret.map { [$0] } ?? []))
  }

  private static func start(_ arguments: [String]) async throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    // To its end first: a full pipe would hold the program up for ever.
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    // `waitUntilExit` now and then misses the end (Swift 6.3 on Linux, seen 2026-11).
    while process.isRunning { try await Task.sleep(for: .milliseconds(5)) }
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
