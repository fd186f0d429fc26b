import Crypto
package import Events
package import Inference
package import Jobs
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Where turns are begun, looked at, stopped and taken back. The work itself is ``TurnJob``'s.
package struct TurnDesk: Sendable {
  private let engine: TurnEngine
  private let database: any Database
  private let queue: JobQueue
  private let ids: any IDSource

  /// What taking a turn, stopping one and having it told again ask for: each may cost what a model costs.
  static let permission = Permission("turn.take", from: .editor)

  /// Characters a person may say in a turn.
  package static let textMax = 8000

  /// - Throws: what a prompt file that cannot be read throws: the program does not start then.
  package init(
    runner: OperationRunner, database: any Database, events: EventLog, sealer: any Sealer, ids: any IDSource,
    queue: JobQueue, router: any ModelRouter, surfaces: [any TurnSurface]
  ) throws {
    engine = TurnEngine(
      runner: runner, events: events, table: RunTable(sealer: sealer), summaries: SummaryTable(sealer: sealer),
      composer: PromptComposer(try PromptLibrary()),
      surfaces: Dictionary(surfaces.map { ($0.area, $0) }, uniquingKeysWith: { $1 }), router: router, queue: queue)
    self.database = database
    self.queue = queue
    self.ids = ids
  }

  /// What does the turns' work; for the worker.
  package var handlers: [any JobHandler] { [TurnJob(engine: engine), SummaryJob(engine: engine)] }

  /// What a person asks for.
  package struct Request: Sendable {
    package let mode: Run.Mode
    package let text: String
    /// Brought by the person; no model is asked for one.
    package let proposal: JSON?

    package init(mode: Run.Mode, text: String, proposal: JSON? = nil) {
      self.mode = mode
      self.text = text
      self.proposal = proposal
    }
  }

  /// Begins a turn; durable on return, and taken from then on whatever happens to whoever asked.
  ///
  /// - Parameter key: asking again with it gives the same run.
  /// - Throws: ``TurnInProgress`` while another turn on the subject has not ended; ``OperationError`` `.invalidInput` with
  ///   every fault when the proposal cannot be executed, nothing written.
  package func begin(
    _ request: Request, on subject: String, as principal: Principal, key: IdempotencyKey? = nil
  ) async throws -> (run: Run, isRepeated: Bool) {
    try principal.demand(Self.permission, for: "Take a turn")
    let proposal = try checked(request)
    let fingerprint = Array(
      SHA256.hash(
        data: Array("\(subject)\u{0}\(request.mode.rawValue)\u{0}\(request.text)\u{0}".utf8)
          + (request.proposal?.canonicalBytes() ?? [])))
    let storedKey = key.map { "\(principal.person.map { "\($0)" } ?? "arbiter")/\($0)" }
    let id: RunID = ids.make()
    return try await database.write("turns.begin", in: principal.workspace) { [self] transaction in
      if let storedKey,
        let earlier = try engine.table.run(withKey: storedKey, fingerprint: fingerprint, in: transaction)
      {
        return (earlier, true)
      }
      var run = Run(
        id, on: subject, number: try engine.table.nextNumber(on: subject, in: transaction), request.mode, request.text,
        by: principal.name, isByHand: proposal != nil, at: transaction.time)
      // Whether there is such a thing, and whether the person may, is told before anything else.
      let scope = try engine.scope(of: run, for: principal, in: transaction)
      if let active = try engine.table.active(on: subject, in: transaction) { throw TurnInProgress(run: active) }
      if let proposal {
        let report = try ProposalChecker(runner: engine.runner).check(proposal, in: scope, transaction)
        guard report.plan != nil else { throw OperationError.invalidProposal(report.faults.located("/proposal")) }
        run.propose(.proposal(proposal))
      }
      let job = try enqueue(run, as: principal, in: transaction)
      try engine.table.insert(run, job: job, key: storedKey, fingerprint: fingerprint, in: transaction)
      try engine.tell(run, in: transaction)
      return (run, false)
    }
  }

  private func checked(_ request: Request) throws -> Proposal? {
    let length = request.text.unicodeScalars.count
    guard length <= Self.textMax else {
      throw OperationError.invalid(
        "/text", "too_long", "The text has \(length) characters; at most \(Self.textMax) are allowed.")
    }
    guard let json = request.proposal else {
      guard request.text.contains(where: { !$0.isWhitespace }) else {
        throw OperationError.invalid("/text", "empty", "Say what is to be done, or bring a proposal.")
      }
      return nil
    }
    switch ProposalDecoder().decode(json) {
    case .faults(let faults): throw OperationError.invalidProposal(faults.located("/proposal"))
    case .proposal(let proposal):
      guard !proposal.operations.isEmpty else {
        throw OperationError.invalid("/proposal/operations", "empty", "There is no operation to execute.")
      }
      return proposal
    }
  }

  private func enqueue(_ run: Run, as principal: Principal, in transaction: any Transaction) throws -> JobID {
    try queue.enqueue(
      JobDraft(
        TurnJob.self,
        TurnJob.Arguments(run: run.id, person: principal.person, name: principal.name, role: principal.role)),
      in: transaction)
  }

  // MARK: Looking

  /// Runs of a subject, newest first, without the texts of their calls.
  package struct Page: Codable, Sendable {
    package let items: [Run]
    /// `before` of the next page; nil on the last.
    package let next: Int64?
    /// Where the events of the subject begin that come after this page.
    package let cursor: String
  }

  package func runs(
    on subject: String, before number: Int64? = nil, limit: Int = 20, as principal: Principal
  ) async throws -> Page {
    let limit = min(max(1, limit), 100)
    return try await database.read("turns.list", in: principal.workspace) { [self] state in
      let (surface, name) = try engine.surface(of: subject)
      // Whether there is such a thing, and whether the person may look.
      _ = try surface.scope(of: name, for: principal, proposal: UniqueID(high: 0, low: 0), in: state)
      let runs = try engine.table.runs(on: subject, before: number, limit: limit + 1, in: state)
      let items = runs.prefix(limit).map(\.withoutTexts)
      return Page(
        items: items, next: runs.count > limit ? items.last?.number : nil, cursor: try cursor(of: subject, in: state))
    }
  }

  /// A run with everything, and where the events begin that come after it.
  package struct Shown: Codable, Sendable {
    package let run: Run
    package let cursor: String
  }

  package func show(_ id: RunID, as principal: Principal) async throws -> Shown {
    try await database.read("turns.show", in: principal.workspace) { [self] state in
      let run = try run(id, in: state)
      return Shown(run: run, cursor: try cursor(of: run.subject, in: state))
    }
  }

  private func cursor(of subject: String, in state: any ReadTransaction) throws -> String {
    guard let topic = Topic(subject) else { return "" }
    return try engine.events.cursor(of: [topic], in: state).description
  }

  private func run(_ id: RunID, in state: any ReadTransaction) throws -> Run {
    guard let run = try engine.table.run(id, in: state) else { throw OperationError.noRun(id) }
    return run
  }

  // MARK: Stopping, telling again, taking back

  /// What is kept of an act that was asked for with a key: a digest, since keys are their callers' own.
  private static func act(_ verb: String, _ key: IdempotencyKey, _ principal: Principal) -> String {
    let person = principal.person.map { "\($0)" } ?? "arbiter"
    return Array(SHA256.hash(data: Array("\(verb)\u{0}\(person)\u{0}\(key)".utf8)).prefix(8)).hexadecimal
  }

  /// Stops a turn. Before its operations are committed nothing of it is done; after, they stand, told by their results.
  /// A run that has ended stays as it is.
  package func cancel(_ id: RunID, as principal: Principal) async throws -> Run {
    try principal.demand(Self.permission, for: "Stop a turn")
    return try await database.write("turns.cancel", in: principal.workspace) { [self] transaction in
      var run = try run(id, in: transaction)
      _ = try engine.scope(of: run, for: principal, in: transaction)
      guard !run.isEnded else { return run }
      if let job = try engine.table.job(of: id, in: transaction) {
        try queue.cancel(job, because: "Stopped by \(principal.name).", in: transaction)
      }
      run.noteStop(by: principal.name, at: transaction.time)
      try engine.note(run, in: transaction)
      return run.withoutTexts
    }
  }

  /// Has a run that was executed told again. Executes nothing.
  ///
  /// - Throws: ``TurnInProgress``; ``OperationError`` `.refused` for a run that changed nothing.
  /// - Parameter key: asking again with it does nothing more.
  package func tellAgain(_ id: RunID, as principal: Principal, key: IdempotencyKey? = nil) async throws -> Run {
    try principal.demand(Self.permission, for: "Tell a turn again")
    return try await database.write("turns.tell-again", in: principal.workspace) { [self] transaction in
      var run = try run(id, in: transaction)
      _ = try engine.scope(of: run, for: principal, in: transaction)
      let act = key.map { Self.act("tell", $0, principal) }
      if let act, run.acts.contains(act) { return run.withoutTexts }
      if let active = try engine.table.active(on: run.subject, in: transaction) { throw TurnInProgress(run: active) }
      guard run.isExecuted else {
        throw OperationError(.refused, "Only a turn that was executed can be told again.")
      }
      guard run.calls.count < Run.callsMax else {
        throw OperationError(
          .refused, "Turn \(run.number) was told as often as a turn can be: \(run.calls.count) calls.")
      }
      run.tellAgain()
      try engine.summaries.forget(run.subject, from: run.number, in: transaction)
      if let act { run.acts.append(act) }
      try engine.table.update(run, job: try enqueue(run, as: principal, in: transaction), in: transaction)
      try engine.tell(run, in: transaction)
      return run.withoutTexts
    }
  }

  /// Takes back what a run did, newest first, in one commit; rolls that changed nothing stay as they fell.
  ///
  /// - Throws: ``OperationError`` `.undoConflict` where later rows changed the same values, nothing written.
  /// - Parameter key: asking again with it does nothing more.
  package func undo(_ id: RunID, as principal: Principal, key: IdempotencyKey? = nil) async throws -> Run {
    try await database.write("turns.undo", in: principal.workspace) { [self] transaction in
      var run = try run(id, in: transaction)
      _ = try engine.scope(of: run, for: principal, in: transaction)
      let act = key.map { Self.act("undo", $0, principal) }
      if let act, run.acts.contains(act) { return run.withoutTexts }
      if let active = try engine.table.active(on: run.subject, in: transaction) { throw TurnInProgress(run: active) }
      let rows = run.operations.compactMap(\.journal?.number)
      let undoable = try engine.runner.undoable(rows, in: transaction)
      guard run.undoneAt == nil, !undoable.isEmpty else {
        throw OperationError(
          run.undoneAt == nil ? .notUndoable : .alreadyUndone,
          run.undoneAt == nil
            ? "Turn \(run.number) changed nothing that could be undone."
            : "Turn \(run.number) is undone already.")
      }
      let calls = undoable.sorted(by: >).map { OperationCall(operation: "undo", input: ["journal": .integer($0)]) }
      let batch = try PreparedBatch(calls, as: principal, from: engine.runner.catalogue)
      if case .failed(let error) = try engine.runner.perform(batch, key: nil, in: transaction) { throw error }
      run.undoneAt = transaction.time
      try engine.summaries.forget(run.subject, from: run.number, in: transaction)
      if let act { run.acts.append(act) }
      try engine.note(run, in: transaction)
      return run.withoutTexts
    }
  }
}

/// Another turn on the same subject has not ended.
package struct TurnInProgress: Error, Sendable, CustomStringConvertible {
  /// The one to follow.
  package let run: RunID
  package var description: String {
    "A turn is in progress here (run \(run)). Follow it, or stop it; what you wrote was not used."
  }
}

extension OperationError {
  static func noRun(_ id: RunID) -> OperationError {
    OperationError(.notFound, "There is no run \(id) in this workspace.")
  }
}

extension [ProposalFault] {
  /// With places from the root of what the proposal is a member of.
  func located(_ prefix: String) -> [ProposalFault] {
    map { ProposalFault(prefix + $0.pointer, $0.code, $0.message, allowed: $0.allowed, repair: $0.repair) }
  }
}

extension Run {
  mutating func noteStop(by name: String, at time: Timestamp) {
    for index in calls.indices where calls[index].state == .asked {
      calls[index].state = .failed
      calls[index].endedAt = time
      calls[index].error = "Stopped by \(name)."
    }
    if outcome == .executed {
      tellFromResults()
    } else {
      problem = "Stopped by \(name); nothing was changed."
      end(.cancelled)
    }
    endedAt = time
  }
}
