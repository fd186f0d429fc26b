import Inference
import Proposals
import StrictJSON

/// What a model is told of a campaign: the time, the one who acts, everybody there, the conditions of its own.
struct CampaignBrief {
  private let campaign: Campaign

  init(_ campaign: Campaign) { self.campaign = campaign }

  func brief() throws -> TurnBrief {
    let actor = campaign.creatures.first { $0.id == campaign.acting }
    var sections = [
      TurnBrief.Section(
        "campaign", "\(campaign.name). \(campaign.summary)\nTime: \(campaign.time).", short: "\(campaign.name)")
    ]
    if let actor {
      sections.append(
        TurnBrief.Section("who acts", CreatureText(actor).whole, short: CreatureText(actor).withoutSpells))
    }
    let others = campaign.creatures.filter { $0.id != campaign.acting }
    if !others.isEmpty {
      sections.append(
        TurnBrief.Section(
          "others", others.map { CreatureText($0).line }.joined(separator: "\n"),
          short: others.filter { $0.status == .up }.map { CreatureText($0).shortLine }.joined(separator: "\n")))
      let helpers = others.filter { $0.kind != .enemy && ($0.spellcasting != nil || !$0.resources.isEmpty) }
      sections += helpers.map { TurnBrief.Section($0.name, CreatureText($0).whole) }
    }
    if !campaign.conditions.isEmpty {
      let lines = campaign.conditions.map { "\($0.name): \($0.summary)" }
      sections.append(TurnBrief.Section("conditions of this campaign", lines.joined(separator: "\n")))
    }
    return TurnBrief(
      opening: campaign.opening, sections: sections, blocks: [try campaign.builtInScene(actor: actor).block()])
  }
}

/// A creature as a model reads it: ids first, numbers with every bonus already in them.
struct CreatureText {
  private let creature: Creature

  init(_ creature: Creature) { self.creature = creature }

  var whole: String { ([withoutSpells] + spells).joined(separator: "\n") }

  var withoutSpells: String { ([line] + resources + attacks + bonuses).joined(separator: "\n") }

  /// One line with everything that others see and dice need.
  var line: String {
    var parts = [shortLine]
    parts.append(
      "saves "
        + Ability.allCases.map { "\($0.rawValue) \(signed(creature.saves[$0]))" }.joined(separator: ", "))
    if let area = creature.area { parts.append("stands: \(area)") }
    if !creature.tags.isEmpty { parts.append(creature.tags.joined(separator: ", ")) }
    for (word, types) in [
      ("resists", creature.resistances), ("immune to", creature.immunities),
      ("vulnerable to", creature.vulnerabilities),
    ] where !types.isEmpty {
      parts.append("\(word) \(types.map(\.rawValue).joined(separator: ", "))")
    }
    return parts.joined(separator: "; ")
  }

  var shortLine: String {
    let points = creature.hitPoints
    let temporary = points.temporary > 0 ? " and \(points.temporary) temporary" : ""
    var text =
      "\(creature.id): \(creature.name), \(creature.kind.rawValue), level \(creature.level), AC \(creature.ac), "
      + "\(points.current)/\(points.max)\(temporary) hit points"
    if creature.status != .up { text += ", \(creature.status.rawValue)" }
    if !creature.conditions.isEmpty { text += ", \(creature.conditions.map(\.name).joined(separator: ", "))" }
    return text
  }

  private var resources: [String] {
    creature.resources.map { "resource \($0.id): \($0.name), \($0.current) of \($0.max) left" }
  }

  private var attacks: [String] {
    creature.attacks.map { "attack \($0.name): \(signed($0.bonus)) to hit, \($0.damage) \($0.type.rawValue)" }
  }

  private var bonuses: [String] {
    guard !creature.bonuses.isEmpty else { return [] }
    let lines = creature.bonuses.map { bonus in
      let numbers = [("AC", bonus.ac), ("attack", bonus.attack), ("saves", bonus.saves), ("spell DC", bonus.spellDC)]
        .compactMap { name, value in value.map { "\(signed($0)) \(name)" } }
      return "  \(bonus.source): \(numbers.joined(separator: ", "))"
    }
    return ["Computed bonuses (auto-applied; every number here includes them already, do not add them):"] + lines
  }

  private var spells: [String] {
    creature.spells.map { spell in
      var parts = ["spell \(spell.name): level \(spell.level)"]
      if let resource = spell.resource { parts.append("takes 1 \(resource)") }
      if let attack = spell.attack { parts.append("attack \(signed(attack))") }
      if let save = spell.saveAbility, let dc = spell.dc { parts.append("\(save.rawValue) save, dc \(dc)") }
      if let damage = spell.damage { parts.append("\(damage) \(spell.damageType?.rawValue ?? "damage")") }
      if let effect = spell.onSave { parts.append("\(effect.rawValue) on a save") }
      if let healing = spell.healing { parts.append("heals \(healing)") }
      if let condition = spell.condition { parts.append("condition \(condition)") }
      parts += [spell.area, spell.range, spell.note].compactMap(\.self)
      return parts.joined(separator: "; ")
    }
  }

  private func signed(_ number: Int64) -> String { number < 0 ? "\(number)" : "+\(number)" }
}
