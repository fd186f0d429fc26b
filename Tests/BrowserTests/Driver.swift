import Foundation

/// A chromedriver on a port that it chose itself, with a folder of its own for everything that it and Chromium write.
final class Driver: Sendable {
  /// Where Chromium and its driver are, as the test command found them.
  struct Programs {
    let chromium: String
    let driver: String

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
      chromium = environment["ARBITER_CHROMIUM"] ?? "/usr/bin/chromium"
      driver = environment["ARBITER_CHROMEDRIVER"] ?? "/usr/bin/chromedriver"
    }
  }

  let programs = Programs()
  let folder: URL
  let port: Int
  private let process: Process

  init() async throws {
    // Short: Chromium puts a socket below it, and a socket's path has room for 107 bytes.
    folder = FileManager.default.temporaryDirectory.appending(path: "arbiter-\(UUID().uuidString.prefix(8))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let log = folder.appending(path: "chromedriver.log")
    try Data().write(to: log)
    let process = Process()
    process.executableURL = URL(filePath: programs.driver)
    process.arguments = ["--port=0"]
    process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": folder.path]) { _, new in new }
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    try process.run()
    self.process = process
    var port: Int?
    for _ in 0..<400 where port == nil {
      port = Self.port(in: Self.text(of: log))
      if port == nil { try? await Task.sleep(for: .milliseconds(50)) }
    }
    self.port = port ?? 0
    guard port != nil else {
      let said = self.said
      await stop()
      throw Browser.Failed(description: "chromedriver does not listen: \(said)")
    }
  }

  /// The end of what the driver wrote.
  var said: String { String(Self.text(of: folder.appending(path: "chromedriver.log")).suffix(600)) }

  /// Stops the driver and removes what it and its browser wrote. The driver takes no notice of SIGTERM; a session that is
  /// still open has to be closed before.
  func stop() async {
    kill(process.processIdentifier, SIGKILL)
    _ = await process.ended()
    try? FileManager.default.removeItem(at: folder)
  }

  /// “ChromeDriver was started successfully on port 41234.”
  private static func port(in text: String) -> Int? {
    text.firstMatch(of: /started successfully on port (\d+)/).flatMap { Int($0.1) }
  }

  private static func text(of file: URL) -> String { (try? String(contentsOf: file, encoding: .utf8)) ?? "" }
}
