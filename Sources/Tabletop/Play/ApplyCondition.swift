package import Operations
package import StrictJSON

/// Gives creatures a condition.
package struct ApplyCondition: CampaignOperation {
  package static let name = "apply_condition"
  package static let about = OperationAbout(
    "Apply a condition",
    "Gives each target a condition of the rules or one that the campaign declares. With saves, only to those who failed. "
      + "It ends after rounds, at until, or when something ends it. Who has it already keeps the later end.",
    example: Input(
      campaign: "salt_road", target: "goblin_1", targets: nil, condition: "restrained", until: nil, rounds: 10,
      source: "Web", saves: nil))

  package static let references = [ResultReference("saves", from: [RollSavingThrowBatch.name: ["results"]])]

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let campaign: String
    package let target: String?
    package let targets: [String]?
    package let condition: String
    package let until: GameTime?
    package let rounds: Int64?
    package let source: String?
    package let saves: [SavingThrow]?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A condition to give",
        properties: [
          "campaign": Fields.campaign, "target": Fields.target, "targets": Fields.targets,
          "condition": .init("Its name: prone, restrained.", .length(1...48)),
          "until": .init("When it ends, in the campaign's own time."),
          "rounds": .init("After how many rounds of 6 seconds it ends; instead of until.", .integers(1...14_400)),
          "source": .init("Who or what gives it.", .length(1...100)), "saves": Fields.saves,
        ])
    }
  }

  package struct Output: Codable, Sendable {
    package enum Outcome: String, Codable, Sendable, CaseIterable {
      case applied, saved, immune
      /// It has it already, and no shorter.
      case unchanged
    }

    package struct Result: Codable, Sendable, Hashable {
      package let target: String
      package let name: String
      package let outcome: Outcome
    }

    package let condition: String
    package let until: GameTime?
    package let results: [Result]
  }

  package let store: CampaignStore

  package func decide(
    _ input: Input, _ context: inout OperationContext
  ) throws -> Decision<Output, CampaignChange> {
    let scene = try Scene(input.campaign, store, in: context.state)
    var faults: [FieldError] = []
    let names =
      TargetName.among(input.target, input.targets, &faults) ?? input.saves?.named ?? TargetName.missing(&faults)
    let targets = try scene.creatures(names, &faults)
    let saves = input.saves?.successes(for: names, &faults) ?? [:]
    let condition = input.wanted(in: scene, &faults)
    try faults.demandNone()
    guard let condition else { throw OperationError(.internalMistake, "A condition without a name passed its check.") }
    var results: [Output.Result] = []
    var changes: [CampaignChange] = []
    for target in targets {
      let before = target.condition(condition.name)
      let outcome = condition.outcome(for: target, saved: saves["\(target.id)"] ?? false, at: scene.time)
      if outcome == .applied {
        try target.demandRoom(for: condition)
        changes.append(.condition(condition.name, of: scene.place(of: target), from: before, to: condition))
      }
      results.append(.init(target: "\(target.id)", name: target.name, outcome: outcome))
    }
    let message = condition.message(results)
    let count = results.count { $0.outcome == .applied }
    return Decision(
      output: Output(condition: condition.name, until: condition.until, results: results), changes: changes,
      summary: message,
      display: OperationDisplay(
        .condition, message, compact: count == 1 ? condition.name : "\(count) × \(condition.name)"))
  }
}

extension ApplyCondition.Input {
  /// The condition as every target would get it. Notes an unknown name and an end that cannot be.
  fileprivate func wanted(in scene: Scene, _ faults: inout [FieldError]) -> Condition? {
    let known = scene.campaign.conditionNames
    let name = condition.lowercased()
    if !known.contains(name) {
      faults.append(
        .unknown(
          "condition", condition, in: " in “\(scene.campaign.name)”", among: known, suggesting: known.nearest(to: name),
          at: "/condition"))
    }
    if rounds != nil && until != nil {
      faults.append(FieldError(pointer: "/until", code: "exclusive", message: "Give either until or rounds, not both."))
    }
    if let until, until <= scene.time {
      faults.append(
        FieldError(pointer: "/until", code: "too_early", message: "It is \(scene.time) already; \(until) is over."))
    }
    var end = until
    if let rounds {
      end = scene.time.advanced(by: rounds * GameTime.secondsARound)
      if end == nil {
        faults.append(
          FieldError(pointer: "/rounds", code: "too_large", message: "The campaign's time ends before that."))
      }
    }
    return known.contains(name) ? Condition(name: name, source: source, until: end) : nil
  }
}

extension Condition {
  fileprivate func outcome(for creature: Creature, saved: Bool, at time: GameTime) -> ApplyCondition.Output.Outcome {
    if saved { return .saved }
    if creature.conditionImmunities.contains(name) { return .immune }
    guard let old = creature.condition(name), !old.isOver(at: time) else { return .applied }
    guard let oldEnd = old.until else { return .unchanged }
    return until.map { $0 > oldEnd } ?? true ? .applied : .unchanged
  }

  /// “restrained: Goblin 1, Goblin 2; Goblin 3 saved; until day 1, 09:01”.
  fileprivate func message(_ results: [ApplyCondition.Output.Result]) -> String {
    let applied = results.filter { $0.outcome == .applied }.map(\.name)
    let others = results.filter { $0.outcome != .applied }
      .map {
        "\($0.name) \($0.outcome == .unchanged ? "has it already" : $0.outcome == .immune ? "is immune" : "saved")"
      }
    let parts =
      [applied.isEmpty ? "nobody" : enumeration(applied)] + (others.isEmpty ? [] : [enumeration(others)])
      + (until.map { ["until \($0)"] } ?? [])
    return "\(name): " + parts.joined(separator: "; ")
  }
}

extension Creature {
  fileprivate func demandRoom(for condition: Condition) throws {
    guard self.condition(condition.name) == nil, conditions.count >= Creature.conditionsMax else { return }
    throw OperationError(
      .refused,
      "\(name) has \(conditions.count) conditions already; no creature has more than \(Creature.conditionsMax).")
  }
}
