package import Operations
package import StrictJSON

/// Lets the campaign's time pass.
package struct AdvanceTime: CampaignOperation {
  package static let name = "advance_time"
  package static let about = OperationAbout(
    "Advance time",
    "Lets time pass in the campaign: seconds, minutes, hours or rounds of 6 seconds. Conditions whose end has come are "
      + "removed.",
    example: Input(campaign: "salt_road", seconds: nil, minutes: 10, hours: nil, rounds: nil))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let campaign: String
    package let seconds, minutes, hours, rounds: Int64?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "Time to pass, in one unit",
        properties: [
          "campaign": Fields.campaign, "seconds": .init("Seconds.", .integers(1...31_536_000)),
          "minutes": .init("Minutes.", .integers(1...525_600)), "hours": .init("Hours.", .integers(1...87_600)),
          "rounds": .init("Rounds of 6 seconds.", .integers(1...14_400)),
        ])
    }

    /// Nil, and a fault, unless exactly one unit is given.
    fileprivate func duration(_ faults: inout [FieldError]) -> Int64? {
      let given = [
        (seconds, 1), (minutes, 60), (hours, 3_600), (rounds, GameTime.secondsARound),
      ].compactMap { count, unit in count.map { $0 * unit } }
      guard given.count == 1 else {
        faults.append(
          FieldError(
            pointer: "", code: given.isEmpty ? "missing" : "exclusive",
            message: "Give exactly one of seconds, minutes, hours and rounds; \(given.count) are given.",
            allowed: ["seconds", "minutes", "hours", "rounds"]))
        return nil
      }
      return given[0]
    }
  }

  package struct Output: Codable, Sendable {
    package struct Ended: Codable, Sendable, Hashable {
      package let target: String
      package let name: String
      package let condition: String
    }

    package let before: GameTime
    package let after: GameTime
    package let ended: [Ended]
  }

  package let store: CampaignStore

  package func decide(
    _ input: Input, _ context: inout OperationContext
  ) throws -> Decision<Output, CampaignChange> {
    let scene = try Scene(input.campaign, store, in: context.state)
    var faults: [FieldError] = []
    guard let duration = input.duration(&faults) else { throw OperationError.invalidInput(faults) }
    guard let after = scene.time.advanced(by: duration) else {
      throw OperationError(
        .refused, "It is \(scene.time); a campaign's time ends with day \(GameTime.daysMax).")
    }
    var changes: [CampaignChange] = [.time(in: scene.campaign.id, from: scene.time, to: after)]
    var ended: [Output.Ended] = []
    for creature in try scene.everybody() {
      for condition in creature.conditions where condition.isOver(at: after) {
        changes.append(.condition(condition.name, of: scene.place(of: creature), from: condition, to: nil))
        ended.append(.init(target: "\(creature.id)", name: creature.name, condition: condition.name))
      }
    }
    let endings = ended.map { "\($0.name) is no longer \($0.condition)" }
    let message = (["\(scene.time) → \(after)"] + (endings.isEmpty ? [] : [enumeration(endings)])).joined(
      separator: "; ")
    return Decision(
      output: Output(before: scene.time, after: after, ended: ended), changes: changes, summary: message,
      display: OperationDisplay(.time, message, compact: "\(after)"))
  }
}
