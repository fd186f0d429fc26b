import Inference
import Operations
import Proposals
import StrictJSON

/// Operations through a folder that this process has opened.
struct FolderDoor: OperationDoor {
  private let folder: any OpenFolder
  private let reads: Set<String>

  /// - Parameter operations: what the program knows, to tell reads from changes.
  init(_ folder: any OpenFolder, operations: [OperationFacts]) {
    self.folder = folder
    reads = Set(operations.lazy.filter { $0.kind == .read }.map(\.name))
  }

  func perform(_ call: OperationCall, key: IdempotencyKey) async throws -> OperationAnswer {
    guard !reads.contains(call.operation) else {
      return OperationAnswer(output: try await folder.read(call), journal: nil, isRepeated: false)
    }
    let performed = try await folder.perform(call, key: key)
    return OperationAnswer(output: performed.output, journal: performed.row, isRepeated: performed.isRepeated)
  }

  func rehearse(_ calls: [OperationCall]) async throws -> RehearsalAnswer {
    RehearsalAnswer(
      results: try await folder.rehearse(calls).steps.map { step in
        RehearsalAnswer.Step(
          operation: step.operation, status: RehearsalAnswer.Status(step.status), output: step.output,
          errors: step.errors)
      })
  }

  func check(_ proposal: JSON, on subject: String) async throws -> ProposalReport {
    try await folder.check(proposal, on: subject)
  }

  func execute(_ proposal: JSON, on subject: String, key: IdempotencyKey) async throws -> ProposalRecord {
    try await folder.execute(proposal, on: subject, key: key)
  }

  func checkModel(_ candidate: ModelCandidate) async throws -> ModelCheck { try await folder.checkModel(candidate) }

  func localServers() async throws -> [FoundServer] { try await folder.localServers() }

  func connectModel(
    _ candidate: ModelCandidate, model: String?, name: String?, key: IdempotencyKey
  ) async throws -> ModelConnection {
    try await folder.connectModel(candidate, model: model, name: name, key: key)
  }

  func makeGatewayKey(_ request: GatewayKeyRequest, key: IdempotencyKey) async throws -> MadeGatewayKey {
    try await folder.makeGatewayKey(request, key: key)
  }

  func ask(
    _ question: ModelQuestion, _ emit: @escaping @Sendable (QuestionEvent) async throws -> Void
  ) async throws {
    try await folder.ask(question, emit)
  }

  func explainModel(_ name: String) async throws -> ModelExplanation { try await folder.explainModel(name) }

  func beginRun(_ request: TurnDesk.Request, on subject: String, key: IdempotencyKey) async throws -> Run {
    try await folder.beginRun(request, on: subject, key: key)
  }

  func run(_ id: RunID) async throws -> Run { try await folder.run(id) }

  func cancelRun(_ id: RunID) async throws -> Run { try await folder.cancelRun(id) }

  func stateDigest() async throws -> StateDigest { try await folder.stateDigest() }

  func makeLink() async throws -> SignInLink { try await folder.makeLink() }

  func close() async { await folder.close() }
}

extension RehearsalAnswer.Status {
  fileprivate init(_ status: Rehearsal.Status) {
    switch status {
    case .executed: self = .executed
    case .refused: self = .refused
    case .notChecked: self = .notChecked
    }
  }
}
