import Inference

extension Campaign {
  /// The campaign as the built-in model sees it.
  func builtInScene(actor: Creature?) -> BuiltInScene {
    BuiltInScene(
      campaign: name, actor: "\(acting)",
      creatures: creatures.map { creature in
        BuiltInScene.Creature(
          id: "\(creature.id)", name: creature.name,
          kind: creature.kind == .enemy ? creature.tags.first ?? "enemy" : "character", isDown: creature.status != .up)
      },
      resources: (actor?.resources ?? []).map {
        BuiltInScene.Resource(id: "\($0.id)", name: $0.name, current: $0.current, max: $0.max)
      },
      spells: (actor?.spells ?? []).map { $0.builtInSpell(of: actor) },
      weapons: (actor?.attacks ?? []).map {
        BuiltInScene.Weapon(name: $0.name, attackBonus: $0.bonus, damage: "\($0.damage)", type: $0.type.rawValue)
      })
  }
}

extension Spell {
  fileprivate func builtInSpell(of caster: Creature?) -> BuiltInScene.Spell {
    BuiltInScene.Spell(
      name: name, level: level, resource: resource.map { "\($0)" }, save: saveAbility?.rawValue, dc: dc,
      damage: damage.map { "\($0)" }, type: damageType?.rawValue, onSave: onSave?.rawValue, attackBonus: attack,
      heal: healing.map { "\($0)" }, condition: condition, targets: reachesMany ? .many : .one,
      upcasts: upcasts(by: caster))
  }
}

extension Spell {
  /// Whether its area is one that holds several.
  fileprivate var reachesMany: Bool {
    guard let area = area?.lowercased() else { return false }
    return ["sphere", "cone", "cube", "line", "cylinder", "emanation", "radius", "each", "creatures"]
      .contains { area.contains($0) }
  }

  /// What greater slots do, where the note says it as the rules do: “1d6 more for each slot level above 3”.
  fileprivate func upcasts(by caster: Creature?) -> [BuiltInScene.Upcast]? {
    guard let resource, let caster, "\(resource)".hasSuffix("_\(level)"), let note,
      let more = note.firstMatch(of: /([0-9]{1,2})d([0-9]{1,3}) more for each slot level above [0-9]/),
      let dice = Int64(more.1)
    else { return nil }
    let stem = "\(resource)".dropLast("\(level)".count)
    let upcasts = ((level + 1)...max(level + 1, 9)).compactMap { slot -> BuiltInScene.Upcast? in
      guard let bigger = caster.resource("\(stem)\(slot)") else { return nil }
      let added = "\(dice * (slot - level))d\(more.2)"
      return BuiltInScene.Upcast(
        level: slot, resource: "\(bigger.id)", damage: damage.map { "\($0) + \(added)" },
        heal: healing.map { "\($0) + \(added)" })
    }
    return upcasts.isEmpty ? nil : upcasts
  }
}
