import Dice
package import Storage
package import Vocabulary

/// Chooses anew: ids from the generator, draws from the workspace's current seed.
struct FreshChoices: Choices {
  private let sources: ChoiceSources
  private let allowance: DrawAllowance
  /// Nil draws from the live stream; a number draws a rehearsal's sample.
  private let rehearsal: UInt64?
  private(set) var recorded = RecordedChoices()

  init(_ sources: ChoiceSources, _ allowance: DrawAllowance, rehearsal: UInt64? = nil) {
    self.sources = sources
    self.allowance = allowance
    self.rehearsal = rehearsal
  }

  var drawn: DrawRecord? { recorded.draws }

  mutating func makeID() throws -> UniqueID {
    let id = sources.ids.next()
    recorded.ids.append(id)
    return id
  }

  mutating func roll<Result>(
    in state: any ReadTransaction, _ body: (inout any DrawSource) throws -> Result
  ) throws -> Result {
    guard recorded.draws == nil else {
      throw OperationError(.internalMistake, "An operation rolls its dice in one go; this one asked twice.")
    }
    guard let seed = try Seeds.current(in: state), seed.revealedAt == nil else {
      throw OperationError(.internalMistake, "This workspace has no seed to draw from.")
    }
    var record = DrawRecord(
      seed: seed.number, entropy: seed.entropyCount,
      stream: rehearsal == nil ? DrawRecord.liveStream : DrawRecord.rehearsalStream,
      roll: rehearsal ?? UInt64(clamping: seed.nextRoll))
    let secret = try sources.sealer.open(seed.secret, for: .seed(seed.number, in: state.workspace))
    let key = Fairness.key(secret: secret, entropy: seed.entropyDigest)
    let table = DrawTable(
      ChaChaStream(key: try ChaChaKey(bytes: key), stream: record.stream, roll: record.roll), allowance)
    defer {
      // Also when the roll failed half way: what was seen is used up.
      record.faces = table.draws.map { [$0.sides, $0.face] }
      recorded.draws = record
    }
    var source: any DrawSource = table
    return try body(&source)
  }

  mutating func makeSeed(number: Int64, workspace: WorkspaceID) throws -> SealedSeed {
    let secret = sources.random.bytes(Fairness.secretCount)
    let seed = SealedSeed(
      commitment: Fairness.commitment(to: secret, workspace: workspace, seed: number).hexadecimal,
      secret: try sources.sealer.seal(secret, for: .seed(number, in: workspace)).hexadecimal)
    recorded.seeds.append(seed)
    return seed
  }

  func reveal(_ seed: SeedRow, workspace: WorkspaceID) throws -> [UInt8] {
    try sources.sealer.open(seed.secret, for: .seed(seed.number, in: workspace))
  }
}

/// How many dice a batch may still draw. Each one is written several times over, in one transaction that others wait for.
struct DrawAllowance: Sendable {
  private(set) var left = PreparedBatch.drawsMax

  mutating func spend(_ choices: RecordedChoices) { left -= choices.draws?.faces.count ?? 0 }
}

/// What choices are made from.
package struct ChoiceSources: Sendable {
  package let ids: any IDSource
  package let random: any RandomSource
  package let sealer: any Sealer

  package init(ids: any IDSource, random: any RandomSource, sealer: any Sealer) {
    self.ids = ids
    self.random = random
    self.sealer = sealer
  }
}

extension SealedPlace {
  static func seed(_ number: Int64, in workspace: WorkspaceID) -> SealedPlace {
    SealedPlace(table: "seeds", column: "secret", workspace: workspace, row: Array("\(number)".utf8))
  }
}

/// Where the dice of one operation fall: what is drawn through any copy of it is noted here.
private final class DrawTable: DrawSource {
  private var source: RecordingDraws<ChaChaStream>
  private let allowance: DrawAllowance

  init(_ stream: ChaChaStream, _ allowance: DrawAllowance) {
    source = RecordingDraws(stream)
    self.allowance = allowance
  }

  var draws: [Draw] { source.draws }

  func draw(sides: UInt32) throws -> UInt32 {
    guard source.draws.count < allowance.left else {
      throw OperationError(
        .refused,
        "Operations that are carried out together draw at most \(PreparedBatch.drawsMax) dice; these need more.")
    }
    return try source.draw(sides: sides)
  }
}
