import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Operations
import Server
import Storage
import StrictJSON

/// How long from exec to the first answer, and how much memory an idle server takes, with a journal of some length.
struct StartBench {
  private let folder: DataFolder
  private let operations: Int
  private let rounds: Int
  private let idle: Int
  private let program: String

  init(_ options: Options) throws {
    folder = DataFolder(path: try options.text("data"))
    operations = try options.number("operations", 10_000)
    rounds = try options.number("rounds", 10)
    idle = try options.number("idle", 60)
    program = try options.text("program", ".build/release/arbiter")
  }

  func run() async throws {
    try await fill()
    let client = HTTPClient(eventLoopGroupProvider: .singleton)
    var times: [Double] = []
    for _ in 0..<rounds {
      let server = ServerProcess(program: program, folder: folder)
      let start = ContinuousClock.now
      try server.launch()
      let address = try await server.address()
      guard try await client.get(url: "\(address)/healthz").get().status == .ok else { continue }
      times.append((ContinuousClock.now - start) / .milliseconds(1))
      server.kill(SIGTERM)
      await server.wait()
    }
    times.sort()
    print(
      "start: journal \(operations) rows, exec to first 200: min \(text(times.first)) ms, median "
        + "\(text(times[times.count / 2])) ms, max \(text(times.last)) ms over \(times.count) rounds")
    let server = ServerProcess(program: program, folder: folder)
    try server.launch()
    let address = try await server.address()
    _ = try await client.get(url: "\(address)/healthz").get()
    try await Task.sleep(for: .seconds(idle))
    print("memory after \(idle) s idle: \(memory(of: server.identifier))")
    server.kill(SIGTERM)
    await server.wait()
    try await client.shutdown()
  }

  private func fill() async throws {
    let arbiter = try await ArbiterFolder.open(
      folder, as: "bench", settings: ServerSettings(), logger: Logger(label: "bench"))
    let head = try await arbiter.journalHead()
    let missing = max(0, operations - Int(clamping: head.number))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for part in 0..<16 {
        group.addTask {
          for _ in stride(from: part, to: missing, by: 16) {
            _ = try await arbiter.perform(
              OperationCall(operation: "roll_dice", input: ["notation": "8d6[fire]+3"]), key: nil)
          }
        }
      }
      try await group.waitForAll()
    }
    await arbiter.close()
  }

  private func memory(of process: Int32) -> String {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    return status.split(separator: "\n").filter { $0.hasPrefix("VmRSS") || $0.hasPrefix("RssAnon") }
      .map { $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ") }
      .joined(separator: ", ")
  }

  private func text(_ time: Double?) -> String { time.map { String(format: "%.0f", $0) } ?? "?" }
}
