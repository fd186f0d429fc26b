package import Operations
package import StrictJSON

/// Gives hit points back, or temporary ones.
package struct Heal: CampaignOperation {
  package static let name = "heal"
  package static let about = OperationAbout(
    "Heal",
    "Gives each target hit points back, up to its maximum. With temporary true it gives temporary hit points instead, "
      + "which do not add up: the greater number counts.",
    example: Input(campaign: "salt_road", target: "pc_mira", targets: nil, amount: 9, temporary: nil))

  package static let references = [ResultReference("amount", from: ["roll_dice": ["total"]])]

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let campaign: String
    package let target: String?
    package let targets: [String]?
    package let amount: Int64
    package let temporary: Bool?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "Hit points to give",
        properties: [
          "campaign": Fields.campaign, "target": Fields.target, "targets": Fields.targets,
          "amount": .init("How many, to each.", .integers(0...HitPoints.most)),
          "temporary": .init("Whether they are temporary; false when left out."),
        ])
    }
  }

  package struct Output: Codable, Sendable {
    /// What became of one target; of its temporary hit points where those were given.
    package struct Outcome: Codable, Sendable, Hashable {
      package let target: String
      package let name: String
      package let before: Int64
      package let after: Int64
      package let max: Int64
      package let status: Creature.Status
    }

    package let amount: Int64
    package let temporary: Bool
    package let results: [Outcome]
  }

  package let store: CampaignStore

  package func decide(
    _ input: Input, _ context: inout OperationContext
  ) throws -> Decision<Output, CampaignChange> {
    let scene = try Scene(input.campaign, store, in: context.state)
    var faults: [FieldError] = []
    let names = TargetName.among(input.target, input.targets, &faults) ?? TargetName.missing(&faults)
    let targets = try scene.creatures(names, &faults)
    try faults.demandNone()
    let isTemporary = input.temporary ?? false
    var outcomes: [Output.Outcome] = []
    var changes: [CampaignChange] = []
    for target in targets {
      let before = target.hitPoints
      var helped = target
      helped.hitPoints = isTemporary ? before.gainingTemporary(input.amount) : before.regaining(input.amount)
      if helped.hitPoints != before {
        changes.append(.hitPoints(of: scene.place(of: target), from: before, to: helped.hitPoints))
      }
      let (from, to) =
        isTemporary
        ? (before.temporary, helped.hitPoints.temporary) : (before.current, helped.hitPoints.current)
      outcomes.append(
        .init(
          target: "\(target.id)", name: target.name, before: from, after: to, max: before.max, status: helped.status))
    }
    let what = isTemporary ? "temporary hit points" : "hit points"
    let message = "\(input.amount) \(what): " + enumeration(outcomes.map { "\($0.name) \($0.before) → \($0.after)" })
    return Decision(
      output: Output(amount: input.amount, temporary: isTemporary, results: outcomes), changes: changes,
      summary: message,
      display: OperationDisplay(
        .heal, message, compact: "+\(outcomes.reduce(0) { $0 + $1.after - $1.before }) \(what)"))
  }
}
