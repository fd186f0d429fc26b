package import Events
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Reveals the seed that was drawn from and commits to the next one.
package struct RotateSeed: OperationDefinition {
  package static let name = "rotate_seed"
  package static let version = 1
  package static let permission = Permission("fairness.rotate", from: .owner)
  package static let about = OperationAbout(
    "Rotate the seed",
    "Makes the current seed public, so that every roll made from it can be checked, and commits to a new one.",
    example: Input())

  package struct Input: Codable, Sendable, SchemaDescribed {
    package init() {}
    package static var schemaDescription: SchemaDescription { SchemaDescription("Takes nothing.") }
  }

  package struct Output: Codable, Sendable {
    /// Nil for the first seed of a workspace.
    package let revealed: Seed?
    package let committed: Seed
  }

  package init() {}

  package func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<Output, SeedChange> {
    let old = try Seeds.current(in: context.state)
    let number = (old?.number ?? 0) + 1
    var changes: [SeedChange] = []
    var revealed: Seed?
    if let old {
      let secret = try context.reveal(old).hexadecimal
      changes.append(.revealed(number: old.number, secret: secret, at: context.time))
      revealed = try SeedTable.one(old.number, in: context.state)?.revealed(secret, at: context.time)
    }
    let seed = try context.makeSeed(number: number)
    changes.append(.committed(number: number, seed: seed, at: context.time))
    let committed = Seed(
      number: number, commitment: seed.commitment, state: .committed, secret: nil, createdAt: context.time,
      revealedAt: nil, nextRoll: 0, entropy: [])
    let summary = old.map { "Revealed seed \($0.number), committed to seed \(number)" } ?? "Committed to seed \(number)"
    return Decision(output: Output(revealed: revealed, committed: committed), changes: changes, summary: summary)
  }

  package func apply(_ change: SeedChange, in transaction: any Transaction) throws {
    try SeedTable.apply(change, in: transaction)
  }

  package func events(of change: SeedChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    guard case .committed(let number, _, _) = change, let seed = try SeedTable.one(number, in: state) else { return [] }
    return [
      EventDraft(topic: "fairness", type: "fairness.rotated", payload: .object(["seed": try JSON(encoding: seed)]))
    ]
  }
}

/// Adds a player's own words to the key of all later rolls, so that nobody alone can have chosen them.
package struct ContributeEntropy: OperationDefinition {
  package static let name = "contribute_entropy"
  package static let version = 1
  package static let permission = Permission("fairness.contribute", from: .viewer)
  package static let about = OperationAbout(
    "Contribute entropy", "Mixes words of your own into the key of all later rolls. They are shown to everybody.",
    example: Input(text: "the heron stands in cold water"))

  /// Contributions to one seed.
  package static let contributionsMax: Int64 = 100

  package struct Input: Codable, Sendable, SchemaDescribed {
    package let text: String
    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A contribution",
        properties: ["text": .init("Any words; the stranger the better.", .length(1...200))])
    }
  }

  package struct Output: Codable, Sendable {
    package let seed: Seed
  }

  package init() {}

  package func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<Output, SeedChange> {
    guard let row = try Seeds.current(in: context.state), let now = try SeedTable.one(row.number, in: context.state)
    else {
      throw OperationError(.refused, "This workspace has no seed yet.")
    }
    guard row.entropyCount < Self.contributionsMax else {
      throw OperationError(
        .refused, "Seed \(row.number) holds \(Self.contributionsMax) contributions already; the owner can rotate it.")
    }
    let contribution = Seed.Contribution(
      number: row.entropyCount + 1, person: .init(id: context.principal.person, name: context.principal.name),
      text: input.text, time: context.time)
    let digest = Fairness.entropy(row.entropyDigest, adding: input.text).hexadecimal
    return Decision(
      output: Output(seed: now.adding(contribution)),
      changes: [.entropyAdded(seed: row.number, contribution, digest: digest)],
      summary: "Contributed entropy \(contribution.number) to seed \(row.number)")
  }

  package func apply(_ change: SeedChange, in transaction: any Transaction) throws {
    try SeedTable.apply(change, in: transaction)
  }

  package func events(of change: SeedChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    guard case .entropyAdded(let number, _, _) = change, let seed = try SeedTable.one(number, in: state) else {
      return []
    }
    return [
      EventDraft(topic: "fairness", type: "fairness.entropy", payload: .object(["seed": try JSON(encoding: seed)]))
    ]
  }
}

/// The seed in use, and those before it.
package struct ShowFairness: ReadDefinition {
  package static let name = "show_fairness"
  package static let version = 1
  package static let permission = Permission("fairness.read", from: .viewer)
  package static let about = OperationAbout(
    "Show fairness", "The commitment to the seed in use, what was contributed to it, and the seeds revealed before.",
    example: Input())

  package struct Input: Codable, Sendable, SchemaDescribed {
    package init() {}
    package static var schemaDescription: SchemaDescription { SchemaDescription("Takes nothing.") }
  }

  package struct Output: Codable, Sendable {
    package let current: Seed
    package let past: [Seed]
    package let cursor: String
  }

  private let events: EventLog

  package init(events: EventLog) { self.events = events }

  package func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output {
    let seeds = try SeedTable.all(in: transaction)
    guard let current = seeds.first else { throw OperationError(.notFound, "This workspace has no seed yet.") }
    return Output(
      current: current, past: Array(seeds.dropFirst()),
      cursor: try events.cursor(of: ["fairness"], in: transaction).description)
  }
}

extension Seed {
  fileprivate func revealed(_ secret: String, at time: Timestamp) -> Seed {
    Seed(
      number: number, commitment: commitment, state: .revealed, secret: secret, createdAt: createdAt, revealedAt: time,
      nextRoll: nextRoll, entropy: entropy)
  }

  fileprivate func adding(_ contribution: Contribution) -> Seed {
    Seed(
      number: number, commitment: commitment, state: state, secret: secret, createdAt: createdAt,
      revealedAt: revealedAt,
      nextRoll: nextRoll, entropy: entropy + [contribution])
  }
}
