import StrictJSON
import TestKit

/// Writes proposals for a campaign, as a model would on a good day: every one could be executed, unless something is spent
/// or the dice are against it.
struct ProposalMaker {
  let random: SeededRandom
  let campaign: CampaignView

  /// One to six deeds; seldom as many steps as a proposal may have.
  func proposal() -> DraftProposal {
    var draft = DraftProposal()
    let deeds = random.below(40) == 0 ? 60 : 1 + random.below(6)
    for number in 0..<deeds {
      let steps = optional(deed(number))
      guard draft.steps.count + steps.count <= 100 else { break }
      draft.steps += steps
    }
    if random.below(4) == 0 { draft.more["say"] = "Done, as you wished." }
    if random.below(9) == 0 { draft.more["examples"] = ["I look around.", "I wait."] }
    return draft
  }

  /// Nobody has to succeed at everything.
  private func optional(_ steps: [DraftProposal.Step]) -> [DraftProposal.Step] {
    guard random.below(6) == 0 else { return steps }
    return steps.map { step in
      var step = step
      // Now and then what needs the result stays required, and brings the whole down with it.
      step.isRequired = random.below(12) == 0
      return step
    }
  }

  /// Names results after the deed, so that no two deeds have a name in common.
  private func deed(_ number: Int) -> [DraftProposal.Step] {
    let (first, second) = ("a\(number)", "b\(number)")
    switch random.below(14) {
    case 0, 1: return strike(first)
    case 2: return ray(first)
    case 3, 4, 5: return blast(first, second)
    case 6: return [roll("2d4 + 2", first), heal(["amount_ref": .string(first)])]
    case 7: return [heal(["amount": number1(12), "temporary": true])]
    case 8: return hex(first)
    case 9: return [condition(["target": someone()])]
    case 10: return spend().map { [$0] } ?? [wait()]
    case 11: return [wait()]
    case 12: return gamble(first)
    default: return [roll("{level}d6 + 1d4", first, ["level": number1(5)])]
    }
  }

  private func strike(_ key: String) -> [DraftProposal.Step] {
    let attacker = someone().text ?? ""
    guard let weapons = campaign.weapons[attacker] else { return ray(key) }
    return [
      DraftProposal.Step(
        "roll_attack",
        ["attacker": .string(attacker), "target": someone(), "weapon": one(of: weapons), "advantage": advantage()],
        key: key),
      DraftProposal.Step("apply_damage", ["attack_ref": .string(key)]),
    ]
  }

  private func ray(_ key: String) -> [DraftProposal.Step] {
    let target = someone()
    return [
      DraftProposal.Step(
        "roll_attack",
        [
          "attacker": one(of: campaign.casters.isEmpty ? campaign.creatures : campaign.casters), "target": target,
          "attack_bonus": number1(9), "damage": "2d6", "type": one(of: CampaignMaker.damage),
        ], key: key),
      DraftProposal.Step("apply_damage", ["target": target, "amount_ref": .string(key), "type": "force"]),
    ]
  }

  private func blast(_ dice: String, _ saves: String) -> [DraftProposal.Step] {
    let targets = crowd()
    let damage: [DraftProposal.Step] = [
      roll("8d6[fire]", dice), save(targets, saves),
      DraftProposal.Step(
        "apply_damage",
        [
          "targets": targets, "amount_ref": .string(dice), "type": one(of: CampaignMaker.damage),
          "saves_ref": .string(saves), "on_save": one(of: ["half", "none", "full"]),
        ]),
    ]
    return (random.below(2) == 0 ? spend().map { [$0] } ?? [] : []) + damage
  }

  private func hex(_ saves: String) -> [DraftProposal.Step] {
    let targets = crowd()
    return [save(targets, saves), condition(["targets": targets, "saves_ref": .string(saves)])]
  }

  /// Whether this can be is up to the dice.
  private func gamble(_ key: String) -> [DraftProposal.Step] {
    random.below(2) == 0
      ? [roll("1d20 - 4", key), heal(["amount_ref": .string(key)])] : [roll("10 // (1d8 - 1)", key)]
  }

  private func roll(_ notation: String, _ key: String, _ variables: JSON? = nil) -> DraftProposal.Step {
    var input: JSONObject = ["notation": .string(notation), "purpose": "Whatever comes"]
    input["variables"] = variables
    return DraftProposal.Step("roll_dice", input, key: key)
  }

  private func save(_ targets: JSON, _ key: String) -> DraftProposal.Step {
    DraftProposal.Step(
      "roll_saving_throw_batch",
      ["targets": targets, "ability": one(of: CampaignMaker.abilities), "dc": number1(25), "advantage": advantage()],
      key: key)
  }

  private func heal(_ more: JSONObject) -> DraftProposal.Step {
    var input: JSONObject = ["target": someone()]
    for (key, value) in more { input[key] = value }
    return DraftProposal.Step("heal", input)
  }

  private func condition(_ whom: JSONObject) -> DraftProposal.Step {
    var input: JSONObject = ["condition": one(of: CampaignMaker.conditions), "source": "A curse"]
    if random.below(3) > 0 { input["rounds"] = number1(20) }
    for (key, value) in whom { input[key] = value }
    return DraftProposal.Step("apply_condition", input)
  }

  private func spend() -> DraftProposal.Step? {
    let creature = someone().text ?? ""
    guard let resources = campaign.resources[creature], let plenty = resources.first else { return nil }
    let resource = random.below(20) == 0 ? one(of: resources) : .string(plenty)
    return DraftProposal.Step(
      "consume_resource", ["creature": .string(creature), "resource": resource, "amount": 1])
  }

  private func wait() -> DraftProposal.Step {
    DraftProposal.Step("advance_time", [["rounds", "minutes", "seconds", "hours"][random.below(4)]: number1(9)])
  }

  // MARK: Chance

  private func someone() -> JSON { one(of: campaign.creatures) }

  private func crowd() -> JSON {
    let named = campaign.creatures.filter { _ in random.below(3) > 0 }
    return .array((named.isEmpty ? [campaign.creatures[0]] : named).map { .string($0) })
  }

  private func advantage() -> JSON { one(of: ["none", "none", "advantage", "disadvantage"]) }
  private func one(of names: [String]) -> JSON { .string(names[random.below(names.count)]) }
  private func number1(_ most: Int) -> JSON { .integer(Int64(1 + random.below(most))) }
}
