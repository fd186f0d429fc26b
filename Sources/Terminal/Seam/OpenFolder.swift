package import Inference
package import Operations
package import Proposals
package import StrictJSON

/// A data folder that this very process has opened. Everything is asked in the name of the owner of its workspace.
///
/// A folder opened for reading refuses what writes, with a `StorageError`.
package protocol OpenFolder: Sendable {
  /// Carries a change out; returns when it is on the disk.
  func perform(_ call: OperationCall, key: IdempotencyKey?) async throws -> Performed
  /// Answers a question.
  func read(_ call: OperationCall) async throws -> JSON
  /// Says what changes would do.
  func rehearse(_ calls: [OperationCall]) async throws -> Rehearsal
  /// Rehearses a proposal on a subject such as `campaigns/salt_road`.
  func check(_ proposal: JSON, on subject: String) async throws -> ProposalReport
  /// Executes a proposal, all or nothing.
  func execute(_ proposal: JSON, on subject: String, key: IdempotencyKey) async throws -> ProposalRecord
  /// Looks at a key and an address of models. Stores nothing.
  func checkModel(_ candidate: ModelCandidate) async throws -> ModelCheck
  /// The model servers that answer on this machine, and at the origins of its configuration.
  func localServers() async throws -> [FoundServer]
  /// Checks a key and an address, seals the key, and chooses the model.
  func connectModel(
    _ candidate: ModelCandidate, model: String?, name: String?, key: IdempotencyKey
  ) async throws -> ModelConnection
  /// Makes a key for programs outside.
  func makeGatewayKey(_ request: GatewayKeyRequest, key: IdempotencyKey) async throws -> MadeGatewayKey
  /// Asks a model a question, and hands on what comes.
  func ask(_ question: ModelQuestion, _ emit: @escaping @Sendable (QuestionEvent) async throws -> Void) async throws
  /// Where a call for a name would go.
  func explainModel(_ name: String) async throws -> ModelExplanation
  /// Begins a turn, which this process takes while the folder is open.
  func beginRun(_ request: TurnDesk.Request, on subject: String, key: IdempotencyKey) async throws -> Run
  func run(_ id: RunID) async throws -> Run
  func cancelRun(_ id: RunID) async throws -> Run
  /// What all journalled state amounts to.
  func stateDigest() async throws -> StateDigest
  /// Makes a one-time link for signing in to the server that this folder's configuration describes.
  func makeLink() async throws -> SignInLink

  /// Follows the journal's chain from the first row.
  ///
  /// - Parameter expected: the head of an earlier export.
  /// - Parameter progress: rows done and rows in all.
  func verifyJournal(
    expecting expected: JournalPoint?, progress: @escaping @Sendable (Int64, Int64) -> Void
  ) async throws -> Journal.Verification
  /// Makes the state again from the journal, beside the one that is there, and compares.
  func rebuild(
    reexecuting: Bool, progress: @escaping @Sendable (Int64, Int64) -> Void
  ) async throws -> RebuildReport
  /// Where the journal ends.
  func journalHead() async throws -> Journal.Head
  /// Rows after `number`, oldest first.
  func journalEntries(after number: Int64, limit: Int) async throws -> [JournalEntry]

  /// Checks the database file: its pages, its keys, its settings.
  func checkDatabase() async throws -> [Finding]

  /// Lets go of the database and of the lock. Called once, last.
  func close() async
}
