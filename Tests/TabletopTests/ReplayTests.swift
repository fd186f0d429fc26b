import Operations
import Storage
import StrictJSON
import TestKit
import Testing

@testable import Tabletop

@Suite("Undoing and replaying play")
struct ReplayTests {
  static let deeds: [(operation: String, input: JSON)] = [
    ("apply_damage", ["targets": ["npc_tam", "wisp_1", "skeleton_1"], "amount": 7, "type": "bludgeoning"]),
    ("heal", ["targets": ["npc_tam", "pc_ysolde"], "amount": 5]),
    ("heal", ["target": "wisp_1", "amount": 9, "temporary": true]),
    ("apply_condition", ["targets": ["npc_tam", "wisp_1"], "condition": "prone"]),
    ("apply_condition", ["target": "bandit_1", "condition": "paralyzed", "rounds": 100]),
    ("consume_resource", ["creature": "pc_ysolde", "resource": "slot_5", "amount": 1]),
    ("advance_time", ["hours": 1]),
  ]

  @Test(arguments: deeds.indices)
  func `undo gives the sheet before, undoing that the sheet after, and both replay`(index: Int) async throws {
    let table = try await TestCampaign()
    let before = try await table.sheet()
    let done = try await table.play(Self.deeds[index].operation, Self.deeds[index].input)
    let after = try await table.sheet()
    #expect(after != before)
    let undone = try await table.arbiter.perform("undo", ["journal": .integer(done.row.number)])
    #expect(try await table.sheet() == before)
    try await table.undo(undone)
    #expect(try await table.sheet() == after)
    #expect(try await table.arbiter.rebuild(reexecuting: true).isEqual)
  }

  @Test(arguments: deeds.indices)
  func `undo gives the equal tables, byte for byte`(index: Int) async throws {
    let table = try await TestCampaign()
    let before = try await table.hash()
    let done = try await table.play(Self.deeds[index].operation, Self.deeds[index].input)
    #expect(try await table.hash() != before)
    try await table.undo(done)
    #expect(try await table.hash() == before)
  }

  @Test func `what was changed again later is not undone, and the later row is named`() async throws {
    let table = try await TestCampaign()
    let first = try await table.play("apply_damage", ["target": "wisp_1", "amount": 5, "type": "fire"])
    let second = try await table.play("heal", ["target": "wisp_1", "amount": 1])
    let error = await #expect(throws: OperationError.self) { try await table.undo(first) }
    #expect(error?.code == .undoConflict)
    #expect(error?.message.contains("row \(second.row.number)") == true)
  }

  /// Whatever is played, with mistakes among it.
  private func live(_ table: TestCampaign, steps: Int) async throws -> Int {
    let chance = table.arbiter.random
    let people = ["pc_ysolde", "npc_tam", "skeleton_1", "skeleton_2", "marsh_ogre", "bandit_1", "wisp_1", "nobody"]
    func one() -> JSON { .string(people[chance.below(people.count)]) }
    func number(_ bound: Int) -> JSON { .integer(Int64(chance.below(bound))) }
    var done = 0
    for step in 0..<steps {
      let (operation, input): (String, JSON) =
        switch chance.below(10) {
        case 0: ("roll_attack", ["attacker": "pc_ysolde", "target": one(), "weapon": "Sickle"])
        case 1: ("roll_saving_throw_batch", ["targets": [one(), one()], "ability": "dexterity", "dc": number(25)])
        case 2, 3: ("apply_damage", ["target": one(), "amount": number(30), "type": "cold"])
        case 4: ("heal", ["target": one(), "amount": number(20), "temporary": .bool(chance.below(3) == 0)])
        case 5, 6:
          (
            "apply_condition",
            ["target": one(), "condition": chance.below(2) == 0 ? "prone" : "blessed", "rounds": number(9)]
          )
        case 7:
          (
            "consume_resource",
            ["creature": "pc_ysolde", "resource": .string("slot_\(1 + chance.below(6))"), "amount": number(3)]
          )
        case 8: ("advance_time", ["rounds": number(5)])
        default: ("undo", ["journal": number(step + 4)])
        }
      do {
        try await table.arbiter.perform(operation, operation == "undo" ? input : input.in(table.id))
        done += 1
      } catch is OperationError {
        // Refused, as some of this should be.
      }
    }
    return done
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `any play folds to the equal state, and decides the same again`(seed: UInt64) async throws {
    let table = try await TestCampaign(seed: seed)
    let done = try await live(table, steps: 120)
    #expect(done >= 50, "seed \(seed)")
    #expect(try await table.arbiter.rebuild().isEqual, "seed \(seed)")
    let again = try await table.arbiter.rebuild(reexecuting: true)
    #expect(again.isEqual, "seed \(seed): \(again.differences)")
    for creature in try await table.sheet().creatures {
      #expect((0...creature.hitPoints.max).contains(creature.hitPoints.current))
      #expect(creature.hitPoints.temporary >= 0)
      for resource in creature.resources { #expect((0...resource.max).contains(resource.current)) }
    }
  }
}

extension TestCampaign {
  /// The hash of the tables of campaigns alone: undo never gives dice back.
  fileprivate func hash() async throws -> StateHash {
    try await arbiter.database.read("test.hash", in: arbiter.workspace) {
      try StateHash(of: CampaignTables.stateTables, in: $0)
    }
  }
}
