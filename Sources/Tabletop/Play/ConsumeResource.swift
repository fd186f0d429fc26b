package import Operations
package import StrictJSON

/// Spends what a creature has.
package struct ConsumeResource: CampaignOperation {
  package static let name = "consume_resource"
  package static let about = OperationAbout(
    "Consume a resource",
    "Spends a creature's resource: a spell slot, a use, a potion. Refused when there is not enough.",
    example: Input(
      campaign: "salt_road", creature: "pc_mira", resource: "spell_slot_3", amount: 1, purpose: "Fireball"))

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let campaign, creature, resource: String
    package let amount: Int64
    package let purpose: String?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A resource to spend",
        properties: [
          "campaign": Fields.campaign, "creature": .init("The id of whose it is.", .length(1...100)),
          "resource": .init("The resource's id.", .length(1...100)),
          "amount": .init("How many.", .integers(1...1_000_000)), "purpose": Fields.purpose,
        ])
    }
  }

  package struct Output: Codable, Sendable {
    package let creature: String
    package let resource: String
    package let name: String
    package let before: Int64
    package let after: Int64
    package let max: Int64
  }

  package let store: CampaignStore

  package func decide(
    _ input: Input, _ context: inout OperationContext
  ) throws -> Decision<Output, CampaignChange> {
    let scene = try Scene(input.campaign, store, in: context.state)
    var faults: [FieldError] = []
    guard let creature = try scene.creature(input.creature, at: "/creature", &faults) else {
      throw OperationError.invalidInput(faults)
    }
    guard let resource = creature.resource(input.resource) else {
      let known = creature.resources.map(\.id.description)
      throw OperationError.invalidInput([
        .unknown(
          "resource", input.resource, in: " of \(creature.id)", among: known,
          suggesting: known.nearest(to: input.resource),
          at: "/resource")
      ])
    }
    guard resource.current >= input.amount else { throw creature.insufficient(resource, input.amount) }
    let after = resource.current - input.amount
    let purpose = input.purpose.map { " for \($0)" } ?? ""
    let message = "\(resource.name): \(input.amount) spent\(purpose) (\(resource.current) → \(after) remaining)"
    return Decision(
      output: Output(
        creature: "\(creature.id)", resource: "\(resource.id)", name: resource.name, before: resource.current,
        after: after, max: resource.max),
      changes: [.resource(resource.id, of: scene.place(of: creature), from: resource.current, to: after)],
      summary: message, display: OperationDisplay(.resource, message, compact: "-\(input.amount) \(resource.name)"))
  }
}

extension Creature {
  /// Says the balance, and what else there is.
  fileprivate func insufficient(_ resource: CreatureResource, _ amount: Int64) -> OperationError {
    let left = resources.filter { $0.current > 0 && $0.id != resource.id }
    let others = enumeration(left.map { "\($0.id) (\($0.current))" }, atMost: Scene.listedMax)
    return .invalidInput([
      FieldError(
        pointer: "/amount", code: "insufficient",
        message: "\(name) has \(resource.current) of \(resource.max) \(resource.name) left, not \(amount). "
          + (left.isEmpty ? "Nothing else is left." : "Left: \(others)."),
        allowed: Array(left.prefix(Scene.listedMax).map(\.id.description)))
    ])
  }
}
