import Operations
import StrictJSON
import TestKit
import Testing

@testable import Tabletop

@Suite("Healing, conditions, resources and time")
struct PlayTests {
  @Test(
    arguments: [
      (3, false, 7, 5), (20, false, 24, 5), (100_000, false, 24, 5), (0, false, 4, 5), (3, true, 4, 5), (8, true, 4, 8),
    ] as [(Int64, Bool, Int64, Int64)])
  func `healing stops at the maximum, and temporary hit points do not add up`(
    amount: Int64, isTemporary: Bool, current: Int64, temporary: Int64
  ) async throws {
    let table = try await TestCampaign()
    try await table.play(
      "heal", ["target": "npc_tam", "amount": .integer(amount), "temporary": .bool(isTemporary)])
    #expect(
      try await table.creature("npc_tam").hitPoints == HitPoints(current: current, max: 24, temporary: temporary))
  }

  @Test(arguments: [-1, 100_001] as [Int64])
  func `no amount of healing is negative or enormous`(amount: Int64) async throws {
    let table = try await TestCampaign()
    let faults = await table.faults("heal", ["target": "npc_tam", "amount": .integer(amount)])
    #expect(faults.map(\.pointer) == ["/amount"])
  }

  @Test func `a condition goes to those who failed, and not to the immune`() async throws {
    let table = try await TestCampaign()
    let given = try await table.play(
      "apply_condition",
      [
        "condition": "poisoned", "rounds": 10,
        "saves": [
          DamageTests.save("marsh_ogre", false), DamageTests.save("wisp_1", true),
          DamageTests.save("skeleton_1", false),
        ],
      ])
    #expect(given.output.at("/results/0/outcome") == "applied")
    #expect(given.output.at("/results/1/outcome") == "saved")
    #expect(given.output.at("/results/2/outcome") == "immune")
    let condition = try await table.creature("marsh_ogre").condition("poisoned")
    #expect(condition?.until?.description == "day 13, 00:00:50")
    #expect(try await table.creature("wisp_1").conditions.isEmpty)
  }

  @Test func `the later end counts, and no end is the latest`() async throws {
    let table = try await TestCampaign()
    func rounds(_ rounds: Int64?) async throws -> String? {
      var input: JSONObject = ["target": "wisp_1", "condition": "blessed"]
      if let rounds { input["rounds"] = .integer(rounds) }
      return try await table.play("apply_condition", .object(input)).output.at("/results/0/outcome")?.string
    }
    #expect(try await rounds(5) == "applied")
    #expect(try await rounds(3) == "unchanged")
    #expect(try await rounds(9) == "applied")
    #expect(try await rounds(nil) == "applied")
    #expect(try await rounds(100) == "unchanged")
    #expect(try await table.creature("wisp_1").conditions.count == 1)
  }

  static let mistakes: [(operation: String, input: JSON, pointer: String, words: String)] = [
    ("apply_condition", ["target": "wisp_1", "condition": "paralysed"], "/condition", "Did you mean paralyzed?"),
    ("apply_condition", ["target": "wisp_1", "condition": "shielded"], "/condition", "There is no condition"),
    ("apply_condition", ["target": "wisp_1", "condition": "prone", "rounds": 0], "/rounds", "0"),
    (
      "apply_condition",
      ["target": "wisp_1", "condition": "prone", "rounds": 1, "until": ["day": 13, "hour": 0, "minute": 0]], "/until",
      "not both"
    ),
    (
      "apply_condition", ["target": "wisp_1", "condition": "prone", "until": ["day": 12, "hour": 0, "minute": 0]],
      "/until", "day 12, 23:59:50 already"
    ),
    ("consume_resource", ["creature": "pc_ysolde", "resource": "slot_5", "amount": 2], "/amount", "has 1 of 1"),
    ("consume_resource", ["creature": "pc_ysolde", "resource": "wild_shape", "amount": 1], "/amount", "slot_1 (4)"),
    (
      "consume_resource", ["creature": "pc_ysolde", "resource": "slot_6", "amount": 1], "/resource",
      "Did you mean slot_"
    ),
    ("consume_resource", ["creature": "pc_ysolde", "resource": "slot_1", "amount": 0], "/amount", "0"),
    ("consume_resource", ["creature": "pc_ysolde", "resource": "slot_1", "amount": -3], "/amount", "-3"),
    ("consume_resource", ["creature": "npc_tam", "resource": "slot_1", "amount": 1], "/resource", "There is none."),
    (
      "consume_resource", ["creature": "Ysolde", "resource": "slot_1", "amount": 1], "/creature",
      "Did you mean pc_ysolde?"
    ),
    ("advance_time", [:], "", "exactly one"), ("advance_time", ["hours": 1, "rounds": 1], "", "2 are given"),
    ("advance_time", ["seconds": -1], "/seconds", "-1"), ("advance_time", ["hours": 9_999_999], "/hours", "9999999"),
    ("heal", ["campaign": "ashford_mill", "target": "pc_mira", "amount": 1], "/campaign", "There is no campaign"),
    ("heal", ["campaign": "reed_marsch", "target": "npc_tam", "amount": 1], "/campaign", "Did you mean reed_marsh?"),
  ]

  @Test(arguments: mistakes.indices)
  func `a mistake is named with what there is, and nothing is written`(index: Int) async throws {
    let (operation, input, pointer, words) = Self.mistakes[index]
    let table = try await TestCampaign()
    let before = try await table.arbiter.stateHash()
    let faults = await table.faults(operation, input)
    #expect(faults.map(\.pointer) == [pointer])
    #expect(faults.first?.message.contains(words) == true, "\(faults)")
    #expect(try await table.arbiter.stateHash() == before)
  }

  @Test func `creatures of another campaign are nobody here`() async throws {
    let table = try await TestCampaign()
    try await table.arbiter.perform("import_campaign", try SampleCampaign.document)
    for operation in ["apply_damage", "heal", "apply_condition"] {
      var input: JSONObject = ["target": "goblin_1"]
      if operation == "apply_condition" { input["condition"] = "prone" } else { input["amount"] = 1 }
      if operation == "apply_damage" { input["type"] = "fire" }
      let faults = await table.faults(operation, .object(input))
      #expect(faults.map(\.code) == ["unknown_creature"])
      #expect(faults.first?.allowed?.contains("goblin_1") == false)
    }
    let faults = await table.faults(
      "consume_resource", ["creature": "pc_mira", "resource": "spell_slot_3", "amount": 1])
    #expect(faults.map(\.code) == ["unknown_creature"])
  }

  @Test func `a resource is spent, and said`() async throws {
    let table = try await TestCampaign()
    let spent = try await table.decide(
      "consume_resource", ["creature": "pc_ysolde", "resource": "slot_4", "amount": 1, "purpose": "Ice Storm"],
      faces: [])
    #expect(spent.display?.message == "Level 4 Slot: 1 spent for Ice Storm (3 → 2 remaining)")
    #expect(spent.display?.compact == "-1 Level 4 Slot")
  }

  @Test(
    arguments: [
      (["seconds": 9], "day 12, 23:59:59", []), (["seconds": 10], "day 13, 00:00", ["bandit_1"]),
      (["rounds": 2], "day 13, 00:00:02", ["bandit_1"]), (["minutes": 1], "day 13, 00:00:50", ["bandit_1"]),
      (["hours": 1], "day 13, 00:59:50", ["bandit_1"]),
    ] as [(JSON, String, [String])])
  func `time passes and ends what ends`(input: JSON, time: String, ended: [String]) async throws {
    let table = try await TestCampaign()
    let passed = try await table.play("advance_time", input)
    #expect(try await table.sheet().time.description == time)
    #expect(try passed.output.decode(AdvanceTime.Output.self).ended.map(\.target) == ended)
    #expect(try await table.creature("bandit_1").conditions.isEmpty == !ended.isEmpty)
  }

  @Test func `no creature has more conditions than it can have`() async throws {
    let names = StandardCondition.allCases.map(\.rawValue) + (0..<20).map { "mark_\($0)" }
    let marks = JSON.array((0..<20).map { ["name": .string("mark_\($0)"), "summary": "A mark."] })
    let table = try await TestCampaign(importing: TestCampaign.document.with("/conditions", marks))
    for name in names.prefix(Creature.conditionsMax) {
      try await table.play("apply_condition", ["target": "wisp_1", "condition": .string(name)])
    }
    let error = await #expect(throws: OperationError.self) {
      try await table.play(
        "apply_condition", ["target": "wisp_1", "condition": .string(names[Creature.conditionsMax])])
    }
    #expect(error?.code == .refused)
  }
}
