import Operations
import StrictJSON
import Testing

@testable import Tabletop

@Suite("Applying damage")
struct DamageTests {
  /// What 21 points do. The ogre resists fire and cold; the wisp has 3 temporary hit points, resists cold and is vulnerable
  /// to it, and is immune to poison; the skeletons are vulnerable to bludgeoning; Tam has 4 hit points and 5 temporary.
  static let blows:
    [(target: String, type: String, save: Bool?, effect: String?, taken: Int64, left: Int64, spare: Int64)] = [
      ("marsh_ogre", "force", nil, nil, 21, 47, 0), ("marsh_ogre", "fire", nil, nil, 10, 58, 0),
      ("marsh_ogre", "force", true, "half", 10, 58, 0), ("marsh_ogre", "force", true, "none", 0, 68, 0),
      ("marsh_ogre", "force", true, "full", 21, 47, 0), ("marsh_ogre", "force", false, "half", 21, 47, 0),
      ("marsh_ogre", "cold", true, "half", 5, 63, 0), ("marsh_ogre", "cold", false, "none", 10, 58, 0),
      ("wisp_1", "force", nil, nil, 21, 9, 0), ("wisp_1", "poison", nil, nil, 0, 27, 3),
      ("wisp_1", "cold", nil, nil, 20, 10, 0), ("wisp_1", "cold", true, "half", 10, 20, 0),
      ("skeleton_1", "bludgeoning", nil, nil, 42, 0, 0), ("skeleton_1", "bludgeoning", true, "half", 20, 0, 0),
      ("skeleton_1", "poison", false, "half", 0, 13, 0), ("npc_tam", "force", nil, nil, 21, 0, 0),
      ("pc_ysolde", "force", nil, nil, 21, 29, 0),
    ]

  @Test(arguments: blows.indices)
  func `saves, resistance, vulnerability and temporary hit points count in their order`(index: Int) async throws {
    let blow = Self.blows[index]
    let table = try await TestCampaign()
    var input: JSONObject = ["target": .string(blow.target), "amount": 21, "type": .string(blow.type)]
    if let save = blow.save, let effect = blow.effect {
      input["saves"] = .array([Self.save(blow.target, save)])
      input["on_save"] = .string(effect)
    }
    let output = try await table.play("apply_damage", .object(input)).output
    #expect(output.at("/results/0/taken") == .integer(blow.taken))
    let after = try await table.creature(blow.target)
    #expect(after.hitPoints.current == blow.left)
    #expect(after.hitPoints.temporary == blow.spare)
    #expect(output.at("/results/0/after") == .integer(blow.left))
  }

  static func save(_ target: String, _ success: Bool) -> JSON {
    [
      "target": .string(target), "name": .string(target), "roll": 10, "faces": [10], "bonus": 0, "total": 10,
      "success": .bool(success),
    ]
  }

  @Test(arguments: [0, 1, 3, 8, 9, 10, 100_000] as [Int64])
  func `temporary hit points go first and nothing falls below 0`(amount: Int64) async throws {
    let table = try await TestCampaign()
    try await table.play("apply_damage", ["target": "npc_tam", "amount": .integer(amount), "type": "acid"])
    let tam = try await table.creature("npc_tam")
    #expect(tam.hitPoints.temporary == max(0, 5 - amount))
    #expect(tam.hitPoints.current == min(4, max(0, 9 - amount)))
  }

  @Test(arguments: [("pc_ysolde", "unconscious"), ("npc_tam", "unconscious"), ("bandit_1", "defeated")])
  func `at 0 an enemy is defeated and anybody else unconscious`(target: String, status: String) async throws {
    let table = try await TestCampaign()
    let blow = try await table.play("apply_damage", ["target": .string(target), "amount": 100, "type": "acid"])
    #expect(blow.output.at("/results/0/status") == .string(status))
  }

  @Test func `an attack that missed does nothing, and one that hit brings its damage`() async throws {
    let table = try await TestCampaign()
    let roll: JSON = ["attacker": "pc_ysolde", "target": "wisp_1", "attack_bonus": 9, "damage": "3d6", "type": "fire"]
    let miss = try await table.decide("roll_attack", roll, faces: [2]).output
    let nothing = try await table.play("apply_damage", ["attack": miss, "amount": 0])
    #expect(nothing.output.at("/results/0/why") == ["missed"])
    let alsoNothing = try await table.play("apply_damage", ["attack": miss, "amount": 50, "type": "fire"])
    #expect(alsoNothing.output.at("/results/0/taken") == 0)
    let hit = try await table.decide("roll_attack", roll, faces: [12, 4, 5, 6]).output
    try await table.play("apply_damage", ["attack": hit])
    #expect(try await table.creature("wisp_1").hitPoints == HitPoints(current: 15, max: 27))
  }

  static let mistakes: [(input: JSON, pointers: Set<String>)] = [
    (["target": "wisp_1", "amount": -1, "type": "fire"], ["/amount"]),
    (["target": "wisp_1", "amount": 100_001, "type": "fire"], ["/amount"]),
    (["target": "wisp_1", "amount": 1.5, "type": "fire"], ["/amount"]),
    (["target": "wisp_1", "amount": "9", "type": "fire"], ["/amount"]),
    (["target": "wisp_1", "type": "fire"], ["/amount"]), (["target": "wisp_1", "amount": 1], ["/type"]),
    (["amount": 1, "type": "fire"], ["/targets"]), (["target": "wisp_1", "amount": 1, "type": "fun"], ["/type"]),
    (["target": "wisp_1", "targets": ["npc_tam"], "amount": 1, "type": "fire"], ["/target"]),
    (["target": "goblin_1", "amount": 1, "type": "fire"], ["/target"]),
    (["target": "wisp_1", "amount": 1, "type": "fire", "saves": [save("wisp_1", true)]], ["/on_save"]),
    (
      [
        "targets": ["wisp_1", "npc_tam"], "amount": 1, "type": "fire", "on_save": "half",
        "saves": [save("wisp_1", true)],
      ],
      ["/targets/1"]
    ),
    (["amount": 1, "type": "fire", "on_save": "half", "saves": [save("goblin_1", true)]], ["/saves/0/target"]),
  ]

  @Test(arguments: mistakes.indices)
  func `a mistake is named at its place, and nobody is hurt`(index: Int) async throws {
    let table = try await TestCampaign()
    let before = try await table.sheet()
    let faults = await table.faults("apply_damage", Self.mistakes[index].input)
    #expect(Set(faults.map(\.pointer)) == Self.mistakes[index].pointers, "\(faults)")
    #expect(try await table.sheet() == before)
  }

  @Test func `an attack hurts only whom it was aimed at`() async throws {
    let table = try await TestCampaign()
    let hit = try await table.decide(
      "roll_attack", ["attacker": "pc_ysolde", "target": "wisp_1", "attack_bonus": 9, "damage": "5", "type": "fire"],
      faces: [12]
    ).output
    let faults = await table.faults("apply_damage", ["attack": hit, "target": "npc_tam"])
    #expect(faults.map(\.pointer) == ["/attack/target"])
  }
}
