import Inference
import Operations
import Proposals
import Storage
import StrictJSON
import Vocabulary

/// Operations through the server that holds the folder.
struct ServerDoor: OperationDoor {
  private let line: ServerLine

  init(_ line: ServerLine) { self.line = line }

  func perform(_ call: OperationCall, key: IdempotencyKey) async throws -> OperationAnswer {
    guard OperationName.isWellFormed(call.operation) else {
      throw TerminalError.usage(OperationName.refusal(of: call.operation))
    }
    let reply = try await line.post("/api/v1/operations/\(call.operation)", call.input, key: key)
    guard let output = reply.body["output"] else { throw line.misunderstood("it has no “output”") }
    let journal: JournalReference? = try reply.body["journal"].flatMap { $0.isNull ? nil : try line.decode($0) }
    return OperationAnswer(output: output, journal: journal, isRepeated: reply.isRepeated)
  }

  func rehearse(_ calls: [OperationCall]) async throws -> RehearsalAnswer {
    let batch: JSON = ["operations": .array(calls.map { ["operation": .string($0.operation), "input": $0.input] })]
    return try line.decode(try await line.post("/api/v1/rehearsals", batch, key: nil).body)
  }

  func check(_ proposal: JSON, on subject: String) async throws -> ProposalReport {
    let body: JSON = ["subject": .string(subject), "proposal": proposal]
    return try line.decode(try await line.post("/api/v1/proposals/checks", body, key: nil).body)
  }

  func execute(_ proposal: JSON, on subject: String, key: IdempotencyKey) async throws -> ProposalRecord {
    let body: JSON = ["subject": .string(subject), "proposal": proposal]
    return try line.decode(try await line.post("/api/v1/proposals", body, key: key).body)
  }

  func checkModel(_ candidate: ModelCandidate) async throws -> ModelCheck {
    try line.decode(try await line.post("/api/v1/model-checks", .object(candidate.members), key: nil).body)
  }

  func localServers() async throws -> [FoundServer] {
    let reply = try await line.get("/api/v1/local-servers")
    guard let items = reply.body["items"] else { throw line.misunderstood("it has no “items”") }
    return try line.decode(items)
  }

  func connectModel(
    _ candidate: ModelCandidate, model: String?, name: String?, key: IdempotencyKey
  ) async throws -> ModelConnection {
    var body = candidate.members
    if let model { body["model"] = .string(model) }
    if let name { body["name"] = .string(name) }
    return try line.decode(try await line.post("/api/v1/model-connections", .object(body), key: key).body)
  }

  func makeGatewayKey(_ request: GatewayKeyRequest, key: IdempotencyKey) async throws -> MadeGatewayKey {
    try line.decode(try await line.post("/api/v1/gateway-keys", try JSON(encoding: request), key: key).body)
  }

  func ask(
    _ question: ModelQuestion, _ emit: @escaping @Sendable (QuestionEvent) async throws -> Void
  ) async throws {
    var hasEnded = false
    try await line.lines(from: "/api/v1/questions", try JSON(encoding: question)) { value in
      let event: QuestionEvent = try line.decode(value)
      if case .report = event { hasEnded = true }
      try await emit(event)
    }
    guard hasEnded else {
      throw TerminalError.failed("The server stopped in the middle of the answer; what had come is above.")
    }
  }

  func explainModel(_ name: String) async throws -> ModelExplanation {
    try line.decode(try await line.get("/api/v1/model-explanations?model=\(PercentEncoding.encode(name))").body)
  }

  func beginRun(_ request: TurnDesk.Request, on subject: String, key: IdempotencyKey) async throws -> Run {
    var body: JSONObject = ["mode": .string(request.mode.rawValue), "text": .string(request.text)]
    if let proposal = request.proposal { body["proposal"] = proposal }
    return try line.decode(try await line.post("/api/v1/\(subject)/runs", .object(body), key: key).body)
  }

  func run(_ id: RunID) async throws -> Run {
    guard let run = try await line.get("/api/v1/runs/\(id)").body["run"] else {
      throw line.misunderstood("it has no “run”")
    }
    return try line.decode(run)
  }

  func cancelRun(_ id: RunID) async throws -> Run {
    try line.decode(try await line.post("/api/v1/runs/\(id)/cancellation", [:], key: nil).body)
  }

  func stateDigest() async throws -> StateDigest {
    try line.decode(try await line.get("/api/v1/state-digest").body)
  }

  func makeLink() async throws -> SignInLink {
    try line.decode(try await line.post("/api/v1/sign-in-links", [:], key: nil).body)
  }

  func close() async { await line.close() }
}

extension ModelCandidate {
  /// For the body of a request, which goes to this machine's own server and nowhere else.
  fileprivate var members: JSONObject {
    var members: JSONObject = [:]
    if let key { members["key"] = .string(key.secret) }
    if let endpoint { members["baseURL"] = .string("\(endpoint)") }
    return members
  }
}
