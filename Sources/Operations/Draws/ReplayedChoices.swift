import Dice
import Storage
import Vocabulary

/// Chooses what a journal row recorded, and complains when it is asked for something else.
struct ReplayedChoices: Choices {
  private let wanted: RecordedChoices
  private let sealer: any Sealer
  private(set) var recorded = RecordedChoices()

  init(_ wanted: RecordedChoices, sealer: any Sealer) {
    self.wanted = wanted
    self.sealer = sealer
  }

  var drawn: DrawRecord? { recorded.draws }

  mutating func makeID() throws -> UniqueID {
    guard recorded.ids.count < wanted.ids.count else {
      throw OperationError(.replayDiffers, "The operation asks for an id more than the \(wanted.ids.count) recorded.")
    }
    let id = wanted.ids[recorded.ids.count]
    recorded.ids.append(id)
    return id
  }

  mutating func roll<Result>(
    in state: any ReadTransaction, _ body: (inout any DrawSource) throws -> Result
  ) throws -> Result {
    guard let record = wanted.draws, recorded.draws == nil else {
      throw OperationError(.replayDiffers, "The operation draws, but the row recorded no draws.")
    }
    var source: any DrawSource = TapeDraws(faces: record.faces.compactMap { $0.last })
    recorded.draws = record
    return try body(&source)
  }

  mutating func makeSeed(number: Int64, workspace: WorkspaceID) throws -> SealedSeed {
    guard recorded.seeds.count < wanted.seeds.count else {
      throw OperationError(.replayDiffers, "The operation makes a seed more than the row recorded.")
    }
    let seed = wanted.seeds[recorded.seeds.count]
    recorded.seeds.append(seed)
    return seed
  }

  func reveal(_ seed: SeedRow, workspace: WorkspaceID) throws -> [UInt8] {
    try sealer.open(seed.secret, for: .seed(seed.number, in: workspace))
  }
}
