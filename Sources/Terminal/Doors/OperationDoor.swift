import Inference
import Operations
import Proposals
import StrictJSON

/// A way to operations: the running server, or the folder opened by this process. Both answer alike.
protocol OperationDoor: Sendable {
  /// Carries an operation out, or answers it when it is a read.
  func perform(_ call: OperationCall, key: IdempotencyKey) async throws -> OperationAnswer
  func rehearse(_ calls: [OperationCall]) async throws -> RehearsalAnswer
  /// Rehearses a proposal on a subject such as `campaigns/salt_road`.
  func check(_ proposal: JSON, on subject: String) async throws -> ProposalReport
  /// Executes a proposal.
  func execute(_ proposal: JSON, on subject: String, key: IdempotencyKey) async throws -> ProposalRecord
  /// Begins a turn on a subject; it is taken while the door is open, and by a server in any case.
  func beginRun(_ request: TurnDesk.Request, on subject: String, key: IdempotencyKey) async throws -> Run
  func run(_ id: RunID) async throws -> Run
  func cancelRun(_ id: RunID) async throws -> Run
  /// What all journalled state amounts to.
  func stateDigest() async throws -> StateDigest
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
  /// Asks a model a question, and hands on what comes; the report is the last event.
  func ask(_ question: ModelQuestion, _ emit: @escaping @Sendable (QuestionEvent) async throws -> Void) async throws
  /// Where a call for a name would go.
  func explainModel(_ name: String) async throws -> ModelExplanation
  func makeLink() async throws -> SignInLink
  /// Called once, last.
  func close() async
}

/// What an operation answered.
struct OperationAnswer: Sendable, Hashable {
  let output: JSON
  /// Nil for a read.
  let journal: JournalReference?
  /// Whether this is the stored answer of an earlier call with the same key.
  let isRepeated: Bool
}

/// What operations would do.
struct RehearsalAnswer: Codable, Sendable, Hashable {
  enum Status: String, Codable, Sendable, CaseIterable {
    case executed, refused
    case notChecked = "not_checked"
  }

  struct Step: Codable, Sendable, Hashable {
    let operation: String
    let status: Status
    let output: JSON?
    let errors: [FieldError]
  }

  let results: [Step]
}
