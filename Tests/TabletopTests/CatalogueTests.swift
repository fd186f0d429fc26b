import Operations
import StrictJSON
import TestKit
import Testing

@testable import Tabletop

@Suite("What the operations of campaigns say of themselves")
struct CatalogueTests {
  private static let names = [
    "import_campaign", "roll_attack", "roll_saving_throw_batch", "apply_damage", "heal", "apply_condition",
    "consume_resource", "advance_time", "list_campaigns", "show_campaign",
    "show_sample_campaign",
  ]

  private func facts(_ name: String) async throws -> OperationFacts {
    let facts = try await TestCampaign(importing: nil).arbiter.desk.catalogue.facts
    return try #require(facts.first { $0.name == name })
  }

  @Test(arguments: names)
  func `every field of an input is described, and the example is one`(name: String) async throws {
    let facts = try await facts(name)
    #expect(facts.input.undescribed() == [])
    #expect(facts.input.validate(facts.example) == [])
  }

  @Test func `what is answered fits the schema that is given for it`() async throws {
    let table = try await TestCampaign()
    let plays: [(String, JSON)] = [
      ("roll_attack", ["attacker": "pc_ysolde", "target": "wisp_1", "weapon": "Sickle"]),
      ("roll_saving_throw_batch", ["targets": ["wisp_1", "bandit_1"], "ability": "strength", "dc": 12]),
    ]
    for (name, input) in plays + ReplayTests.deeds.map({ ($0.operation, $0.input) }) {
      let output = try await table.play(name, input).output
      #expect(try await facts(name).output.validate(output) == [], "\(name)")
    }
    for (name, input) in [
      ("list_campaigns", [:]), ("show_campaign", ["id": "reed_marsh"]), ("show_sample_campaign", [:]),
    ] as [(String, JSON)] {
      let output = try await table.arbiter.read(name, input)
      #expect(try await facts(name).output.validate(output) == [], "\(name)")
    }
  }

  /// A proposal's reference is worth nothing when what it leads to does not fit the field.
  @Test func `what a reference leads to fits the field that it fills`() async throws {
    let table = try await TestCampaign()
    let sources: [String: JSON] = [
      "roll_dice": try await table.arbiter.perform("roll_dice", ["notation": "8d6"]).output,
      "roll_attack": try await table.play(
        "roll_attack", ["attacker": "pc_ysolde", "target": "wisp_1", "weapon": "Sickle"]
      ).output,
      "roll_saving_throw_batch": try await table.play(
        "roll_saving_throw_batch", ["targets": ["wisp_1", "bandit_1"], "ability": "strength", "dc": 12]
      ).output,
    ]
    var count = 0
    for name in Self.names {
      let facts = try await facts(name)
      guard case .object(let fields) = facts.input.form else { continue }
      for reference in facts.references {
        let field = try #require(fields.first { $0.name == reference.field })
        for (source, path) in reference.sources {
          let value: JSON = try #require(sources[source]?.at(path.map { "/\($0)" }.joined()))
          #expect(field.schema.validate(value) == [], "\(name) \(reference.field) from \(source)")
          count += 1
        }
      }
    }
    #expect(count == 6)
  }

  @Test func `an event tells each change on the campaign's topic, and the sheet says where to go on`() async throws {
    let table = try await TestCampaign()
    let done = try await table.play("apply_damage", ["target": "wisp_1", "amount": 5, "type": "fire"])
    let row = try await table.arbiter.read("show_journal_row", ["number": .integer(done.row.number)])
    #expect(row.at("/events/0/topic") == "campaigns/reed_marsh")
    #expect(row.at("/events/0/type") == "creature.hit_points")
    #expect(row.at("/events/0/number") == 2)
    #expect(try await table.arbiter.read("show_campaign", ["id": "reed_marsh"])["cursor"] == "campaigns/reed_marsh:2")
  }
}
