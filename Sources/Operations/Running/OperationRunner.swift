package import Events
package import Storage
import StrictJSON
package import Vocabulary

/// Carries operations out: decides, applies, journals, tells, and remembers the key, all in the caller's transaction.
///
/// Synchronous, so that a batch and whatever else belongs to it (a job's fence, a turn's stage) are one commit.
package struct OperationRunner: Sendable {
  package let catalogue: Catalogue
  package let journal: Journal
  let events: EventLog
  let sources: ChoiceSources

  package init(catalogue: Catalogue, journal: Journal, events: EventLog, sources: ChoiceSources) {
    self.catalogue = catalogue
    self.journal = journal
    self.events = events
    self.sources = sources
  }

  /// How a batch ended. A failure is a value, not a thrown error, where the transaction must commit all the same: it keeps
  /// the attempt.
  package enum Outcome: Sendable {
    case executed([Performed])
    case failed(OperationError)
  }

  // MARK: Performing

  /// Carries `batch` out, all or nothing.
  ///
  /// When an operation fails after dice were drawn, what was done is rolled back, a row keeps the attempt with its draws,
  /// and the counter stays past them: nobody gets a second throw by failing.
  ///
  /// - Throws: ``OperationError`` when nothing was written; what storage throws.
  package func perform(
    _ batch: PreparedBatch, key: IdempotencyKey?, in transaction: any Transaction
  ) throws -> Outcome {
    let fingerprint = batch.fingerprint
    if let key, let earlier = try repeated(key, fingerprint, batch.principal, in: transaction) { return earlier }
    var attempt = Attempt()
    var allowance = DrawAllowance()
    do {
      let performed = try transaction.savepoint {
        var head = try journal.head(in: transaction)
        return try batch.operations.map { operation in
          let step = try perform(
            operation, as: batch.principal, key: key, proposal: nil, after: head, attempt: &attempt,
            allowance: &allowance, in: transaction)
          head = step.head
          return step.performed
        }
      }
      if let key, let first = performed.first, let last = performed.last {
        try remember(key, fingerprint, batch.principal, rows: first.row.number...last.row.number, in: transaction)
      }
      return .executed(performed)
    } catch  where attempt.hasDrawn {
      let reason = try OperationError(outcome: error).message
      let before = try journal.head(in: transaction)
      let head = try keep(
        attempt, reason, as: batch.principal, key: key, proposal: nil, after: before, in: transaction)
      if let key {
        try remember(key, fingerprint, batch.principal, rows: before.number + 1...head.number, in: transaction)
      }
      return .failed(.executionFailed(reason, row: head.number))
    }
  }

  /// What was drawn before a failure: one entry for each operation that drew, in order.
  struct Attempt {
    private(set) var drawn: [(operation: any PreparedOperation, choices: RecordedChoices)] = []
    var hasDrawn: Bool { !drawn.isEmpty }

    mutating func note(_ operation: any PreparedOperation, _ recorded: RecordedChoices) {
      if recorded.draws?.faces.isEmpty == false { drawn.append((operation, recorded)) }
    }

    mutating func add(_ other: Attempt) { drawn += other.drawn }
  }

  /// Decides, applies, journals and tells one operation.
  func perform(
    _ operation: any PreparedOperation, as principal: Principal, key: IdempotencyKey?, proposal: UniqueID?,
    after head: Journal.Head, attempt: inout Attempt, allowance: inout DrawAllowance, in transaction: any Transaction
  ) throws -> (performed: Performed, head: Journal.Head) {
    var context = OperationContext(
      principal: principal, state: transaction, time: time(after: head, in: transaction), journal: head.number + 1,
      record: journal, choices: FreshChoices(sources, allowance))
    let id: JournalRowID = sources.ids.make()
    let decision: AnyDecision
    do {
      defer {
        attempt.note(operation, context.choices.recorded)
        allowance.spend(context.choices.recorded)
      }
      decision = try operation.decide(&context)
    }
    let told = try apply(decision.changes, journal: context.journal, in: transaction)
    if let record = context.choices.recorded.draws { try Seeds.advance(past: record, in: transaction) }
    let root = try decision.undoes.map { try UndoneRows.note($0, undoneBy: context.journal, journal, in: transaction) }
    let content = JournalContent(
      salt: sources.random.bytes(16).hexadecimal, actor: principal.name, role: principal.role, input: operation.input,
      output: decision.output, summary: decision.summary, display: decision.display, choices: context.choices.recorded,
      changes: decision.changes,
      inverse: try catalogue.inverse(of: decision.changes), events: told, key: key?.description, ruleset: nil,
      proposal: proposal, failure: nil)
    let (row, next) = try journal.append(
      Journal.Draft(
        number: context.journal, id: id, operation: operation.facts.name, version: operation.facts.version,
        outcome: .executed, time: context.time, person: principal.person, undoes: decision.undoes, root: root,
        content: content),
      after: head, in: transaction)
    try tell(row, content, in: transaction)
    return (
      Performed(output: decision.output, row: JournalReference(row), isRepeated: false, display: decision.shown), next
    )
  }

  /// Applies changes and tells of them, in order.
  private func apply(
    _ changes: [RecordedChange], journal: Int64, in transaction: any Transaction
  ) throws -> [RecordedEvent] {
    var told: [RecordedEvent] = []
    events.changes.changed(Set(changes.flatMap(\.touches).map(\.part)), in: transaction)
    for change in changes {
      let owner = try catalogue.owner(of: change)
      try owner.apply(change, in: transaction)
      for draft in try owner.events(of: change, journal: journal, in: transaction) {
        told.append(
          RecordedEvent(
            topic: draft.topic.description, number: try events.append(draft, in: transaction), type: draft.type))
      }
    }
    return told
  }

  /// Later than every row before, also when the clock was set back: order must not depend on it.
  private func time(after head: Journal.Head, in transaction: any Transaction) -> Timestamp {
    guard head.number > 0, transaction.time <= head.time else { return transaction.time }
    return head.time.advanced(by: .microseconds(1))
  }

  private func tell(_ row: JournalRow, _ content: JournalContent, in transaction: any Transaction) throws {
    let summary = JournalSummary(row, content, undoneBy: nil)
    try events.append(
      EventDraft(
        topic: "journal", type: "journal.appended", payload: .object(["summary": try JSON(encoding: summary)])),
      in: transaction)
  }

  /// Keeps what was drawn: a failed row for each operation that drew, so that every roll of the stream is in the journal.
  ///
  /// - Returns: the journal's head after them.
  func keep(
    _ attempt: Attempt, _ reason: String, as principal: Principal, key: IdempotencyKey?, proposal: UniqueID?,
    after head: Journal.Head, in transaction: any Transaction
  ) throws -> Journal.Head {
    var head = head
    for (operation, choices) in attempt.drawn {
      if let record = choices.draws { try Seeds.advance(past: record, in: transaction) }
      let content = JournalContent(
        salt: sources.random.bytes(16).hexadecimal, actor: principal.name, role: principal.role, input: operation.input,
        output: nil, summary: "Failed: \(reason)", choices: choices, changes: [], inverse: nil, events: [],
        key: key?.description, ruleset: nil, proposal: proposal, failure: reason)
      let (row, next) = try journal.append(
        Journal.Draft(
          number: head.number + 1, id: sources.ids.make(), operation: operation.facts.name,
          version: operation.facts.version, outcome: .failed, time: time(after: head, in: transaction),
          person: principal.person, undoes: nil, root: nil, content: content),
        after: head, in: transaction)
      head = next
      try tell(row, content, in: transaction)
    }
    return head
  }

  // MARK: Rehearsing

  /// What would happen, without its happening: the same code in a savepoint that is rolled back. Dice come from a forked
  /// stream: a sample, never the coming ones.
  package func rehearse(_ calls: [OperationCall], as principal: Principal, in transaction: any Transaction) throws
    -> Rehearsal
  {
    struct RolledBack: Error { let rehearsal: Rehearsal }
    do {
      return try transaction.savepoint { () throws -> Rehearsal in
        var steps: [Rehearsal.Step] = []
        var head = try journal.head(in: transaction)
        var allowance = DrawAllowance()
        for (index, call) in calls.enumerated() {
          steps.append(
            try rehearse(call, at: index, as: principal, after: &head, allowance: &allowance, in: transaction))
        }
        // Thrown, so that nothing of it stays.
        throw RolledBack(rehearsal: Rehearsal(steps: steps))
      }
    } catch let end as RolledBack { return end.rehearsal }
  }

  private func rehearse(
    _ call: OperationCall, at index: Int, as principal: Principal, after head: inout Journal.Head,
    allowance: inout DrawAllowance, in transaction: any Transaction
  ) throws -> Rehearsal.Step {
    do {
      let before = head
      let decision = try transaction.savepoint {
        let batch = try PreparedBatch([call], as: principal, from: catalogue)
        return try rehearse(
          batch.operations[0], as: principal, after: before, allowance: &allowance, in: transaction)
      }
      head = head.next
      return Rehearsal.Step(
        operation: call.operation, status: .executed, output: decision.output, display: decision.shown, errors: [])
    } catch {
      return Rehearsal.Step(
        operation: call.operation, status: .refused, output: nil, display: nil,
        errors: try OperationError(outcome: error).located(at: index))
    }
  }

  /// Decides and applies one operation with sample dice; the caller rolls it back.
  func rehearse(
    _ operation: any PreparedOperation, as principal: Principal, after head: Journal.Head,
    allowance: inout DrawAllowance, in transaction: any Transaction
  ) throws -> AnyDecision {
    let sample = sources.random.bytes(8).reduce(0) { $0 << 8 | UInt64($1) }
    var context = OperationContext(
      principal: principal, state: transaction, time: time(after: head, in: transaction), journal: head.number + 1,
      record: journal, choices: FreshChoices(sources, allowance, rehearsal: sample))
    defer { allowance.spend(context.choices.recorded) }
    let decision = try operation.decide(&context)
    _ = try apply(decision.changes, journal: context.journal, in: transaction)
    return decision
  }

  // MARK: Keys

  private func repeated(
    _ key: IdempotencyKey, _ fingerprint: [UInt8], _ principal: Principal, in transaction: any Transaction
  ) throws -> Outcome? {
    let known: KnownKey? = try transaction.first(
      """
      SELECT fingerprint, first_row, last_row FROM idempotency_keys
      WHERE workspace = \(transaction.workspace) AND person = \(principal.keyOwner)
        AND idempotency_key = \(key.description)
      """, as: KnownKey.self)
    guard let known else { return nil }
    guard known.fingerprint == fingerprint else {
      throw OperationError(
        .keyReused, "The idempotency key “\(key)” was used for another operation or input. Use a new key for a new act."
      )
    }
    var performed: [Performed] = []
    for row in try journal.rows(after: known.firstRow - 1, limit: PreparedBatch.operationsMax, in: transaction)
    where row.number <= known.lastRow {
      let content = try journal.content(of: row, in: transaction.workspace)
      if row.outcome == .failed {
        return .failed(.executionFailed(content.failure ?? content.summary, row: known.lastRow))
      }
      performed.append(
        Performed(
          output: content.output ?? .null, row: JournalReference(row), isRepeated: true, display: content.display))
    }
    return .executed(performed)
  }

  private func remember(
    _ key: IdempotencyKey, _ fingerprint: [UInt8], _ principal: Principal, rows: ClosedRange<Int64>,
    in transaction: any Transaction
  ) throws {
    try transaction.run(
      """
      INSERT INTO idempotency_keys (workspace, person, idempotency_key, fingerprint, first_row, last_row, created_at)
      VALUES (\(transaction.workspace), \(principal.keyOwner), \(key.description), \(fingerprint), \(rows.lowerBound),
        \(rows.upperBound), \(transaction.time))
      """)
  }

  /// Forgets keys older than `age`. They are kept for a day at least.
  package func forgetKeys(olderThan age: Duration, in transaction: any Transaction) throws -> Int {
    try transaction.run(
      """
      DELETE FROM idempotency_keys
      WHERE workspace = \(transaction.workspace)
        AND created_at < \(transaction.time.advanced(by: .zero - max(age, .seconds(86_400))))
      """)
  }
}

private struct KnownKey: Decodable {
  let fingerprint: [UInt8]
  let firstRow, lastRow: Int64
}

extension PreparedBatch {
  /// What the batch is, for telling whether a key comes back with the same one.
  fileprivate var fingerprint: [UInt8] {
    ChainHash.content(
      operations.flatMap { operation in
        Array("\(operation.facts.name)@\(operation.facts.version)".utf8) + [0] + operation.input.canonicalBytes() + [0]
      })
  }
}

extension Principal {
  /// Whose keys they are. Arbiter's own are under sixteen zero bytes.
  fileprivate var keyOwner: UniqueID { person?.raw ?? UniqueID(high: 0, low: 0) }
}

extension OperationError {
  /// What an error says of the operation that threw it.
  ///
  /// - Throws: the error itself when it is trouble of the engine, which is no outcome: the whole transaction goes.
  init(outcome error: any Error) throws {
    switch error {
    case let error as OperationError: self = error
    case let error as StorageError where error.kind != .constraint: throw error
    case is CancellationError: throw error
    default: self.init(.refused, String(describing: error))
    }
  }

  static func executionFailed(_ reason: String, row: Int64) -> OperationError {
    let sentence = reason.hasSuffix(".") ? reason : reason + "."
    return OperationError(
      .executionFailed,
      "It was begun and failed: \(sentence) Nothing was changed; journal row \(row) keeps the attempt and what was drawn.",
      attempt: row)
  }
}

extension JournalReference {
  package init(_ row: JournalRow) {
    self.init(number: row.number, id: row.id, operation: row.operation, version: row.version, time: row.time)
  }
}

extension Journal.Head {
  /// The head that a rehearsal goes on from.
  var next: Journal.Head {
    Journal.Head(number: number + 1, hash: hash, time: time.advanced(by: .microseconds(1)), code: code)
  }
}
