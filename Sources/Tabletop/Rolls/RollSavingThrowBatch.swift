import Dice
package import Operations
package import StrictJSON

/// Rolls a saving throw for each target, with its own bonus.
package struct RollSavingThrowBatch: CampaignOperation {
  package static let name = "roll_saving_throw_batch"
  package static let about = OperationAbout(
    "Roll saving throws",
    "Rolls a saving throw for each target, each with its own bonus and its own die. A condition that makes the save fail "
      + "(paralyzed, petrified, stunned, unconscious for strength and dexterity) is applied and said.",
    example: Input(
      campaign: "salt_road", targets: ["goblin_1", "goblin_2"], ability: .dexterity, dc: 15, advantage: nil,
      purpose: "Fireball"))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let campaign: String
    package let targets: [String]
    package let ability: Ability
    package let dc: Int64
    package let advantage: Advantage?
    package let purpose: String?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "Saving throws to make",
        properties: [
          "campaign": Fields.campaign, "targets": Fields.targets, "ability": .init("The ability that saves."),
          "dc": .init("What a save must reach.", .integers(1...60)),
          "advantage": .init("For all of them: two d20s, the better or the worse."), "purpose": Fields.purpose,
        ])
    }
  }

  package let store: CampaignStore

  package func decide(
    _ input: Input, _ context: inout OperationContext
  ) throws -> Decision<SavingThrows, CampaignChange> {
    let scene = try Scene(input.campaign, store, in: context.state)
    var faults: [FieldError] = []
    let targets = try scene.creatures(TargetName.list(input.targets), &faults)
    try faults.demandNone()
    let failures = targets.map { $0.automaticFailure(of: input.ability, at: scene.time) }
    let results =
      failures.contains(nil)
      ? try roll(input, targets, failures, &context)
      : zip(targets, failures).map { SavingThrow($0, input, rolled: nil, because: $1) }
    let passed = Int64(results.count { $0.success })
    let output = SavingThrows(
      ability: input.ability, dc: input.dc, results: results, passed: passed, failed: Int64(results.count) - passed)
    return Decision(
      output: output, changes: [], summary: output.message(for: input.purpose),
      display: OperationDisplay(
        .shield, output.message(for: input.purpose), compact: "\(passed)/\(results.count) saved"))
  }

  private func roll(
    _ input: Input, _ targets: [Creature], _ failures: [String?], _ context: inout OperationContext
  ) throws -> [SavingThrow] {
    let dice = try DiceExpression(parsing: (input.advantage ?? .none).notation).bind()
    return try context.roll { source in
      try zip(targets, failures).map { target, failure in
        let rolled = failure == nil ? DiceOutcome(try dice.roll(using: &source)) : nil
        return SavingThrow(target, input, rolled: rolled, because: failure)
      }
    }
  }
}

extension SavingThrow {
  fileprivate init(_ creature: Creature, _ input: RollSavingThrowBatch.Input, rolled: DiceOutcome?, because: String?) {
    let bonus = creature.saves[input.ability]
    let total = rolled.map { $0.total + bonus }
    self.init(
      target: "\(creature.id)", name: creature.name, roll: rolled?.total, faces: rolled?.faces ?? [], bonus: bonus,
      total: total, success: total.map { $0 >= input.dc } ?? false, because: because)
  }
}

extension SavingThrows {
  /// “Fireball: DEX saves vs DC 15: 1 passed, 2 failed (Goblin 3 is paralyzed)”.
  fileprivate func message(for purpose: String?) -> String {
    let unrolled = results.compactMap { result in result.because.map { "\(result.name) is \($0)" } }
    return (purpose.map { "\($0): " } ?? "")
      + "\(ability.abbreviation) saves vs DC \(dc): \(passed) passed, \(failed) failed"
      + (unrolled.isEmpty ? "" : " (\(enumeration(unrolled)))")
  }
}
