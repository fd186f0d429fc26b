import StrictJSON
import TestKit

/// Makes campaign files: everything that the format allows, and nothing that it does not.
struct CampaignMaker {
  let random: SeededRandom

  static let abilities = ["strength", "dexterity", "constitution", "intelligence", "wisdom", "charisma"]
  static let damage = ["acid", "cold", "fire", "force", "lightning", "necrotic", "piercing", "poison", "radiant"]
  static let conditions = ["blinded", "charmed", "frightened", "paralyzed", "poisoned", "prone", "restrained"]

  func campaign(_ id: String) -> JSON {
    let creatures = (0...random.below(8)).map { creature("c\($0)-\(word())") }
    return [
      "version": 1, "id": .string(id), "name": .string("The \(word()) of \(word())"), "summary": .string(word()),
      "opening": .string("Nobody had been to \(word()) for \(1 + random.below(90)) days."),
      "time": [
        "day": number(1...400), "hour": number(0...23), "minute": number(0...59), "second": number(0...59),
      ],
      "acting": creatures[0]["id"] ?? .null,
      "conditions": [["name": "hexed", "summary": "Something looks over its shoulder."]],
      "creatures": .array(creatures),
    ]
  }

  private func creature(_ id: String) -> JSON {
    let most = 1 + random.below(200)
    let current = random.below(most + 1)
    return [
      "id": .string(id), "name": .string("\(word()) \(id)"), "kind": one(of: ["player", "npc", "enemy"]),
      "level": number(0...20), "ac": number(8...22),
      "hit_points": ["current": .integer(Int64(current)), "max": .integer(Int64(most)), "temporary": number(0...5)],
      "abilities": numbers(3...20), "saves": numbers(-2...9),
      "spellcasting": ["attack": number(2...11), "dc": number(10...19)],
      "attacks": [
        [
          "name": "Claw", "bonus": number(-1...9), "damage": one(of: ["1d4", "2d6 + 3", "1d8 - 1"]), "type": "slashing",
        ],
        ["name": .string("Long \(word())"), "bonus": number(0...12), "damage": "1d10 + 1d4 + 2", "type": "piercing"],
      ],
      "bonuses": [["source": "Ring", "ac": 1, "attack": 1]],
      "resistances": some(of: Self.damage), "immunities": some(of: Self.damage),
      "vulnerabilities": some(of: Self.damage),
      "condition_immunities": some(of: Self.conditions),
      // Plenty, so that a spent resource is a fault now and then and not the rule.
      "resources": [
        ["resource_id": "slots", "display_name": "Slots", "current": 9_000, "max": 9_000, "recharge": "long_rest"],
        ["resource_id": "luck", "display_name": "Luck", "current": number(0...3), "max": 3, "recharge": "dawn"],
      ],
    ]
  }

  private func numbers(_ range: ClosedRange<Int64>) -> JSON {
    .object(JSONObject(distinct: Self.abilities.map { ($0, number(range)) }))
  }

  private func some(of names: [String]) -> JSON {
    .array(names.filter { _ in random.below(9) == 0 }.map { .string($0) })
  }

  private func one(of names: [String]) -> JSON { .string(names[random.below(names.count)]) }

  private func number(_ range: ClosedRange<Int64>) -> JSON {
    .integer(range.lowerBound + Int64(random.below(Int(range.upperBound - range.lowerBound) + 1)))
  }

  /// Something to be called: `reedal`.
  private func word() -> String {
    let parts = ["ash", "bell", "crow", "dun", "elm", "fen", "gor", "hal", "reed", "salt", "thorn", "wick"]
    return (0...1).map { _ in parts[random.below(parts.count)] }.joined()
  }
}
