import StrictJSON
import TestKit

/// Plants faults in proposals: those of a model on a bad day, and those of somebody who wants to break something.
struct FaultMaker {
  let random: SeededRandom
  /// Ids of campaigns and creatures that are somewhere else.
  let strangers: [String]

  private static let absurd: [JSON] = [
    0, -1, -100, 100_001, .integer(.max), .integer(.min), 1.5, 1e300, -0.0, .null, true, "", "12", [], [:], [[[]]],
    "'; DROP TABLE journal; --", "\u{202e}\u{1f600}\u{301}", .string(String(repeating: "x", count: 20_000)),
  ]

  private static let members = [
    "target", "targets", "amount", "type", "saves", "attack", "notation", "attacker", "creature", "resource",
    "condition", "rounds", "dc", "ability", "on_save", "temporary", "hours", "until", "purpose", "variables",
  ]

  /// One to three faults.
  func spoil(_ draft: DraftProposal) -> DraftProposal {
    var draft = draft
    for _ in 0...random.below(3) where !draft.steps.isEmpty { spoilOnce(&draft) }
    return draft
  }

  private func spoilOnce(_ draft: inout DraftProposal) {
    let place = random.below(draft.steps.count)
    switch random.below(19) {
    case 0: draft.steps[place].operation = one(of: ["rol_dice", "cast_spell", "", "ROLL_DICE", "undo", "rotate_seed"])
    case 1: draft.steps[place].input[nameMember(of: draft.steps[place])] = one(of: strangers + ["nobody", "mira"])
    case 2: draft.steps[place].input["resource"] = one(of: ["slot_99", "slotz", "luck ", "Slots"])
    case 3: for index in draft.steps.indices { draft.steps[index].key = "same" }
    case 4: draft.steps.reverse()
    case 5: draft.steps[place].input["amount_ref"] = one(of: ["nothing", "a0", "b1", "same", ""])
    case 6: draft.steps[place].input["saves_ref"] = one(of: ["a0", "b0", "a1", "/operations/0", "🎲"])
    case 7: draft.steps[place].input["attack_ref"] = Self.absurd[random.below(Self.absurd.count)]
    case 8: draft.steps[place].input["amount"] = Self.absurd[random.below(Self.absurd.count)]
    case 9: draft.steps[place].input["campaign"] = one(of: strangers)
    case 10: draft.steps[place].input["__proto__"] = ["amount": 1]
    case 11: draft.steps[place].input = [:]
    case 12: draft.steps[place].isRequired = random.below(2) == 0
    case 13: draft.steps[place].more["on_failure"] = one(of: ["abort", "ignore", "retry"])
    case 14: draft.steps[place].more["permission"] = "owner"
    case 15: draft.steps[place].input["targets"] = crowd()
    case 16: draft.steps[place].input["notation"] = one(of: Self.notations)
    case 17: draft.steps.insert(draft.steps[place], at: place)
    default:
      let member = Self.members[random.below(Self.members.count)]
      draft.steps[place].input[member] = Self.absurd[random.below(Self.absurd.count)]
    }
  }

  private static let notations = [
    "", "d", "0d6", "-8d6", "999999999999d6", "1d0", "2d6 + ", "1/0", "100d1000000", "(((((1)))))", "8d6; 1d4", "{a}d6",
    "99999999999999999999", "1d20 ** 99", "2d20kh9", "d%", "1d6!", "１d６",
  ]

  /// A member that names somebody, where the step has one.
  private func nameMember(of step: DraftProposal.Step) -> String {
    ["target", "attacker", "creature"].first { step.input[$0] != nil } ?? "target"
  }

  private func crowd() -> JSON {
    switch random.below(3) {
    case 0: .array(Array(repeating: .string(strangers[0]), count: 101))
    case 1: .array([.string(strangers[0]), .string(strangers[0])])
    default: .array([])
    }
  }

  /// A text that no honest author writes.
  func hostileText(after draft: DraftProposal) -> String {
    let text = draft.document.canonicalText()
    let step = draft.steps.first?.document.canonicalText() ?? "{}"
    switch random.below(16) {
    case 0: return "Here is the plan:\n\(text)\nGood luck!"
    case 1: return String(text.prefix(random.below(text.count + 1)))
    case 2: return #"{"operations":\#(String(repeating: "[", count: 1 + random.below(5_000)))"#
    case 3:
      return #"{"operations":[\#(Array(repeating: step, count: 101 + random.below(10_000)).joined(separator: ","))]}"#
    case 4: return #"{"operations":[],"operations":[\#(step)]}"#
    case 5: return #"{"operations":[{"operation":"heal","input":{"amount":\#(number())}}]}"#
    case 6: return "\u{feff}\(text)"
    case 7: return #"{"operations":[{"operation":"roll_dice\u0000","input":{"notation":"\ud800"}}]}"#
    case 8: return ["null", "[]", "7", "\"roll_dice\"", "{}", "", " ", "tru", "[\(text)]"][random.below(9)]
    case 9: return #"{"operations":[{"operation":"heal","input":\#(nested(1 + random.below(900)))}]}"#
    case 10: return #"{"say":"\#(String(repeating: "y", count: 9_000))","operations":[\#(step)]}"#
    case 11: return #"{"operations":{"0":\#(step)},"ops":[\#(step)]}"#
    case 12: return flipped(text)
    case 13: return #"{"operations":[],"say":null}"#
    case 14: return "```json\n\(text)\n```"
    default: return manyMembers()
    }
  }

  private func number() -> String {
    ["1e400", "-1e400", "9223372036854775808", "0x10", "01", "+1", "NaN", ".5", "1e", "-"][random.below(10)]
  }

  private func nested(_ depth: Int) -> String {
    String(repeating: #"{"a":["#, count: depth) + "1" + String(repeating: "]}", count: depth)
  }

  private func manyMembers() -> String {
    let members = (0..<2_000).map { #""m\#($0)":\#($0)"# }.joined(separator: ",")
    return #"{"operations":[{"operation":"apply_damage","input":{\#(members)}}]}"#
  }

  /// With one to five bytes changed.
  private func flipped(_ text: String) -> String {
    var bytes = Array(text.utf8)
    for _ in 0...random.below(5) { bytes[random.below(bytes.count)] = UInt8(0x20 + random.below(0x5f)) }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func one(of names: [String]) -> JSON { .string(names[random.below(names.count)]) }
  private func one(of names: [String]) -> String { names[random.below(names.count)] }
}
