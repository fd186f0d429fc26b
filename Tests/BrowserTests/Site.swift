import Foundation
import Storage

/// The program as people run it, on a folder of its own.
final class Site: @unchecked Sendable {
  // `@unchecked`: tests of this suite run one after the other.
  let folder: DataFolder
  private var process: Process?
  private(set) var address = ""
  private(set) var port = 0

  private static var program: String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return root.appending(path: ".build/debug/arbiter").path
  }

  init() async throws {
    folder = DataFolder(path: FileManager.default.temporaryDirectory.appending(path: "arbiter-site-\(UUID())").path)
    try await start()
  }

  deinit {
    process?.terminate()
    try? FileManager.default.removeItem(atPath: folder.path)
  }

  func start() async throws {
    let process = Process()
    process.executableURL = URL(filePath: Self.program)
    process.arguments = ["serve", "--data", folder.path, "--port", "\(port)"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process = process
    for _ in 0..<600 {
      if let holder = FolderLock.holder(of: folder), holder.process == process.processIdentifier,
        let address = holder.address
      {
        self.address = address
        port = Int(address.split(separator: ":").last ?? "") ?? 0
        return
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    throw Browser.Failed(description: "the server did not start")
  }

  /// As the power going: nothing is tidied up.
  func kill() async {
    guard let process else { return }
    Foundation.kill(process.processIdentifier, SIGKILL)
    _ = await process.ended()
  }

  func stop() async { await process?.end() }

  /// A one-time sign-in link, from the command line.
  func link() async throws -> String { try await run(["link"]).split(separator: "\n").first.map(String.init) ?? "" }

  /// Runs a command on this folder and gives what it printed.
  @discardableResult
  func run(_ arguments: [String]) async throws -> String {
    let output = folder.path + ".output"
    defer { try? FileManager.default.removeItem(atPath: output) }
    try Data().write(to: URL(filePath: output))
    let process = Process()
    process.executableURL = URL(filePath: Self.program)
    process.arguments = arguments + ["--data", folder.path]
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    try process.run()
    guard await process.ended(within: .seconds(60)), process.terminationStatus == 0 else {
      await process.end()
      throw Browser.Failed(description: "\(arguments) failed")
    }
    return try String(contentsOfFile: output, encoding: .utf8)
  }
}
