import StrictJSON
import TestKit
import Testing

@testable import Web

@Suite("Budgets over HTTP", .timeLimit(.minutes(5)))
struct BudgetRouteTests {
  private static func run(_ body: @Sendable (EdgeUnderTest) async throws -> Void) async throws {
    try await EdgeUnderTest.run({ _ in }, body)
  }

  @Test func `a budget is put, put again, listed and deleted`() async throws {
    try await Self.run { edge in
      let first = try await edge.terminal("PUT", "/api/v1/budgets", body: #"{"period":"month","limitMicros":5}"#)
      #expect(first.status == 200, "\(first.text)")
      #expect(try first.json()["budget"]?["limitMicros"] == 5)
      #expect(try first.json()["journal"]?["operation"] == "set_budget")
      let second = try await edge.terminal("PUT", "/api/v1/budgets", body: #"{"period":"month","limitMicros":7}"#)
      let id = try #require(try second.json()["budget"]?["id"]?.text)
      #expect(try first.json()["budget"]?["id"]?.text == id)
      let list = try await edge.terminal("GET", "/api/v1/budgets").json()
      #expect(list["items"]?.items?.map { $0["limitMicros"] } == [7])
      let gone = try await edge.terminal("DELETE", "/api/v1/budgets/\(id)")
      #expect(gone.status == 200, "\(gone.text)")
      #expect(try await edge.terminal("DELETE", "/api/v1/budgets/\(id)").status == 404)
      #expect(try await edge.terminal("GET", "/api/v1/budgets").json()["items"]?.items?.isEmpty == true)
    }
  }

  @Test func `calls and spending are asked for with what stands in the query`() async throws {
    try await Self.run { edge in
      let calls = try await edge.terminal("GET", "/api/v1/model-calls?limit=3&failed=true&order=slowest")
      #expect(calls.status == 200, "\(calls.text)")
      #expect(try calls.json()["items"]?.items?.isEmpty == true)
      #expect(try await edge.terminal("GET", "/api/v1/model-calls?failed=perhaps").status == 422)
      #expect(try await edge.terminal("GET", "/api/v1/model-calls/\(edge.world.workspace)").status == 404)
      let spend = try await edge.terminal("GET", "/api/v1/spend?by=model&from=2026-11-01T00:00:00Z")
      #expect(spend.status == 200, "\(spend.text)")
      #expect(try spend.json()["by"] == "model")
    }
  }
}
