import StrictJSON
import Testing

@testable import Web

@Suite("Routes of operations", .timeLimit(.minutes(1)))
struct OperationRouteTests {
  @Test func `a roll is made, found at its location, and listed`() async throws {
    try await EdgeUnderTest.run { edge in
      let made = try await edge.terminal("POST", "/api/v1/rolls", body: #"{"notation":"2d6","purpose":"Luck"}"#)
      #expect(made.status == 201, "\(made.text)")
      let id = try #require(try made.json()["roll"]?["id"]?.text)
      #expect(made["location"] == "/api/v1/rolls/\(id)")
      #expect(try made.json()["journal"]?["operation"]?.text == "roll_dice")

      let shown = try await edge.terminal("GET", "/api/v1/rolls/\(id)")
      #expect(shown.status == 200)
      #expect(try shown.json() == made.json()["roll"])
      #expect(shown["cache-control"] == "no-store")

      let listed = try await edge.terminal("GET", "/api/v1/rolls?limit=5")
      #expect(try listed.json()["items"]?.items?.count == 1)
    }
  }
}
