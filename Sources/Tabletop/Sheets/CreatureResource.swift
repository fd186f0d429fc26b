package import StrictJSON

/// What a creature can spend: slots, uses, potions.
package struct CreatureResource: Codable, Sendable, Hashable, SchemaDescribed {
  package let id: ResourceID
  package let name: String
  package var current: Int64
  package let max: Int64
  package let recharge: Recharge

  private enum CodingKeys: String, CodingKey {
    case id = "resource_id"
    case name = "display_name"
    case current, max, recharge
  }

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "What the creature can spend.",
      properties: [
        "resource_id": .init("Its id, unique for the creature."),
        "display_name": .init("What people call it.", .length(1...80)),
        "current": .init("Left now, at most `max`.", .integers(0...1_000_000)),
        "max": .init("When rested.", .integers(0...1_000_000)),
        "recharge": .init("When it comes back."),
      ])
  }
}

/// A condition that a creature has.
package struct Condition: Codable, Sendable, Hashable, SchemaDescribed {
  package let name: String
  /// Who or what gave it.
  package let source: String?
  /// It ends at this moment; nil lasts until something ends it.
  package let until: GameTime?

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "A condition that the creature has.",
      properties: [
        "name": .init("One of the rules' conditions, or one that the campaign declares.", .length(1...48)),
        "source": .init("Who or what gave it.", .length(1...100)),
        "until": .init("When it ends; left out, something must end it."),
      ])
  }

  /// Whether it is over at `time`.
  func isOver(at time: GameTime) -> Bool { until.map { $0 <= time } ?? false }
}

/// A condition of the campaign's own: blessed, hexed, marked.
package struct HomebrewCondition: Codable, Sendable, Hashable, SchemaDescribed {
  package let name: Slug<HomebrewCondition>
  package let summary: String

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "A condition of the campaign's own.",
      properties: [
        "name": .init("Its name."), "summary": .init("What it does, in a sentence or two.", .length(1...500)),
      ])
  }
}
