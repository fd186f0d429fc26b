import Gateway
import Identity
package import Inference
package import Operations
package import Proposals
import Storage
import StorageSQLite
package import StrictJSON
import Tabletop
package import Terminal
import Vocabulary
import Workbench

extension ArbiterFolder {
  /// The document of the campaign that comes with the program.
  package static var sampleCampaign: JSON {
    get throws { try SampleCampaign.document }
  }
}

/// The folder as commands use it when no server runs.
extension ArbiterFolder: OpenFolder {
  package func perform(_ call: OperationCall, key: IdempotencyKey?) async throws -> Performed {
    try await desk.perform(call, as: owner, key: key)
  }

  package func read(_ call: OperationCall) async throws -> JSON { try await desk.read(call, as: owner) }

  package func rehearse(_ calls: [OperationCall]) async throws -> Rehearsal {
    try await desk.rehearse(calls, as: owner)
  }

  package func check(_ proposal: JSON, on subject: String) async throws -> ProposalReport {
    try await proposals.check(proposal, on: subject, as: owner)
  }

  package func execute(_ proposal: JSON, on subject: String, key: IdempotencyKey) async throws -> ProposalRecord {
    try await proposals.execute(proposal, on: subject, as: owner, key: key).record
  }

  package func checkModel(_ candidate: ModelCandidate) async throws -> ModelCheck {
    try await models.check(candidate, as: owner)
  }

  package func localServers() async throws -> [FoundServer] { try await models.localServers(as: owner) }

  package func connectModel(
    _ candidate: ModelCandidate, model: String?, name: String?, key: IdempotencyKey
  ) async throws -> ModelConnection {
    try await models.connect(candidate, model: model, name: name, as: owner, idempotencyKey: "\(key)").connection
  }

  package func makeGatewayKey(_ request: GatewayKeyRequest, key: IdempotencyKey) async throws -> MadeGatewayKey {
    try await gatewayKeys.makeKey(request, as: owner, idempotencyKey: "\(key)")
  }

  package func ask(
    _ question: ModelQuestion, _ emit: @escaping @Sendable (QuestionEvent) async throws -> Void
  ) async throws {
    try await models.ask(question, as: owner, emit)
  }

  package func explainModel(_ name: String) async throws -> ModelExplanation {
    try await models.explain(name, as: owner)
  }

  package func beginRun(
    _ request: TurnDesk.Request, on subject: String, key: IdempotencyKey
  ) async throws -> Run {
    let run = try await turns.begin(request, on: subject, as: owner, key: key).run
    work()
    return run
  }

  package func run(_ id: RunID) async throws -> Run { try await turns.show(id, as: owner).run }

  package func cancelRun(_ id: RunID) async throws -> Run { try await turns.cancel(id, as: owner) }

  package func stateDigest() async throws -> StateDigest { try await desk.stateDigest(as: owner) }

  package func makeLink() async throws -> SignInLink {
    let settings = try await ReadSettings.read(
      flags: [:], environment: Environment.current, file: nil, folder: folder
    ).settings
    return try await makeLink(at: settings.publicOrigin(port: settings.port))
  }

  /// A link for the owner to a server at `origin`.
  package func makeLink(at origin: String) async throws -> SignInLink {
    guard let person = owner.person else {
      throw OperationError(.internalMistake, "The workspace has no owner to sign in.")
    }
    return try await database.write("server.link", in: owner.workspace) { [people] transaction in
      let link = try people.makeLink(for: person, in: transaction)
      return SignInLink(url: "\(origin)/sign-in#\(link.credential.text)", expiresAt: link.expiresAt)
    }
  }

  package func verifyJournal(
    expecting expected: JournalPoint?, progress: @escaping @Sendable (Int64, Int64) -> Void
  ) async throws -> Journal.Verification {
    try await journal.verify(
      owner.workspace, of: database, expecting: expected.map { ($0.number, $0.hash) }, progress: progress)
  }

  package func rebuild(
    reexecuting: Bool, progress: @escaping @Sendable (Int64, Int64) -> Void
  ) async throws -> RebuildReport {
    // Nobody stands behind this writer, and a page of the journal takes as long as it takes.
    var options = SQLiteOptions()
    options.writeLimit = .seconds(3600)
    let scratch = try SQLiteDatabase.scratch(options: options, clock: surroundings.clock, logger: logger)
    do {
      try await scratch.migrate(Self.migrations)
      let report = try await Rebuilder(catalogue: desk.catalogue, journal: journal).rebuild(
        owner.workspace, of: database, in: scratch, reexecuting: reexecuting, progress: progress)
      try await scratch.close()
      return report
    } catch {
      try? await scratch.close()  // It is thrown away in any case.
      throw error
    }
  }

  package func journalHead() async throws -> Journal.Head {
    try await database.read("journal.head", in: owner.workspace) { [journal] in try journal.head(in: $0) }
  }

  package func journalEntries(after number: Int64, limit: Int) async throws -> [JournalEntry] {
    try await database.read("journal.entries", in: owner.workspace) { [journal, owner] transaction in
      // One row more at the beginning, for the hash that the first one follows.
      let rows = try journal.rows(after: max(0, number - 1), limit: limit + 1, in: transaction)
      let undone = try UndoneRows.among(rows.map(\.number), in: transaction)
      var previous = ChainHash.beginning
      var entries: [JournalEntry] = []
      for row in rows {
        if row.number > number, entries.count < limit {
          entries.append(
            JournalEntry(
              row, try journal.content(of: row, in: owner.workspace), undoneBy: undone[row.number],
              previousHash: previous))
        }
        previous = row.hash
      }
      return entries
    }
  }
}
