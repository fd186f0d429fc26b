import Operations
import Proposals
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Web

@Suite("Proposals over HTTP", .timeLimit(.minutes(5)))
struct ProposalRouteTests {
  private struct Dice: ProposalSurface {
    let area = "dice"
    func scope(
      of name: String, for principal: Principal, proposal: UniqueID, in state: any ReadTransaction
    ) throws -> ProposalScope {
      ProposalScope(principal: principal, proposal: proposal, operations: ["roll_dice"])
    }
  }

  private static let good =
    #"{"subject":"dice/all","proposal":{"operations":[{"operation":"roll_dice","input":{"notation":"2d6"}}]}}"#

  @Test func `a proposal is checked, executed once under its key, and found at its location`() async throws {
    try await EdgeUnderTest.run(surfaces: [Dice()]) { edge in
      let check = try await edge.terminal("POST", "/api/v1/proposals/checks", body: Self.good)
      #expect(check.status == 200, "\(check.text)")
      #expect(try check.json()["isExecutable"] == true)
      #expect(try await edge.world.count("rolls") == 0)

      let headers = ["Idempotency-Key": "k"]
      let made = try await edge.terminal("POST", "/api/v1/proposals", headers: headers, body: Self.good)
      #expect(made.status == 201, "\(made.text)")
      #expect(try made.json()["outcome"] == "executed")
      let again = try await edge.terminal("POST", "/api/v1/proposals", headers: headers, body: Self.good)
      #expect(again["idempotency-replayed"] == "true")
      #expect(again.body == made.body)
      #expect(try await edge.world.count("rolls") == 1)

      let shown = try await edge.terminal("GET", try #require(made["location"]))
      #expect(try shown.json() == made.json())
    }
  }

  @Test func `what cannot be executed is a problem with every fault`() async throws {
    try await EdgeUnderTest.run(surfaces: [Dice()]) { edge in
      let body =
        #"{"subject":"dice/all","proposal":{"operations":[{"operation":"rol_dice"},{"operation":"roll_dice","input":{"notation":7}}]}}"#
      let answer = try await edge.terminal("POST", "/api/v1/proposals", body: body)
      #expect(answer.status == 422)
      #expect(answer.problem == "invalid_input")
      #expect(
        try answer.json()["errors"]?.items?.map { $0["pointer"]?.text } == [
          "/operations/0/operation", "/operations/1/input/notation",
        ])
      let check = try await edge.terminal("POST", "/api/v1/proposals/checks", body: body)
      #expect(check.status == 200)
      #expect(try check.json()["faults"]?.items?.first?["repair"] == "roll_dice")
      #expect(try await edge.world.count("journal") == 2)
    }
  }

  @Test(arguments: ["no-id", "0197a3c1-0000-7000-8000-000000000000"])
  func `a proposal that is not there is not found`(id: String) async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.terminal("GET", "/api/v1/proposals/\(id)")
      #expect(answer.status == 404)
    }
  }

  @Test func `nobody proposes without being signed in`() async throws {
    try await EdgeUnderTest.run(surfaces: [Dice()]) { edge in
      let answer = try await edge.send(
        "POST", "/api/v1/proposals", headers: ["Content-Type": "application/json"], body: Self.good)
      #expect(answer.status == 401 || answer.status == 403)
    }
  }
}
