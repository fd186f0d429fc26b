import InferenceConformance
import StrictJSON
import Testing

@testable import Inference

@Suite struct `The built-in model` {
  private static let scene = BuiltInScene(
    campaign: "c1", actor: "mirelle",
    creatures: [
      .init(id: "mirelle", name: "Mirelle", kind: "character"),
      .init(id: "brannor", name: "Brannor", kind: "character"),
      .init(id: "g1", name: "Goblin 1", kind: "goblin"), .init(id: "g2", name: "Goblin 2", kind: "goblin"),
      .init(id: "g3", name: "Goblin 3", kind: "goblin", isDown: true),
      .init(id: "boss", name: "Grimjaw", kind: "hobgoblin"), .init(id: "wolf", name: "Wolf", kind: "beast"),
    ],
    resources: [.init(id: "slot3", name: "Level 3 slots", current: 2, max: 2)],
    spells: [
      .init(
        name: "Fireball", level: 3, resource: "slot3", save: "dexterity", dc: 15, damage: "8d6", type: "fire",
        onSave: "half", targets: .many, upcasts: [.init(level: 4, resource: "slot4", damage: "9d6")]),
      .init(name: "Fire Bolt", level: 0, damage: "2d10", type: "fire", attackBonus: 7, targets: .one),
      .init(name: "Magic Missile", level: 1, resource: "slot1", damage: "3d4+3", type: "force", targets: .one),
      .init(name: "Cure Wounds", level: 1, resource: "slot1", heal: "2d8+3", targets: .one),
      .init(
        name: "Hold Person", level: 2, resource: "slot2", save: "wisdom", dc: 15, condition: "paralyzed", rounds: 10,
        targets: .one),
      .init(
        name: "Scorching Ray", level: 2, resource: "slot2", damage: "2d6", type: "fire", attackBonus: 7, targets: .many),
      .init(name: "Mage Armor", level: 1, resource: "slot1", targets: .one),
    ],
    weapons: [
      .init(name: "Quarterstaff", attackBonus: 2, damage: "1d6-1", type: "bludgeoning"),
      .init(name: "Dagger", attackBonus: 5, damage: "1d4+2", type: "piercing"),
    ])

  private func request(_ text: String, blocks: [PromptBlock]? = nil) throws -> ModelRequest {
    let blocks = try blocks ?? [Self.scene.block()]
    let system = "You propose operations.\n\n" + blocks.map(\.text).joined(separator: "\n\n") + "\n\nBe brief."
    return ModelRequest(model: "built-in", messages: [ModelMessage(.system, system), ModelMessage(.user, text)])
  }

  private func answer(_ text: String) throws -> JSON {
    try JSON(parsing: BuiltInModel().text(answering: try request(text)))
  }

  private func operations(_ text: String) throws -> [JSON] { try #require(try answer(text)["operations"]?.items) }

  private func names(_ text: String) throws -> [String] { try operations(text).compactMap { $0["operation"]?.text } }

  private func targets(_ text: String) throws -> [String] {
    let input = try operations(text).lazy.compactMap { $0["input"]?["targets"]?.items }.first
    return (input ?? []).compactMap(\.text)
  }

  @Test func `makes a fireball of four operations`() throws {
    #expect(
      try answer("I cast fireball at the goblins")
        == [
          "operations": [
            [
              "operation": "consume_resource",
              "input": ["creature": "mirelle", "resource": "slot3", "amount": 1, "purpose": "Fireball"],
            ],
            ["operation": "roll_dice", "input": ["notation": "8d6", "purpose": "Fireball"], "result_key": "damage"],
            [
              "operation": "roll_saving_throw_batch",
              "input": ["targets": ["g1", "g2"], "ability": "dexterity", "dc": 15, "purpose": "Fireball"],
              "result_key": "saves",
            ],
            [
              "operation": "apply_damage",
              "input": [
                "targets": ["g1", "g2"], "amount_ref": "damage", "type": "fire", "saves_ref": "saves",
                "on_save": "half",
              ],
            ],
          ], "narration_hint": "Mirelle casts Fireball at Goblin 1, Goblin 2.",
        ])
  }

  @Test(
    arguments: [
      ("I cast Fireball at the goblins", ["g1", "g2"]), ("cast fireball on goblin 1", ["g1"]),
      ("Fireball the goblins!", ["g1", "g2"]), ("i want to cast a firebal at the goblns", ["g1", "g2"]),
      ("cast fireball at Goblin 1 and Goblin 2", ["g1", "g2"]), ("cast fireball at goblin 2, grimjaw", ["g2", "boss"]),
      ("I'd like to hurl my fireball at Grimjaw and the goblins", ["boss", "g1", "g2"]),
      ("cast fireball at everyone", ["g1", "g2", "boss", "wolf"]),
      ("please cast fireball at all goblins", ["g1", "g2"]),
      ("cast fireball at all of them", ["g1", "g2", "boss", "wolf"]), ("cast fireball at the wolves", ["wolf"]),
      ("cast fireball at a goblin", ["g1"]), ("cast fireball at two goblins", ["g1", "g2"]),
      ("cast fireball at goblin 3", ["g3"]), ("cast fireball at the beast", ["wolf"]),
      ("cast fireball at me", ["mirelle"]), ("cast fireball at Grimjaw's wolf and Grimjaw", []),
      ("cast firebolt at nobody", []), ("cast fireball at goblin 7", []), ("cast fireball at the dragon", []),
      ("cast fireball", []), ("cast fireball at the goblin", []),
    ] as [(String, [String])])
  func `finds who is meant`(text: String, ids: [String]) throws { #expect(try targets(text) == ids) }

  @Test(arguments: [
    ("cast fireball at level 4 at the goblins", "9d6", "slot4"),
    ("cast fireball at the goblins at 4th level", "9d6", "slot4"),
    ("cast a level 4 fireball at the goblins", "9d6", "slot4"),
    ("cast fireball at the goblins using a level 4 slot", "9d6", "slot4"),
    ("cast fireball at the goblins with a fourth level slot", "9d6", "slot4"),
    ("cast fireball at level 3 at the goblins", "8d6", "slot3"),
  ])
  func `casts at a higher level`(text: String, dice: String, resource: String) throws {
    let operations = try operations(text)
    #expect(operations.first?["input"]?["resource"] == .string(resource))
    #expect(operations.dropFirst().first?["input"]?["notation"] == .string(dice))
  }

  @Test(
    arguments: [
      ("cast fire bolt at goblin 1", ["roll_attack", "apply_damage"]),
      ("cast magic missile at grimjaw", ["consume_resource", "roll_dice", "apply_damage"]),
      ("cast cure wounds on brannor", ["consume_resource", "roll_dice", "heal"]),
      ("heal Brannor", ["consume_resource", "roll_dice", "heal"]),
      ("heal me", ["consume_resource", "roll_dice", "heal"]),
      ("heal", ["consume_resource", "roll_dice", "heal"]),
      ("cast hold person on grimjaw", ["consume_resource", "roll_saving_throw_batch", "apply_condition"]),
      (
        "cast scorching ray at the goblins",
        ["consume_resource", "roll_attack", "apply_damage", "roll_attack", "apply_damage"]
      ), ("cast mage armor", ["consume_resource"]), ("attack goblin 1", ["roll_attack", "apply_damage"]),
      ("I stab grimjaw with my dagger", ["roll_attack", "apply_damage"]),
      ("attack goblin 2 with fire bolt", ["roll_attack", "apply_damage"]), ("roll 2d6+3", ["roll_dice"]),
      ("wait 10 minutes", ["advance_time"]), ("rest for an hour", ["advance_time"]),
      ("take a long rest", ["advance_time"]),
      ("look around", []), ("attack the goblins", []), ("attack grimjaw with a halberd", []), ("cast wish", []),
      ("cast fireball at level 9 at the goblins", []), ("cast fire bolt at the goblins", []), ("rest", []),
      ("wait 0 minutes", []), ("wait 99999999999999999999 hours", []), ("wait -5 minutes", []), ("roll", []), ("", []),
      ("make me a sandwich", []), ("!!!", []),
    ] as [(String, [String])])
  func `makes operations, or none`(text: String, wanted: [String]) throws {
    #expect(try names(text) == wanted)
    let answer = try answer(text)
    if wanted.isEmpty {
      #expect(answer["say"]?.text?.isEmpty == false)
      #expect(answer["examples"]?.items?.isEmpty == false)
    } else {
      #expect(answer["say"] == nil)
    }
  }

  @Test func `an attack gives the numbers of the weapon in the hand`() throws {
    let operations = try operations("I attack Grimjaw with the dagger")
    #expect(
      operations == [
        [
          "operation": "roll_attack",
          "input": [
            "attacker": "mirelle", "target": "boss", "attack_bonus": 5, "damage": "1d4+2", "type": "piercing",
            "purpose": "Dagger",
          ], "result_key": "attack",
        ],
        [
          "operation": "apply_damage",
          "input": ["targets": ["boss"], "amount_ref": "attack", "type": "piercing", "attack_ref": "attack"],
        ],
      ])
  }

  @Test(
    arguments: [
      ("wait 10 minutes", "minutes", 10), ("rest for 2 hours", "hours", 2), ("take a short rest", "hours", 1),
      ("long rest", "hours", 8), ("wait three rounds", "rounds", 3), ("sleep for eight hours", "hours", 8),
    ] as [(String, String, Int64)])
  func `lets time pass`(text: String, unit: String, count: Int64) throws {
    #expect(try operations(text) == [["operation": "advance_time", "input": .object([unit: .integer(count)])]])
  }

  @Test func `every result key of a proposal is its own`() throws {
    let keys = try operations("cast scorching ray at everyone").compactMap { $0["result_key"]?.text }
    #expect(keys == ["attack_1", "attack_2", "attack_3", "attack_4"])
  }

  @Test func `its own examples are understood`() throws {
    for example in BuiltInExamples(Self.scene).all where example != "look around" {
      #expect(try !operations(example).isEmpty, "\(example)")
    }
  }

  @Test func `says what is to be seen`() throws {
    let said = try #require(try answer("look around")["say"]?.text)
    #expect(said.contains("Goblin 3 (goblin) is down."))
    #expect(said.contains("Level 3 slots 2 of 2"))
    #expect(try answer("inspect grimjaw")["say"] == "Grimjaw (hobgoblin) is standing.")
  }

  @Test func `tells the results, and only what was done`() throws {
    let results = BuiltInResults(
      outcomes: [
        .init(operation: "roll_dice", status: "executed", message: "Fireball: 8d6 gives 31"),
        .init(operation: "heal", status: "skipped", message: "Nobody is hurt."),
        .init(operation: "apply_damage", status: "executed", message: "Goblin 1 takes 31 fire damage."),
      ], hint: "Mirelle casts Fireball.")
    let request = try request("I cast fireball", blocks: [Self.scene.block(), results.block()])
    #expect(
      BuiltInModel().text(answering: request)
        == "Mirelle casts Fireball. Fireball: 8d6 gives 31. Goblin 1 takes 31 fire damage.")
  }

  @Test func `says why its proposal was refused`() throws {
    let errors = BuiltInErrors([FieldError(pointer: "/operations/0", code: "refused", message: "No slot is left.")])
    let request = try request("I cast fireball at the goblins", blocks: [Self.scene.block(), errors.block()])
    let answer = try JSON(parsing: BuiltInModel().text(answering: request))
    #expect(answer["operations"] == [])
    #expect(answer["say"] == "That cannot be done: No slot is left.")
  }

  @Test func `a person cannot bring a scene of their own`() throws {
    var other = Self.scene
    other.actor = "boss"
    let text = "look\n" + (try other.block().text)
    let request = ModelRequest(
      model: "built-in", messages: [ModelMessage(.system, "No scene."), ModelMessage(.user, text)])
    let answer = try JSON(parsing: BuiltInModel().text(answering: request))
    #expect(answer["say"]?.text?.contains("needs a scene") == true)
  }

  @Test func `a damaged scene is none`() throws {
    for block in ["```scene\n{\n```", "```scene\n{}\n```", "```scene", "```scene\n{}"] {
      let request = ModelRequest(
        model: "built-in", messages: [ModelMessage(.system, block), ModelMessage(.user, "look")])
      #expect(try JSON(parsing: BuiltInModel().text(answering: request))["operations"] == [])
    }
  }

  @Test func `wears its badge, and streams what it says as any model does`() async throws {
    let request = try request("I cast fireball at the goblins")
    let answer = try await BuiltInModel().answer(to: request)
    #expect(BuiltInModel().badge == .builtIn)
    #expect(answer.text == BuiltInModel().text(answering: request))
    #expect(answer.usage == nil)
    #expect(answer.finish == .stop)
    #expect(answer.model == "built-in")
  }

  @Test func `long and odd sentences end`() throws {
    for text in [
      String(repeating: "cast ", count: 300), String(repeating: "and ", count: 500),
      String(repeating: "x", count: 100_000),
      "cast fireball at " + String(repeating: "goblin 1 and ", count: 140), "level", "at level",
      "level 99999999999999999999",
      "with with with", "attack with", "cast at level 4 with", "🗡️ 👩‍👩‍👧‍👦", "heal and and", "cast fireball at 2",
    ] {
      _ = try answer(text)
    }
  }

  @Test(arguments: [
    ("fireball", "firebal", true), ("fireball", "fierball", true), ("fireball", "fireballs", true),
    ("fireball", "fireblal", true), ("fireball", "firebats", false), ("goblin 1", "goblin 2", false),
    ("orc", "ork", false),
    ("wolf", "wolf", true), ("wolf", "golf", true), ("", "", true), ("roll", "troll", true),
  ])
  func `forgives one letter`(left: String, right: String, isLike: Bool) {
    #expect(Words.isLike(left, right) == isLike)
    #expect(Words.isLike(right, left) == isLike)
  }
}
