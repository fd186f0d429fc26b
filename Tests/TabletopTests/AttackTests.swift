import Operations
import StrictJSON
import TestKit
import Testing

@testable import Tabletop

@Suite("Rolling an attack")
struct AttackTests {
  /// +5 against the armor class 14 of the skeleton, 2d6 + 3 of damage.
  static let cases: [(advantage: String, faces: [UInt32], hit: Bool, critical: Bool, total: Int64, damage: Int64)] = [
    ("none", [9, 2, 6], true, false, 14, 11), ("none", [8], false, false, 13, 0),
    ("none", [20, 1, 2, 3, 4], true, true, 25, 13), ("none", [1], false, false, 6, 0),
    ("advantage", [3, 9, 1, 1], true, false, 14, 5), ("advantage", [1, 20, 6, 6, 6, 6], true, true, 25, 27),
    ("disadvantage", [20, 8], false, false, 13, 0), ("disadvantage", [20, 1], false, false, 6, 0),
    ("disadvantage", [20, 20, 1, 1, 1, 1], true, true, 25, 7),
  ]

  @Test(arguments: cases.indices)
  func `the d20 decides, 20 hits with every die twice, and 1 misses`(index: Int) async throws {
    let expected = Self.cases[index]
    let table = try await TestCampaign()
    let decision = try await table.decide(
      "roll_attack",
      [
        "attacker": "pc_ysolde", "target": "skeleton_1", "attack_bonus": 5, "damage": "2d6+3", "type": "force",
        "advantage": .string(expected.advantage),
      ], faces: expected.faces)
    let result = try decision.output.decode(AttackResult.self)
    #expect(result.hit == expected.hit)
    #expect(result.critical == expected.critical)
    #expect(result.attack.total == expected.total)
    #expect(result.damage.total == expected.damage)
    let faces = result.attack.dice.faces + (result.damage.dice?.faces ?? [])
    #expect(faces == expected.faces.map(Int64.init))
    #expect(decision.changes.isEmpty)
  }

  @Test func `a 20 hits any armor class, and a 1 misses any`() async throws {
    let table = try await TestCampaign()
    for (face, bonus, hit) in [(20, -10, true), (1, 30, false)] as [(UInt32, Int64, Bool)] {
      let decision = try await table.decide(
        "roll_attack",
        [
          "attacker": "pc_ysolde", "target": "wisp_1", "attack_bonus": .integer(bonus), "damage": "5", "type": "force",
        ], faces: [face])
      #expect(decision.output["hit"] == .bool(hit))
    }
  }

  @Test func `damage below zero is none`() async throws {
    let table = try await TestCampaign()
    let decision = try await table.decide(
      "roll_attack",
      ["attacker": "pc_ysolde", "target": "wisp_1", "attack_bonus": 5, "damage": "1d4 - 3", "type": "force"],
      faces: [20, 1, 1])
    #expect(decision.output.at("/damage/total") == 0)
  }

  /// Of 2d6 + 3: 10 of 36 give 12 or more and 3 give 6 or less; of the 4d6 + 3 of a critical hit, 5 of 1296 give 8 or
  /// less and one gives 27.
  @Test(
    arguments: [
      ([9, 6, 3], "top 28 %"), ([9, 1, 2], "bottom 8.3 %"), ([20, 1, 2, 1, 1], "bottom 0.4 %"),
      ([20, 6, 6, 6, 6], "top 0.1 %"), ([8], nil), ([1], nil),
    ] as [([UInt32], String?)])
  func `a hit says how rare its damage is, a miss says nothing`(faces: [UInt32], chance: String?) async throws {
    let table = try await TestCampaign()
    let decision = try await table.decide(
      "roll_attack",
      ["attacker": "pc_ysolde", "target": "skeleton_1", "attack_bonus": 5, "damage": "2d6+3", "type": "force"],
      faces: faces)
    #expect(decision.display?.chance == chance)
  }

  @Test(arguments: [[10], [20]] as [[UInt32]])
  func `damage without dice is never rare`(faces: [UInt32]) async throws {
    let table = try await TestCampaign()
    let decision = try await table.decide(
      "roll_attack",
      ["attacker": "pc_ysolde", "target": "skeleton_1", "attack_bonus": 9, "damage": "7", "type": "force"], faces: faces
    )
    #expect(decision.output["hit"] == true)
    #expect(decision.output.at("/damage/total") == 7)
    #expect(decision.display != nil && decision.display?.chance == nil)
  }

  @Test func `a weapon brings its numbers, and the sheet says what they include`() async throws {
    let table = try await TestCampaign()
    let decision = try await table.decide(
      "roll_attack", ["attacker": "pc_ysolde", "target": "marsh_ogre", "weapon": "sickle"], faces: [10, 3])
    #expect(decision.output["weapon"] == "Sickle")
    #expect(decision.output.at("/attack/bonus") == 4)
    #expect(
      decision.display?.message
        == "Ysolde → The Miller: 10 + 4 = 14 vs AC 11 (including +1 from Staff of the Heron), hit, 3 slashing damage")
    #expect(decision.display?.compact == "Hit: 3 slashing")
  }

  @Test func `without a bonus the attack is a spell attack`() async throws {
    let table = try await TestCampaign()
    let decision = try await table.decide(
      "roll_attack", ["attacker": "pc_ysolde", "target": "marsh_ogre", "damage": "2d10", "type": "fire"],
      faces: [2])
    #expect(decision.output.at("/attack/bonus") == 8)
    #expect(decision.output["hit"] == false)
  }

  static let mistakes: [(input: JSON, pointers: Set<String>)] = [
    (["attacker": "pc_ysold", "target": "skeleton_9", "weapon": "Sickle"], ["/attacker", "/target"]),
    (["attacker": "pc_ysolde", "target": "wisp_1", "weapon": "Sickel"], ["/weapon"]),
    (["attacker": "pc_ysolde", "target": "wisp_1", "weapon": "Sickle", "damage": "9d6"], ["/damage"]),
    (["attacker": "npc_tam", "target": "wisp_1"], ["/attack_bonus", "/damage", "/type"]),
    (
      ["attacker": "npc_tam", "target": "wisp_1", "attack_bonus": 31, "damage": "51d6", "type": "fun"],
      ["/attack_bonus", "/damage", "/type"]
    ),
    (
      ["attacker": "npc_tam", "target": "wisp_1", "attack_bonus": -11, "damage": "1d6", "type": "fire"],
      ["/attack_bonus"]
    ),
  ]

  @Test(arguments: mistakes.indices)
  func `every mistake is named at once`(index: Int) async throws {
    let table = try await TestCampaign()
    let faults = await table.faults("roll_attack", Self.mistakes[index].input)
    #expect(Set(faults.map(\.pointer)) == Self.mistakes[index].pointers, "\(faults)")
  }

  struct Missing: Error {}

  @Test func `the roll itself is the record: a row with its draws and no change`() async throws {
    let table = try await TestCampaign()
    let before = try await table.arbiter.stateHash()
    let rolled = try await table.play(
      "roll_attack", ["attacker": "pc_ysolde", "target": "marsh_ogre", "weapon": "Sickle"])
    let row = try await table.arbiter.read("show_journal_row", ["number": .integer(rolled.row.number)])
    let result = try rolled.output.decode(AttackResult.self)
    let faces = result.attack.dice.faces + (result.damage.dice?.faces ?? [])
    guard case .array(let draws)? = row.at("/draws/faces") else { throw Missing() }
    #expect(draws.map { $0.at("/1") } == faces.map { .integer($0) })
    #expect(try await table.arbiter.stateHash() != before, "the counter of the stream went on")
    #expect(try await table.arbiter.rebuild(reexecuting: true).isEqual)
  }
}
