import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Storage
import StrictJSON

/// A server as its own process, as people run it.
final class ServerProcess {
  let folder: DataFolder
  let command: String
  private let program: String
  private var process: Process?

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  init(program: String, command: String = "serve", folder: DataFolder) {
    self.program = program
    self.command = command
    self.folder = folder
  }

  var identifier: Int32 { process?.processIdentifier ?? 0 }
  var isRunning: Bool { process?.isRunning ?? false }

  func launch() throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = [command, "--data", folder.path, "--port", "0"]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    self.process = process
  }

  /// Where it answers, once the lock file says so.
  func address(within limit: Duration = .seconds(30)) async throws -> String {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      if let holder = FolderLock.holder(of: folder), holder.process == identifier, let address = holder.address {
        return address
      }
      guard isRunning else { throw Failed(description: "the server ended while it started") }
      try await Task.sleep(for: .milliseconds(1))
    }
    throw Failed(description: "the server did not answer within \(limit)")
  }

  var token: String {
    get throws { String(decoding: try PrivateFile.read(folder.terminalToken, atMost: 512), as: UTF8.self) }
  }

  func kill(_ signal: Int32 = SIGKILL) {
    guard isRunning else { return }
    Foundation.kill(identifier, signal)
  }

  /// Waits until it has ended. `waitUntilExit` turns a run loop and now and then misses the end (Swift 6.3 on Linux).
  func wait() async {
    while isRunning { try? await Task.sleep(for: .milliseconds(1)) }
  }
}

/// One writer's way to a server.
struct Caller: Sendable {
  let client: HTTPClient
  let address: String
  let token: String

  enum Answer: Sendable {
    case acknowledged(row: Int64, id: String)
    case refused(UInt, String)
    /// No whole answer: it may have happened.
    case unknown
  }

  func roll(key: String, limit: TimeAmount = .seconds(5)) async -> Answer {
    var request = HTTPClientRequest(url: "\(address)/api/v1/rolls")
    request.method = .POST
    request.headers = [
      "authorization": "Bearer \(token)", "content-type": "application/json", "idempotency-key": key,
    ]
    request.body = .bytes(Array(#"{"notation":"2d6+1d20"}"#.utf8))
    do {
      let response = try await client.execute(request, timeout: limit)
      let body = try await response.body.collect(upTo: 1 << 20)
      let json = try JSON(parsing: Array(body.readableBytesView))
      guard response.status == .created, let row = json["journal"]?["number"]?.int64,
        let id = json["journal"]?["id"]?.text
      else { return .refused(response.status.code, json["code"]?.text ?? "?") }
      return .acknowledged(row: row, id: id)
    } catch { return .unknown }
  }
}
