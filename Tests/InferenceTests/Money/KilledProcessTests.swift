import Foundation
import ModelServer
import TestKit
import Testing
import Vocabulary

@testable import Inference

@Suite("A process that is killed in mid-call", .timeLimit(.minutes(10)))
struct KilledProcessTests {
  private static let kills = 20

  @Test func `neither loses nor doubles a charge`() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/arbiter-killed-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = "\(folder)/arbiter.sqlite"
    try await LedgerWorld.on(path, seed: 1_000) { world in _ = try await world.set(1_000_000_000, per: .total) }
    try await ModelServer.run(playing: Self.slow) { upstream in
      let address = upstream.baseURL
      var tally: [ModelCallRow.State: Int] = [:]
      for kill in 1...Self.kills {
        await #expect(processExitsWith: .signal(SIGKILL)) {
          [path = path as String, address = address as String, kill = kill as Int] in
          try await KilledCaller.run(at: path, asking: address, kill: kill)
        }
        let rows = try await Self.rowsAfterRecovery(at: path, kill: kill)
        Self.check(rows, kill, asked: upstream.received)
        for row in rows where row.model.hasPrefix("model-\(kill)-") { tally[row.state, default: 0] += 1 }
      }
      print("kills: \(Self.kills), calls asked: \(upstream.received.count), rows: \(tally)")
      #expect(tally[.lost, default: 0] > 0)
    }
  }

  /// What the next process finds, which begins twice: its books add up both times, and the second time nothing changes.
  private static func rowsAfterRecovery(at path: String, kill: Int) async throws -> [ModelCallRow] {
    try await LedgerWorld.on(path, seed: UInt64(10_000 + kill)) { world in
      let later = world.clock.now().advanced(by: .seconds(1))
      try await world.ledger.recover(in: world.workspace, before: later)
      let rows = try await world.calls(CallListing(limit: 1_000))
      let count = try await world.count() ?? .init()
      #expect(count.reserved == 0)
      #expect(count.spent == rows.reduce(0) { $0 + ($1.costMicros ?? 0) })
      #expect(try await world.counts() == world.countsOfRows())
      #expect(try await world.ledger.recover(in: world.workspace, before: later) == 0)
      #expect(try await world.calls(CallListing(limit: 1_000)) == rows)
      #expect(try await world.count() ?? .init() == count)
      return rows
    }
  }

  /// Whoever was asked is in the books once; lost calls cost what was reserved.
  private static func check(_ rows: [ModelCallRow], _ kill: Int, asked: [ModelServer.Request]) {
    for call in 0..<KilledCaller.calls {
      let model = KilledCaller.model(kill, call)
      let mine = rows.filter { $0.model == model }
      let times = asked.count { $0.body.contains(model) }
      #expect(
        times <= mine.count && mine.count <= 1, "\(model) was asked \(times) times and booked \(mine.count) times")
      for row in mine {
        #expect([.lost, .finished].contains(row.state))
        #expect(row.costMicros == (row.state == .lost ? row.reservedMicros : 5 + 2 * 10))
      }
    }
  }

  /// An answer of some 300 ms, of 5 and 10 tokens.
  private static let slow: [ModelServer.Step] =
    [.streamHead] + (0..<10).flatMap { word in [.wait(.milliseconds(30)), chunk("\(word) ")] }
    + [
      .event(
        #"{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":10}}"#
      ), .event("[DONE]"), .end,
    ]

  private static func chunk(_ text: String) -> ModelServer.Step {
    .chunk(#"{"index":0,"delta":{"content":"\#(text)"},"finish_reason":null}"#, model: "slow")
  }
}
