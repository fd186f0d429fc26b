import Inference
import Operations
import StrictJSON
import TestKit
import Testing
import Vocabulary

@Suite("Calls and spending as operations")
struct BudgetCallReadsTests {
  @Test func `calls are listed newest first, a page at a time, and one is shown whole`() async throws {
    let world = try await GatewayWorld()
    var ids: [JSON] = []
    for micros in 1...5 as ClosedRange<Int64> {
      world.arbiter.clock.advance(by: .seconds(1))
      ids.append(.string("\(try await world.call(costing: micros, micros == 2 ? .failed : .finished))"))
    }
    let first = try await world.arbiter.read("list_model_calls", ["limit": 3])
    #expect(first["items"]?[0]?["id"] == ids[4])
    #expect(first["next"] == ids[2])
    let second = try await world.arbiter.read("list_model_calls", ["limit": 3, "before": ids[2]])
    #expect(second["items"]?[1]?["id"] == ids[0])
    #expect(second["next"] == nil)
    let failed = try await world.arbiter.read("list_model_calls", ["failed": true])
    #expect(failed["items"]?[0]?["id"] == ids[1])
    #expect(failed["items"]?[1] == nil)
    let slow = try await world.arbiter.read("list_model_calls", ["order": "slowest", "limit": 1])
    #expect(slow["items"]?[0]?["id"] == ids[4])
    #expect(slow["next"] == nil)
    let one = try await world.arbiter.read("show_model_call", ["id": ids[1]])
    #expect(one["state"] == "failed")
    #expect(one["costMicros"] == 2)
    #expect(one["task"] == "chat.completions")
  }

  @Test(
    arguments: [
      ("list_model_calls", ["limit": 0], "/limit"), ("list_model_calls", ["order": "fastest"], "/order"),
      (
        "list_model_calls", ["order": "slowest", "before": "0197a3c1-0000-7000-8000-000000000000"], "/before"
      ),
      ("show_spend", ["by": "hour"], "/by"),
      ("show_spend", ["from": "2026-01-02T00:00:00Z", "to": "2026-01-02T00:00:00Z"], "/to"),
      ("show_spend", ["from": "2020-01-01T00:00:00Z", "to": "2026-01-01T00:00:00Z"], "/from"),
      ("show_spend", ["from": "2030-01-01T00:00:00Z"], "/to"),
    ] as [(String, JSON, String)])
  func `a question that cannot be answered is refused with its place`(
    operation: String, input: JSON, pointer: String
  ) async throws {
    let world = try await GatewayWorld()
    let error = try await #require(throws: OperationError.self) { try await world.arbiter.read(operation, input) }
    #expect(error.errors.map(\.pointer) == [pointer])
  }

  @Test func `a call that is not there is not found`() async throws {
    let world = try await GatewayWorld()
    let error = try await #require(throws: OperationError.self) {
      try await world.arbiter.read("show_model_call", ["id": .string("\(world.arbiter.workspace)")])
    }
    #expect(error.code == .notFound)
  }

  @Test func `spending is that of the month unless it is said otherwise`() async throws {
    let world = try await GatewayWorld()
    world.arbiter.clock.set(try #require(Timestamp(rfc3339: "2026-10-31T23:00:00Z")))
    try await world.call(costing: 7)
    world.arbiter.clock.set(try #require(Timestamp(rfc3339: "2026-11-21T09:00:00Z")))
    try await world.call(costing: 11)
    let month = try await world.arbiter.read("show_spend")
    #expect(month["by"] == "day")
    #expect(month["from"] == "2026-11-01T00:00:00.000000Z")
    #expect(month["items"]?[0]?["name"] == "2026-11-21")
    #expect(month["items"]?[0]?["costMicros"] == 11)
    #expect(month["items"]?[1] == nil)
    let all = try await world.arbiter.read("show_spend", ["by": "model", "from": "2026-10-01T00:00:00Z"])
    #expect(all["items"]?[0]?["costMicros"] == 18)
    #expect(all["items"]?[0]?["calls"] == 2)
    let october = try await world.arbiter.read(
      "show_spend", ["by": "surface", "from": "2026-10-01T00:00:00Z", "to": "2026-11-01T00:00:00Z"])
    #expect(october["items"]?[0]?["costMicros"] == 7)
  }
}
