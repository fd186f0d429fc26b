import Inference
import Proposals
import StrictJSON
import Synchronization
import Terminal
import Vocabulary

@testable import Operations

/// A folder that answers what it was told to, and keeps what it was asked.
final class FakeFolder: OpenFolder {
  struct Script: Sendable {
    var perform: @Sendable (OperationCall, IdempotencyKey?) throws -> Performed = { call, _ in
      throw OperationError(.unknownOperation, "There is no operation “\(call.operation)”.")
    }
    var read: @Sendable (OperationCall) throws -> JSON = { _ in [:] }
    var rehearsal = Rehearsal(steps: [])
    var check: @Sendable (JSON) throws -> ProposalReport = { _ in throw OperationError(.notFound, "no report") }
    var execute: @Sendable (JSON) throws -> ProposalRecord = { _ in throw OperationError(.notFound, "no record") }
    var modelCheck: @Sendable (ModelCandidate) throws -> ModelCheck = { _ in throw OperationError(.notFound, "none") }
    var servers: [FoundServer] = []
    var connection: @Sendable (ModelCandidate) throws -> ModelConnection = { _ in
      throw OperationError(.notFound, "no connection")
    }
    var answer: [QuestionEvent] = []
    /// Whether the answer goes on for ever after that.
    var answerHangs = false
    var explain: @Sendable (String) throws -> ModelExplanation = { _ in throw OperationError(.notFound, "none") }
    /// What a turn is at each look; the last one stays.
    var runs: [Run] = []
    var link = SignInLink(url: "http://127.0.0.1:8282/sign-in#code", expiresAt: Timestamp(microseconds: 0))
    var verification = Journal.Verification(head: .empty)
    var report: RebuildReport?
    var head = Journal.Head.empty
    var entries: [JournalEntry] = []
    var findings: [Finding] = []
  }

  private let script: Script
  private let asked = Mutex<[String]>([])
  private let looks = Mutex(0)

  private let (hangs, hanging) = AsyncStream.makeStream(of: Void.self)

  init(_ script: Script = Script()) { self.script = script }

  /// Everything that was asked, in order; `close` last when the command is well-behaved.
  var log: [String] { asked.withLock { $0 } }

  func perform(_ call: OperationCall, key: IdempotencyKey?) async throws -> Performed {
    note("perform \(call.operation) \(call.input) \(key?.description ?? "no key")")
    return try script.perform(call, key)
  }

  func read(_ call: OperationCall) async throws -> JSON {
    note("read \(call.operation) \(call.input)")
    return try script.read(call)
  }

  func rehearse(_ calls: [OperationCall]) async throws -> Rehearsal {
    note("rehearse \(calls.count)")
    return script.rehearsal
  }

  func beginRun(_ request: TurnDesk.Request, on subject: String, key: IdempotencyKey) async throws -> Run {
    note("begin \(subject) \(request.mode.rawValue) \(request.text)")
    return try look()
  }

  func run(_ id: RunID) async throws -> Run {
    note("run")
    return try look()
  }

  func cancelRun(_ id: RunID) async throws -> Run { try look() }

  func stateDigest() async throws -> StateDigest { StateDigest(stateHash: "00ff", journal: 7) }

  private func look() throws -> Run {
    let seen = looks.withLock { looks in
      defer { looks += 1 }
      return looks
    }
    guard let last = script.runs.last else { throw OperationError(.notFound, "no run") }
    return seen < script.runs.count ? script.runs[seen] : last
  }

  func check(_ proposal: JSON, on subject: String) async throws -> ProposalReport {
    note("check \(subject) \(proposal)")
    return try script.check(proposal)
  }

  func execute(_ proposal: JSON, on subject: String, key: IdempotencyKey) async throws -> ProposalRecord {
    note("execute \(subject) \(proposal) \(key)")
    return try script.execute(proposal)
  }

  func checkModel(_ candidate: ModelCandidate) async throws -> ModelCheck {
    note(
      "check model \(candidate.key == nil ? "without" : "with") key at \(candidate.endpoint?.description ?? "no address")"
    )
    return try script.modelCheck(candidate)
  }

  func localServers() async throws -> [FoundServer] {
    note("local servers")
    return script.servers
  }

  func connectModel(
    _ candidate: ModelCandidate, model: String?, name: String?, key: IdempotencyKey
  ) async throws -> ModelConnection {
    note("connect \(model ?? "any model") as \(name ?? "itself") \(key)")
    return try script.connection(candidate)
  }

  func makeGatewayKey(_ request: GatewayKeyRequest, key: IdempotencyKey) async throws -> MadeGatewayKey {
    note(
      "make key \(request.name) for \(request.models ?? ["everything"]) until \(request.expiresAt.map { "\($0)" } ?? "never")"
    )
    return MadeGatewayKey(key: ["id": "0197a3c1-0000-7000-8000-000000000001"], secret: "arb_secret")
  }

  func ask(_ question: ModelQuestion, _ emit: @escaping @Sendable (QuestionEvent) async throws -> Void) async throws {
    note("ask \(question.model ?? "default") “\(question.text)”")
    for event in script.answer { try await emit(event) }
    guard script.answerHangs else { return }
    hanging.finish()
    try await Task.sleep(for: .seconds(3600))
  }

  /// Returns when an answer has come to where nothing more comes.
  func whenAnswerHangs() async { for await _ in hangs {} }

  func explainModel(_ name: String) async throws -> ModelExplanation {
    note("explain \(name)")
    return try script.explain(name)
  }

  func makeLink() async throws -> SignInLink {
    note("link")
    return script.link
  }

  func verifyJournal(
    expecting expected: JournalPoint?, progress: @escaping @Sendable (Int64, Int64) -> Void
  ) async throws -> Journal.Verification {
    note("verify \(expected?.description ?? "nothing")")
    for row in 0...1000 { progress(Int64(row), 1000) }
    return script.verification
  }

  func rebuild(
    reexecuting: Bool, progress: @escaping @Sendable (Int64, Int64) -> Void
  ) async throws -> RebuildReport {
    note("rebuild \(reexecuting)")
    guard let report = script.report else { throw OperationError(.journalDamaged, "The journal has no row 1.") }
    return report
  }

  func journalHead() async throws -> Journal.Head { script.head }

  func journalEntries(after number: Int64, limit: Int) async throws -> [JournalEntry] {
    note("entries \(number) \(limit)")
    return Array(script.entries.filter { $0.number > number }.prefix(limit))
  }

  func checkDatabase() async throws -> [Finding] { script.findings }

  func close() async { note("close") }

  private func note(_ what: String) { asked.withLock { $0.append(what) } }
}
