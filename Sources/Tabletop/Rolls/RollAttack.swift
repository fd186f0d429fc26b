import Dice
package import Operations
package import StrictJSON

/// Rolls an attack and, when it hits, its damage. Changes nothing: ``ApplyDamage`` does.
package struct RollAttack: CampaignOperation {
  package static let name = "roll_attack"
  package static let about = OperationAbout(
    "Roll an attack",
    "Rolls a d20 against the target's armor class and, on a hit, the damage. A natural 20 hits and doubles the dice, a "
      + "natural 1 misses. Take a weapon of the attacker's sheet, or give attack_bonus, damage and type. Nobody is hurt "
      + "before apply_damage.",
    example: Input(
      campaign: "salt_road", attacker: "pc_mira", target: "goblin_1", weapon: "Quarterstaff", attackBonus: nil,
      damage: nil, type: nil, advantage: nil, purpose: nil))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let campaign, attacker, target: String
    package let weapon: String?
    package let attackBonus: Int64?
    package let damage: DamageNotation?
    package let type: DamageType?
    package let advantage: Advantage?
    package let purpose: String?

    private enum CodingKeys: String, CodingKey {
      case campaign, attacker, target, weapon
      case attackBonus = "attack_bonus"
      case damage, type, advantage, purpose
    }

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "An attack",
        properties: [
          "campaign": Fields.campaign, "attacker": .init("The id of who attacks.", .length(1...100)),
          "target": .init("The id of who is attacked.", .length(1...100)),
          "weapon": .init("One of the attacker's attacks, by name.", .length(1...80)),
          "attack_bonus": .init(
            "Without a weapon: added to the d20, all bonuses included. Left out, it is the attacker's spell attack.",
            .integers(-10...30)),
          "damage": .init("Without a weapon: what a hit does, as 1d10 + 3."),
          "type": .init("Without a weapon: the kind of damage."),
          "advantage": .init("Rolls two d20s and takes the better or the worse."), "purpose": Fields.purpose,
        ])
    }
  }

  package let store: CampaignStore

  package func decide(
    _ input: Input, _ context: inout OperationContext
  ) throws -> Decision<AttackResult, CampaignChange> {
    let scene = try Scene(input.campaign, store, in: context.state)
    var faults: [FieldError] = []
    let attacker = try scene.creature(input.attacker, at: "/attacker", &faults)
    let target = try scene.creature(input.target, at: "/target", &faults)
    let means = attacker.flatMap { AttackMeans(input, of: $0, &faults) }
    try faults.demandNone()
    guard let attacker, let target, let means else { return try Self.unreachable() }
    let test = try DiceExpression(parsing: (input.advantage ?? .none).notation).bind()
    let normal = try means.damage.dice(isCritical: false)
    let critical = try means.damage.dice(isCritical: true)
    let result = try context.roll { source in
      let d20 = try test.roll(using: &source)
      let total = d20.total + means.bonus
      let isHit = d20.total == 20 || (d20.total != 1 && total >= target.ac)
      let damage = isHit ? try (d20.total == 20 ? critical : normal).roll(using: &source) : nil
      return AttackResult(
        attacker: "\(attacker.id)", target: "\(target.id)", name: target.name, weapon: means.weapon, hit: isHit,
        critical: d20.total == 20, ac: target.ac,
        attack: .init(dice: DiceOutcome(d20), bonus: means.bonus, total: total),
        damage: .init(total: max(0, damage?.total ?? 0), type: means.type, dice: damage.map { DiceOutcome($0) }),
        includes: attacker.bonuses.filter { $0.attack != nil })
    }
    let chance = result.damage.dice.flatMap { dice in
      (result.critical ? critical : normal).percentile(of: dice.total)?.description
    }
    return Decision(
      output: result, changes: [], summary: result.message(by: attacker.name),
      display: OperationDisplay(
        .attack, result.message(by: attacker.name), compact: result.compact, chance: chance))
  }

  /// Every nil has noted a fault, which was thrown.
  private static func unreachable() throws -> Decision<AttackResult, CampaignChange> {
    throw OperationError(.internalMistake, "An attack lost its attacker, its target or its means.")
  }
}

/// What an attack is made with.
private struct AttackMeans {
  let weapon: String?
  let bonus: Int64
  let damage: DamageNotation
  let type: DamageType

  /// Nil when the input does not say; the faults do then.
  init?(_ input: RollAttack.Input, of attacker: Creature, _ faults: inout [FieldError]) {
    if let name = input.weapon {
      for (field, isGiven) in [
        ("attack_bonus", input.attackBonus != nil), ("damage", input.damage != nil), ("type", input.type != nil),
      ] where isGiven {
        faults.append(
          FieldError(
            pointer: "/\(field)", code: "exclusive", message: "The weapon says its \(field); give one of them."))
      }
      guard let attack = attacker.attacks.first(where: { $0.name.lowercased() == name.lowercased() }) else {
        let known = attacker.attacks.map(\.name)
        faults.append(
          .unknown(
            "weapon", name, in: " of \(attacker.id)", among: known, suggesting: known.nearest(to: name), at: "/weapon"))
        return nil
      }
      (weapon, bonus, damage, type) = (attack.name, attack.bonus, attack.damage, attack.type)
      return
    }
    let bonus = input.attackBonus ?? attacker.spellcasting?.attack
    for (field, isMissing) in [
      ("attack_bonus", bonus == nil), ("damage", input.damage == nil), ("type", input.type == nil),
    ] where isMissing {
      faults.append(
        FieldError(
          pointer: "/\(field)", code: "missing", message: "Without a weapon the attack needs \(field).",
          allowed: field == "type" ? DamageType.allCases.map(\.rawValue) : nil))
    }
    guard let bonus, let damage = input.damage, let type = input.type else { return nil }
    (weapon, self.bonus, self.damage, self.type) = (nil, bonus, damage, type)
  }
}

extension AttackResult {
  /// “Mira → Goblin 1: 17 + 6 = 23 vs AC 15, hit, 9 fire damage”.
  fileprivate func message(by attacker: String) -> String {
    let sign = attack.bonus < 0 ? "-" : "+"
    let test = "\(attack.dice.total) \(sign) \(abs(attack.bonus)) = \(attack.total) vs AC \(ac)"
    let sources = includes.map { "+\($0.attack ?? 0) from \($0.source)" }
    let included = sources.isEmpty ? "" : " (including \(enumeration(sources)))"
    let end =
      hit ? "\(critical ? "critical hit" : "hit"), \(damage.total) \(damage.type.rawValue) damage" : "miss"
    return "\(attacker) → \(name): \(test)\(included), \(end)"
  }

  fileprivate var compact: String {
    hit ? "\(critical ? "Critical" : "Hit"): \(damage.total) \(damage.type.rawValue)" : "Miss"
  }
}
