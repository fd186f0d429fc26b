import StrictJSON

extension ApplyDamage.Input {
  /// Whom the attack was aimed at, or who saved, where nobody is named.
  var impliedTargets: [TargetName]? {
    if let attack { return [TargetName(name: attack.target, pointer: "/attack/target")] }
    return saves?.named
  }

  /// Who saved, by id. Notes who is missing among the saves, and a missing `on_save`.
  func successes(for names: [TargetName], _ faults: inout [FieldError]) -> [String: Bool] {
    if saves != nil, onSave == nil {
      faults.append(
        FieldError(
          pointer: "/on_save", code: "missing", message: "With saves, on_save says what a successful one leaves.",
          allowed: SaveEffect.allCases.map(\.rawValue)))
    }
    return saves?.successes(for: names, &faults) ?? [:]
  }

  /// Amount and type, the attack's where they are left out; nil, and a fault for each, when nobody says.
  func blow(at names: [TargetName], _ faults: inout [FieldError]) -> (amount: Int64, type: DamageType)? {
    if let attack, names.contains(where: { $0.name != attack.target }) {
      faults.append(
        FieldError(
          pointer: "/attack/target", code: "other_target",
          message: "The attack was aimed at \(attack.target.prefix(80)) and hurts nobody else.",
          allowed: [attack.target]))
    }
    let amount = amount ?? attack?.damage.total
    let type = type ?? attack?.damage.type
    if amount == nil {
      faults.append(FieldError(pointer: "/amount", code: "missing", message: "Say the amount, or give the attack."))
    }
    if type == nil {
      faults.append(
        FieldError(
          pointer: "/type", code: "missing", message: "Say the kind of damage, or give the attack.",
          allowed: DamageType.allCases.map(\.rawValue)))
    }
    guard let amount, let type else { return nil }
    return (amount, type)
  }
}

extension [SavingThrow] {
  /// Everybody who saved, as targets.
  var named: [TargetName] {
    enumerated().map { TargetName(name: $1.target, pointer: "/saves/\($0)/target") }
  }

  /// Who succeeded, by id. Notes a target without a save.
  func successes(for names: [TargetName], _ faults: inout [FieldError]) -> [String: Bool] {
    let successes = Dictionary(map { ($0.target, $0.success) }, uniquingKeysWith: { $0 && $1 })
    for name in names where successes[name.name] == nil {
      faults.append(
        FieldError(
          pointer: name.pointer, code: "no_save", message: "\(name.name.prefix(80)) is not among the saves.",
          allowed: [String](successes.keys.sorted().prefix(Scene.listedMax))))
    }
    return successes
  }
}
