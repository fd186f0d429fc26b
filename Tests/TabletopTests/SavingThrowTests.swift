import Operations
import StrictJSON
import TestKit
import Testing

@testable import Tabletop

@Suite("Rolling saving throws")
struct SavingThrowTests {
  @Test func `each target rolls its own die and adds its own bonus`() async throws {
    let table = try await TestCampaign()
    let decision = try await table.decide(
      "roll_saving_throw_batch",
      [
        "targets": ["skeleton_1", "marsh_ogre", "wisp_1"], "ability": "dexterity", "dc": 15, "purpose": "Ice Storm",
      ], faces: [12, 15, 5])
    let saves = try decision.output.decode(SavingThrows.self)
    #expect(saves.results.map(\.roll) == [12, 15, 5])
    #expect(saves.results.map(\.total) == [15, 14, 14])
    #expect(saves.results.map(\.success) == [true, false, false])
    #expect(saves.passed == 1)
    #expect(saves.failed == 2)
    #expect(decision.display?.message == "Ice Storm: DEX saves vs DC 15: 1 passed, 2 failed")
    #expect(decision.display?.compact == "1/3 saved")
  }

  @Test(arguments: [("advantage", 17), ("disadvantage", 4)])
  func `with advantage or disadvantage each rolls two dice`(advantage: String, roll: Int64) async throws {
    let table = try await TestCampaign()
    let decision = try await table.decide(
      "roll_saving_throw_batch",
      ["targets": ["wisp_1"], "ability": "wisdom", "dc": 10, "advantage": .string(advantage)], faces: [17, 4])
    #expect(decision.output.at("/results/0/roll") == .integer(roll))
    #expect(decision.output.at("/results/0/faces") == [17, 4])
  }

  @Test(
    arguments: [
      ("paralyzed", "strength", true), ("petrified", "dexterity", true), ("stunned", "strength", true),
      ("unconscious", "dexterity", true), ("unconscious", "wisdom", false), ("prone", "dexterity", false),
      ("restrained", "strength", false),
    ])
  func `some conditions fail a save unrolled`(condition: String, ability: String, fails: Bool) async throws {
    let table = try await TestCampaign()
    try await table.play("apply_condition", ["target": "wisp_1", "condition": .string(condition)])
    let decision = try await table.decide(
      "roll_saving_throw_batch",
      ["targets": ["wisp_1", "skeleton_1"], "ability": .string(ability), "dc": 1], faces: [20, 20])
    #expect(decision.output.at("/results/0/success") == .bool(!fails))
    #expect(decision.output.at("/results/0/because") == (fails ? .string(condition) : nil))
    #expect(decision.output.at("/results/0/roll") == (fails ? nil : 20))
    #expect(decision.output.at("/results/1/roll") == 20)
  }

  @Test func `who lies at 0 hit points is unconscious, and nobody rolls when all fail`() async throws {
    let table = try await TestCampaign()
    try await table.play("apply_damage", ["target": "npc_tam", "amount": 9, "type": "cold"])
    let decision = try await table.decide(
      "roll_saving_throw_batch", ["targets": ["npc_tam", "bandit_1"], "ability": "dexterity", "dc": 10], faces: [])
    #expect(decision.output.at("/results/0/because") == "unconscious")
    #expect(decision.output.at("/results/1/because") == "paralyzed")
    #expect(
      decision.summary
        == "DEX saves vs DC 10: 0 passed, 2 failed (Tam is unconscious, Reeve is paralyzed)")
  }

  @Test func `targets are known, different and not too many`() async throws {
    let table = try await TestCampaign()
    let faults = await table.faults(
      "roll_saving_throw_batch",
      ["targets": ["wisp_1", "wisp_1", "Drowned Man", "goblin_1"], "ability": "wisdom", "dc": 10])
    #expect(faults.map(\.pointer) == ["/targets/1", "/targets/2", "/targets/3"])
    #expect(faults[1].message.contains("Did you mean skeleton_1?"))
    let crowd = JSON.array((0...100).map { .string("wisp_\($0)") })
    #expect(
      await table.faults("roll_saving_throw_batch", ["targets": crowd, "ability": "wisdom", "dc": 10])
        .map(\.pointer) == ["/targets"])
    #expect(
      await table.faults("roll_saving_throw_batch", ["targets": [], "ability": "luck", "dc": 0])
        .map(\.pointer) == ["/targets", "/ability", "/dc"])
  }
}
