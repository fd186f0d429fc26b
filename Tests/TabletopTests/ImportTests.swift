import Operations
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Tabletop

@Suite("Importing a campaign")
struct ImportTests {
  @Test func `the sample is a campaign, and shows as it was written`() async throws {
    let document = try SampleCampaign.document
    let table = try await TestCampaign(importing: document)
    let shown = try await table.arbiter.read("show_campaign", ["id": "ashford_mill"])["campaign"]
    #expect(try shown?.decode(Campaign.self) == document.decode(Campaign.self))
    #expect(try await table.sheet().creatures.count == 8)
  }

  @Test func `the sample is told as a document that can be imported`() async throws {
    let table = try await TestCampaign(importing: nil)
    let document = try #require(try await table.arbiter.read("show_sample_campaign", [:])["campaign"])
    #expect(try await table.arbiter.perform("import_campaign", document).output["id"] == "ashford_mill")
  }

  @Test func `what is shown can be imported elsewhere`() async throws {
    let table = try await TestCampaign()
    try await table.play("heal", ["target": "npc_tam", "amount": 3])
    let shown = try await table.arbiter.read("show_campaign", ["id": .string(table.id)])["campaign"]
    let elsewhere = try await TestCampaign(importing: shown)
    #expect(try await elsewhere.sheet() == table.sheet())
  }

  @Test func `campaigns are listed by id, a page at a time`() async throws {
    let table = try await TestCampaign()
    try await table.arbiter.perform("import_campaign", try SampleCampaign.document)
    let first = try await table.arbiter.read("list_campaigns", ["limit": 1])
    #expect(first.at("/items/0/id") == "ashford_mill")
    #expect(first["next"] == "ashford_mill")
    let second = try await table.arbiter.read("list_campaigns", ["limit": 1, "after": "ashford_mill"])
    #expect(second.at("/items/0/name") == "What the Marsh Holds")
    #expect(second["next"] == nil)
  }

  @Test func `an id that is there is refused, and nothing is written`() async throws {
    let table = try await TestCampaign()
    let before = try await table.arbiter.stateHash()
    let faults = await table.arbiter.faults("import_campaign", try TestCampaign.document)
    #expect(faults.map(\.code) == ["taken"])
    #expect(try await table.arbiter.stateHash() == before)
  }

  /// One thing wrong, and the place that is named for it.
  static let mistakes: [(pointer: String, value: JSON?, code: String)] = [
    ("/version", 2, "too_large"), ("/name", "", "too_short"), ("/name", nil, "missing"),
    ("/id", "Salt Road", "wrong_format"),
    ("/extra", 1, "unknown_field"), ("/time/hour", 24, "too_large"), ("/time/day", 0, "too_small"),
    ("/acting", "pc_ysold", "unknown_creature"), ("/creatures", [], "too_few"),
    ("/creatures/1/id", "pc_ysolde", "duplicate"), ("/creatures/0/hit_points/current", 59, "too_large"),
    ("/creatures/0/hit_points/max", 0, "too_small"), ("/creatures/0/hit_points/current", -1, "too_small"),
    ("/creatures/0/ac", 1.5, "wrong_type"), ("/creatures/0/kind", "hero", "not_allowed"),
    ("/creatures/0/attacks/0/damage", "1d", "wrong_format"),
    ("/creatures/0/attacks/0/damage", "99999d6", "wrong_format"),
    ("/creatures/0/resources/1/resource_id", "slot_1", "duplicate"),
    ("/creatures/0/resources/0/current", 5, "too_large"), ("/creatures/0/resources/0/current", 9e99, "wrong_type"),
    ("/creatures/0/spells/0/resource", "slot_9", "unknown_resource"),
    ("/creatures/0/spells/0/condition", "soggy", "unknown_condition"),
    ("/creatures/5/conditions/0/name", "paralysed", "unknown_condition"),
    ("/creatures/5/conditions/0/until", ["day": 12, "hour": 0, "minute": 0], "too_early"),
    ("/creatures/2/condition_immunities/0", "exhausted", "unknown_condition"),
    ("/conditions/0/name", "prone", "taken"), ("/creatures/0/resistances", ["fire", "tickling"], "not_allowed"),
  ]

  @Test(arguments: mistakes.indices)
  func `a mistake is refused at its place`(index: Int) async throws {
    let (pointer, value, code) = Self.mistakes[index]
    let table = try await TestCampaign(importing: nil)
    let faults = await table.arbiter.faults("import_campaign", try TestCampaign.document.with(pointer, value))
    #expect(faults.contains { $0.pointer.hasPrefix(pointer) && $0.code == code }, "\(pointer): \(faults)")
  }

  @Test func `all mistakes are told at once`() async throws {
    let table = try await TestCampaign(importing: nil)
    let document = try TestCampaign.document.with("/acting", "nobody").with("/creatures/1/id", "pc_ysolde")
      .with("/creatures/0/resources/0/current", 5).with("/creatures/5/conditions/0/name", "paralysed")
    let faults = await table.arbiter.faults("import_campaign", document)
    #expect(
      Set(faults.map(\.pointer)) == [
        "/acting", "/creatures/1/id", "/creatures/0/resources/0/current", "/creatures/5/conditions/0/name",
      ])
    #expect(faults.contains { $0.message.contains("Did you mean paralyzed?") })
  }

  @Test func `more creatures than there can be are refused`() async throws {
    let table = try await TestCampaign(importing: nil)
    let document = try TestCampaign.document
    let one = try #require(document.at("/creatures/6"))
    let crowd = (0...Campaign.creaturesMax).map { one.with("/id", .string("wisp_\($0)")) }
    let faults = await table.arbiter.faults("import_campaign", document.with("/creatures", .array(crowd)))
    #expect(faults.map(\.pointer) == ["/creatures"])
  }

  @Test func `a viewer may not import, and may look`() async throws {
    let table = try await TestCampaign()
    let viewer = table.arbiter.principal(.viewer)
    let error = await #expect(throws: OperationError.self) {
      try await table.arbiter.perform("import_campaign", try SampleCampaign.document, as: viewer)
    }
    #expect(error?.code == .forbidden)
  }

  @Test func `an import is undone while nobody has played, and not after`() async throws {
    let table = try await TestCampaign(importing: nil)
    let imported = try await table.arbiter.perform("import_campaign", try TestCampaign.document)
    try await table.undo(imported)
    #expect(try await table.arbiter.read("list_campaigns")["items"] == [])
    let again = try await table.arbiter.perform("import_campaign", try TestCampaign.document)
    try await table.arbiter.perform("heal", ["campaign": "reed_marsh", "target": "npc_tam", "amount": 1])
    await #expect(throws: OperationError.self) { try await table.undo(again) }
    #expect(try await table.arbiter.rebuild(reexecuting: true).isEqual)
  }
}

extension TestWorkspace {
  func faults(_ operation: String, _ input: JSON) async -> [FieldError] {
    let error = await #expect(throws: OperationError.self) { try await perform(operation, input) }
    return error?.errors ?? []
  }
}
