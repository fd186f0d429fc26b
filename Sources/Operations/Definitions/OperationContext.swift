package import Dice
package import Storage
package import Vocabulary

/// What `decide` sees: who asks, the state, and the only sources of anything that could come out differently. What it takes
/// from them goes into the journal row.
package struct OperationContext: ~Copyable {
  package let principal: Principal
  /// For reading. `decide` has no way to write.
  package let state: any ReadTransaction
  /// The operation's instant: later than that of every row before it, whatever the clock does.
  package let time: Timestamp
  /// The number that the journal row will have.
  package let journal: Int64
  /// The journal itself, for undo.
  let record: Journal
  var choices: any Choices

  init(
    principal: Principal, state: any ReadTransaction, time: Timestamp, journal: Int64, record: Journal,
    choices: any Choices
  ) {
    self.principal = principal
    self.state = state
    self.time = time
    self.journal = journal
    self.record = record
    self.choices = choices
  }

  package var workspace: WorkspaceID { principal.workspace }

  /// A new id.
  package mutating func makeID<Subject>(_: Identifier<Subject>.Type = Identifier<Subject>.self) throws
    -> Identifier<Subject>
  {
    Identifier(try choices.makeID())
  }

  /// Rolls dice from the workspace's counted stream. All draws of one operation come from one numbered roll.
  package mutating func roll(_ dice: PreparedRoll) throws -> RollResult {
    try roll { source in try dice.roll(using: &source) }
  }

  /// Rolls in one go what one roll cannot say: a save for each target, or damage that depends on the attack before it.
  ///
  /// - Parameter body: rolls as often as it must; what it draws, it draws under the operation's one number.
  package mutating func roll<Result>(_ body: (inout any DrawSource) throws -> Result) throws -> Result {
    try choices.roll(in: state, body)
  }

  /// Where the draws of this operation came from; nil before the first.
  package var drawn: DrawRecord? { choices.drawn }

  /// A fresh secret seed with its number: committed to, sealed, and not readable from here.
  package mutating func makeSeed(number: Int64) throws -> SealedSeed {
    try choices.makeSeed(number: number, workspace: workspace)
  }

  /// The secret of a seed, to be made public. What was drawn from it can be checked from then on, and nothing may be drawn
  /// from it any more.
  package func reveal(_ seed: SeedRow) throws -> [UInt8] { try choices.reveal(seed, workspace: workspace) }
}

/// Where choices come from: fresh ones, those of a rehearsal, or those that a journal row recorded.
protocol Choices {
  mutating func makeID() throws -> UniqueID
  mutating func roll<Result>(
    in state: any ReadTransaction, _ body: (inout any DrawSource) throws -> Result
  ) throws -> Result
  mutating func makeSeed(number: Int64, workspace: WorkspaceID) throws -> SealedSeed
  func reveal(_ seed: SeedRow, workspace: WorkspaceID) throws -> [UInt8]
  var drawn: DrawRecord? { get }
  var recorded: RecordedChoices { get }
}

/// The choices of one operation, as its journal row keeps them.
package struct RecordedChoices: Codable, Sendable, Hashable {
  package var ids: [UniqueID] = []
  package var draws: DrawRecord?
  package var seeds: [SealedSeed] = []

  package init() {}
}
