import Operations
import Storage
import StrictJSON
import TestKit
import Testing

@testable import Web

@Suite("Routes of operations", .timeLimit(.minutes(5)))
struct OperationRouteTests {
  private static let roll = #"{"notation":"2d6","purpose":"Luck"}"#

  @Test func `a roll is made, found at its location, and listed`() async throws {
    try await EdgeUnderTest.run { edge in
      let made = try await edge.terminal("POST", "/api/v1/rolls", body: Self.roll)
      #expect(made.status == 201, "\(made.text)")
      let id = try #require(try made.json()["roll"]?["id"]?.text)
      #expect(made["location"] == "/api/v1/rolls/\(id)")
      #expect(try made.json()["journal"]?["operation"]?.text == "roll_dice")

      let shown = try await edge.terminal("GET", "/api/v1/rolls/\(id)")
      #expect(shown.status == 200)
      #expect(try shown.json() == made.json()["roll"])
      #expect(shown["cache-control"] == "no-store")
    }
  }

  @Test func `a list is read page by page along its links`() async throws {
    try await EdgeUnderTest.run { edge in
      for _ in 0..<5 { _ = try await edge.terminal("POST", "/api/v1/rolls", body: Self.roll) }
      var path = "/api/v1/rolls?limit=2"
      var numbers: [Int64] = []
      var pages = 0
      while true {
        let page = try await edge.terminal("GET", path)
        numbers += try page.json()["items"]?.items?.compactMap { $0["journal"]?.int64 } ?? []
        pages += 1
        guard let link = page["link"] else { break }
        #expect(link.hasSuffix(#">; rel="next""#))
        path = String(link.dropFirst().prefix { $0 != ">" })
      }
      #expect(pages == 3)
      #expect(numbers == [7, 6, 5, 4, 3])
    }
  }

  @Test func `the same key does it once, and says so`() async throws {
    try await EdgeUnderTest.run { edge in
      let first = try await edge.terminal(
        "POST", "/api/v1/rolls", headers: ["Idempotency-Key": "\"k-1\""], body: Self.roll)
      let again = try await edge.terminal("POST", "/api/v1/rolls", headers: ["Idempotency-Key": "k-1"], body: Self.roll)
      #expect(first["idempotency-replayed"] == nil)
      #expect(again["idempotency-replayed"] == "true")
      #expect(again.status == 201)
      #expect(again.body == first.body)
      #expect(again["location"] == first["location"])
      let other = try await edge.terminal(
        "POST", "/api/v1/rolls", headers: ["Idempotency-Key": "k-1"], body: #"{"notation":"1d6"}"#)
      #expect(other.problem == "idempotency_key_reused")
      #expect(try await edge.world.count("rolls") == 1)
    }
  }

  @Test func `fifty at once with one key do it once`() async throws {
    try await EdgeUnderTest.run { edge in
      let answers = try await withThrowingTaskGroup(of: RawResponse.self) { group in
        for _ in 0..<50 {
          group.addTask {
            try await edge.terminal("POST", "/api/v1/rolls", headers: ["Idempotency-Key": "one"], body: Self.roll)
          }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(Set(answers.map(\.text)).count == 1)
      #expect(answers.allSatisfy { $0.status == 201 })
      #expect(try await edge.world.count("rolls") == 1)
    }
  }

  @Test func `what two can edit carries a tag, and the tag of yesterday does not match`() async throws {
    try await EdgeUnderTest.run { edge in
      let seen = try await edge.terminal("GET", "/api/v1/workspace")
      #expect(seen["etag"] == #""1""#)
      let tag = ["If-Match": try #require(seen["etag"])]
      let renamed = try await edge.terminal("PATCH", "/api/v1/workspace", headers: tag, body: #"{"name":"Salt"}"#)
      #expect(renamed.status == 200, "\(renamed.text)")
      #expect(renamed["etag"] == #""2""#)
      #expect(try renamed.json()["workspace"]?["name"]?.text == "Salt")
      let late = try await edge.terminal("PATCH", "/api/v1/workspace", headers: tag, body: #"{"name":"Pepper"}"#)
      #expect(late.problem == "precondition_failed")
      #expect(try await edge.terminal("GET", "/api/v1/workspace").json()["name"]?.text == "Salt")
    }
  }

  @Test func `every operation is performed by its name`() async throws {
    try await EdgeUnderTest.run { edge in
      let list = try await edge.terminal("GET", "/api/v1/operations").json()
      let names = try #require(list["items"]?.items).compactMap { $0["name"]?.text }
      #expect(names == edge.world.desk.catalogue.facts.map(\.name))
      let one = try await edge.terminal("GET", "/api/v1/operations/roll_dice").json()
      #expect(one["role"]?.text == "editor")
      #expect(one["input"]?["properties"]?["notation"] != nil)

      let change = try await edge.terminal("POST", "/api/v1/operations/roll_dice", body: Self.roll).json()
      #expect(change["output"]?["notation"]?.text == "2d6")
      #expect(change["journal"]?["number"]?.int64 == 3)
      let read = try await edge.terminal("POST", "/api/v1/operations/show_workspace", body: "{}").json()
      #expect(read["output"]?["name"]?.text == "The Salt Road")
      #expect(read["journal"]?.isNull == true)
    }
  }

  @Test func `a rehearsal keeps nothing and names every fault`() async throws {
    try await EdgeUnderTest.run { edge in
      let body = #"""
        {"operations":[{"operation":"roll_dice","input":{"notation":"1d6"}},
        {"operation":"roll_dice","input":{"notation":6}}]}
        """#
      let answer = try await edge.terminal("POST", "/api/v1/rehearsals", body: body)
      #expect(answer.status == 200, "\(answer.text)")
      let json = try answer.json()
      #expect(json["sample"]?.flag == true)
      #expect(json["results"]?.items?.compactMap { $0["status"]?.text } == ["executed", "refused"])
      #expect(json["errors"]?[0]?["pointer"]?.text == "/operations/1/input/notation")
      #expect(try await edge.world.count("rolls") == 0)
    }
  }

  @Test func `an undo takes back and names its row`() async throws {
    try await EdgeUnderTest.run { edge in
      let made = try await edge.terminal("POST", "/api/v1/rolls", body: Self.roll).json()
      let number = try #require(made["journal"]?["number"]?.int64)
      let undone = try await edge.terminal("POST", "/api/v1/undos", body: #"{"journal":\#(number)}"#)
      #expect(undone.status == 201, "\(undone.text)")
      #expect(try undone.json()["undone"]?.int64 == number)
      #expect(try undone.json()["journal"]?["operation"]?.text == "undo")
      let again = try await edge.terminal("POST", "/api/v1/undos", body: #"{"journal":\#(number)}"#)
      #expect(again.problem == "already_undone")
    }
  }
}
