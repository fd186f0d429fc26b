import Events
import Operations
import Storage
import StorageSQLite
import StrictJSON
import Tabletop
import TestKit
import Testing
import Vault

@testable import Web

@Suite("Campaigns over HTTP", .timeLimit(.minutes(5)))
struct CampaignRouteTests {
  private static func run(_ body: @Sendable (EdgeUnderTest) async throws -> Void) async throws {
    let random = SeededRandom(seed: 0)
    let ring = KeyRing(primary: VaultKey(testing: random.bytes(32)), random: random)
    let database = try SQLiteDatabase.scratch(clock: ManualClock(), logger: .silent)
    let set = Tabletop.operations(events: EventLog(database: database, sealer: ring), sealer: ring)
    try await EdgeUnderTest.run(extra: [set], surfaces: [CampaignSurface(sealer: ring)], body)
    try await database.close()
  }

  private static var file: JSON { get throws { try SampleCampaign.document } }

  @Test func `a campaign file that is posted is there as it was written, listed, and can be played`() async throws {
    try await Self.run { edge in
      let body = try Self.file.canonicalText()
      let made = try await edge.terminal("POST", "/api/v1/campaigns", headers: ["Idempotency-Key": "k"], body: body)
      #expect(made.status == 201, "\(made.text)")
      #expect(try made.json()["campaign"]?["id"] == "ashford_mill")
      #expect(try made.json()["campaign"]?["creatures"] == 8)
      let again = try await edge.terminal("POST", "/api/v1/campaigns", headers: ["Idempotency-Key": "k"], body: body)
      #expect(again["idempotency-replayed"] == "true")
      #expect(again.body == made.body)

      let list = try await edge.terminal("GET", "/api/v1/campaigns").json()
      #expect(list["items"]?.items?.map { $0["id"]?.text } == ["ashford_mill"])
      let shown = try await edge.terminal("GET", "/api/v1/campaigns/ashford_mill")
      #expect(shown.status == 200)
      let creatures = try shown.json()["campaign"]?["creatures"]?.items?.map { $0["name"] }
      let written = try Self.file["creatures"]?.items?.map { $0["name"] }
      #expect(creatures == written)

      let plan =
        #"{"subject":"campaigns/ashford_mill","proposal":{"operations":[{"operation":"heal","input":{"target":"mira","amount":1}}]}}"#
      let check = try await edge.terminal("POST", "/api/v1/proposals/checks", body: plan)
      #expect(try check.json()["faults"]?[0]?["repair"] == "pc_mira")
    }
  }

  @Test func `a file that cannot be is refused with every fault at once, and nothing is kept`() async throws {
    try await Self.run { edge in
      var file = try #require(Self.file.members)
      file["acting"] = "mira"
      file["rooms"] = []
      file["creatures"] = .array([try #require(file["creatures"]?[0]), 7])
      let answer = try await edge.terminal("POST", "/api/v1/campaigns", body: JSON.object(file).canonicalText())
      #expect(answer.status == 422)
      #expect(answer.problem == "invalid_input")
      let pointers = try answer.json()["errors"]?.items?.compactMap { $0["pointer"]?.text } ?? []
      #expect(Set(pointers).isSuperset(of: ["/rooms", "/creatures/1"]), "\(pointers)")
      #expect(try await edge.world.count("campaigns") == 0)
      #expect(try await edge.world.count("journal") == 2)
    }
  }

  @Test func `an id that is taken is refused at its place`() async throws {
    try await Self.run { edge in
      let body = try Self.file.canonicalText()
      #expect(try await edge.terminal("POST", "/api/v1/campaigns", body: body).status == 201)
      let second = try await edge.terminal("POST", "/api/v1/campaigns", body: body)
      #expect(second.status == 422)
      #expect(try second.json()["errors"]?[0]?["pointer"] == "/id")
      #expect(try second.json()["errors"]?[0]?["code"] == "taken")
    }
  }

  @Test func `who only looks imports nothing`() async throws {
    try await Self.run { edge in
      let body = try Self.file.canonicalText()
      #expect(try await edge.send("POST", "/api/v1/campaigns", body: body).status == 401)
      #expect(try await edge.terminal("GET", "/api/v1/campaigns/none").status == 404)
    }
  }
}
