import StrictJSON

/// The operations that a spell is made of.
struct SpellPlan {
  let spell: BuiltInScene.Spell
  let actor: String
  let targets: [String]
  /// The level it is cast at, where that is not its own.
  var upcast: BuiltInScene.Upcast?

  var operations: [JSON] {
    var operations = cost
    if let bonus = spell.attackBonus, let damage {
      operations += targets.enumerated().flatMap { attack($0.element, bonus, damage, key: key("attack", $0.offset)) }
    } else {
      operations += rolls + effects
    }
    return operations
  }

  private var damage: String? { upcast?.damage ?? spell.damage }
  private var healing: String? { upcast?.heal ?? spell.heal }
  private var hasSave: Bool { spell.save != nil && spell.dc != nil && !targets.isEmpty }
  private var targetList: JSON { .array(targets.map { .string($0) }) }

  private var cost: [JSON] {
    guard let resource = upcast?.resource ?? spell.resource else { return [] }
    return [
      .operation(
        "consume_resource",
        ["creature": .string(actor), "resource": .string(resource), "amount": 1, "purpose": .string(spell.name)])
    ]
  }

  private var rolls: [JSON] {
    var rolls: [JSON] = []
    if let damage { rolls.append(roll(damage, key: "damage")) }
    if let healing { rolls.append(roll(healing, key: "healing")) }
    if hasSave, let save = spell.save, let dc = spell.dc {
      rolls.append(
        .operation(
          "roll_saving_throw_batch",
          ["targets": targetList, "ability": .string(save), "dc": .integer(dc), "purpose": .string(spell.name)],
          key: "saves"))
    }
    return rolls
  }

  private var effects: [JSON] {
    var effects: [JSON] = []
    if damage != nil, !targets.isEmpty {
      var input: JSONObject = ["targets": targetList, "amount_ref": "damage", "type": .string(spell.type ?? "force")]
      if hasSave {
        input["saves_ref"] = "saves"
        input["on_save"] = .string(spell.onSave ?? "none")
      }
      effects.append(.operation("apply_damage", input))
    }
    if healing != nil, !targets.isEmpty {
      effects.append(.operation("heal", ["targets": targetList, "amount_ref": "healing"]))
    }
    if let condition = spell.condition, !targets.isEmpty {
      var input: JSONObject = ["targets": targetList, "condition": .string(condition)]
      if let rounds = spell.rounds { input["rounds"] = .integer(rounds) }
      if hasSave { input["saves_ref"] = "saves" }
      effects.append(.operation("apply_condition", input))
    }
    return effects
  }

  private func roll(_ notation: String, key: String) -> JSON {
    .operation("roll_dice", ["notation": .string(notation), "purpose": .string(spell.name)], key: key)
  }

  private func attack(_ target: String, _ bonus: Int64, _ damage: String, key: String) -> [JSON] {
    JSON.attack(
      by: actor, on: target, bonus: bonus, damage: damage, type: spell.type ?? "force", purpose: spell.name, key: key)
  }

  private func key(_ name: String, _ place: Int) -> String { targets.count == 1 ? name : "\(name)_\(place + 1)" }
}

extension JSON {
  /// One operation of a proposal.
  static func operation(_ name: String, _ input: JSONObject, key: String? = nil) -> JSON {
    var members: JSONObject = ["operation": .string(name), "input": .object(input)]
    if let key { members["result_key"] = .string(key) }
    return .object(members)
  }

  /// A roll to hit, and the damage when it does.
  static func attack(
    by attacker: String, on target: String, bonus: Int64, damage: String, type: String, purpose: String, key: String
  ) -> [JSON] {
    [
      .operation(
        "roll_attack",
        [
          "attacker": .string(attacker), "target": .string(target), "attack_bonus": .integer(bonus),
          "damage": .string(damage), "type": .string(type), "purpose": .string(purpose),
        ], key: key),
      .operation(
        "apply_damage",
        [
          "targets": [.string(target)], "amount_ref": .string(key), "type": .string(type), "attack_ref": .string(key),
        ]),
    ]
  }
}
