package import Operations
package import StrictJSON

/// Hurts creatures.
package struct ApplyDamage: CampaignOperation {
  package static let name = "apply_damage"
  package static let about = OperationAbout(
    "Apply damage",
    "Takes hit points from each target, temporary ones first, after saves, resistances, immunities and vulnerabilities. "
      + "With saves, on_save says what a successful one leaves; with an attack that missed nothing happens.",
    example: Input(
      campaign: "salt_road", target: nil, targets: ["goblin_1", "goblin_2"], amount: 28, type: .fire, saves: nil,
      onSave: nil, attack: nil))

  package static let references = [
    ResultReference("amount", from: ["roll_dice": ["total"], RollAttack.name: ["damage", "total"]]),
    ResultReference("saves", from: [RollSavingThrowBatch.name: ["results"]]),
    ResultReference("attack", from: [RollAttack.name: []]),
  ]

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let campaign: String
    package let target: String?
    package let targets: [String]?
    package let amount: Int64?
    package let type: DamageType?
    package let saves: [SavingThrow]?
    package let onSave: SaveEffect?
    package let attack: AttackResult?

    private enum CodingKeys: String, CodingKey {
      case campaign, target, targets, amount, type, saves
      case onSave = "on_save"
      case attack
    }

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "Damage to deal",
        properties: [
          "campaign": Fields.campaign, "target": Fields.target, "targets": Fields.targets,
          "amount": .init(
            "Before saves and resistances. Left out, it is the attack's damage.", .integers(0...HitPoints.most)),
          "type": .init("The kind of damage. Left out, it is the attack's."), "saves": Fields.saves,
          "on_save": .init("What a successful save leaves: half, none or full. Needed with saves."),
          "attack": .init("The result of roll_attack, whole: a miss does nothing."),
        ])
    }
  }

  package struct Output: Codable, Sendable {
    /// What became of one target.
    package struct Outcome: Codable, Sendable, Hashable {
      package let target: String
      package let name: String
      /// Hit points, without temporary ones.
      package let before: Int64
      package let after: Int64
      /// Damage that came through, the part that temporary hit points took included.
      package let taken: Int64
      package let absorbed: Int64
      package let status: Creature.Status
      package let why: [String]
    }

    package let amount: Int64
    package let type: DamageType
    package let results: [Outcome]
  }

  package let store: CampaignStore

  package func decide(
    _ input: Input, _ context: inout OperationContext
  ) throws -> Decision<Output, CampaignChange> {
    let scene = try Scene(input.campaign, store, in: context.state)
    var faults: [FieldError] = []
    let names =
      TargetName.among(input.target, input.targets, &faults) ?? input.impliedTargets ?? TargetName.missing(&faults)
    let targets = try scene.creatures(names, &faults)
    let saves = input.successes(for: names, &faults)
    let blow = input.blow(at: names, &faults)
    try faults.demandNone()
    guard let (amount, type) = blow else {
      throw OperationError(.internalMistake, "Damage without an amount passed its check.")
    }
    var outcomes: [Output.Outcome] = []
    var changes: [CampaignChange] = []
    for target in targets {
      let reckoning = DamageReckoning(
        amount, type, save: saves["\(target.id)"], leaving: input.onSave ?? .full,
        isMiss: input.attack.map { !$0.hit } ?? false, to: target)
      var hurt = target
      hurt.hitPoints = target.hitPoints.losing(reckoning.taken)
      if hurt.hitPoints != target.hitPoints {
        changes.append(.hitPoints(of: scene.place(of: target), from: target.hitPoints, to: hurt.hitPoints))
      }
      outcomes.append(Output.Outcome(from: target, to: hurt, reckoning))
    }
    let message = "\(amount) \(type.rawValue) damage: " + enumeration(outcomes.map(\.message))
    return Decision(
      output: Output(amount: amount, type: type, results: outcomes), changes: changes, summary: message,
      display: OperationDisplay(
        .damage, message, compact: "\(outcomes.reduce(0) { $0 + $1.taken }) \(type.rawValue) damage"))
  }
}

extension ApplyDamage.Output.Outcome {
  fileprivate init(from target: Creature, to hurt: Creature, _ reckoning: DamageReckoning) {
    self.init(
      target: "\(target.id)", name: target.name, before: target.hitPoints.current, after: hurt.hitPoints.current,
      taken: reckoning.taken, absorbed: target.hitPoints.temporary - hurt.hitPoints.temporary, status: hurt.status,
      why: reckoning.why)
  }

  /// “Goblin 1 10 → 0 (failed the save; defeated)”.
  fileprivate var message: String {
    let shielded = absorbed > 0 ? ["\(absorbed) taken by temporary hit points"] : []
    let notes = why + shielded + (status == .up ? [] : [status.rawValue])
    return "\(name) \(before) → \(after)" + (notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))")
  }
}
