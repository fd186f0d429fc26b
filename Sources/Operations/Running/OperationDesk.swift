package import Events
package import Storage
package import StrictJSON
package import Vocabulary

/// Where the outside asks: the runner with a database, one call one commit.
package struct OperationDesk: Sendable {
  package let runner: OperationRunner
  package let database: any Database

  package init(runner: OperationRunner, database: any Database) {
    self.runner = runner
    self.database = database
  }

  package var catalogue: Catalogue { runner.catalogue }
  /// Tells of what operations change.
  package var changes: StateWatch { runner.events.changes }

  /// Carries one operation out; returns when it is on the disk.
  ///
  /// - Throws: ``OperationError``, `StorageError`, or `CancellationError` when cancelled before it was queued.
  package func perform(_ call: OperationCall, as principal: Principal, key: IdempotencyKey? = nil) async throws
    -> Performed
  {
    let performed = try await perform([call], as: principal, key: key)
    guard let only = performed.first else {
      throw OperationError(.internalMistake, "A batch of one gave no result.")
    }
    return only
  }

  /// Carries a batch out, all or nothing.
  package func perform(_ calls: [OperationCall], as principal: Principal, key: IdempotencyKey? = nil) async throws
    -> [Performed]
  {
    // Decoding and checking happen here, so that the one writer's time goes to writing.
    let batch = try PreparedBatch(calls, as: principal, from: catalogue)
    let outcome = try await database.write("operations.perform", in: principal.workspace) { [runner] transaction in
      try runner.perform(batch, key: key, in: transaction)
    }
    switch outcome {
    case .executed(let performed): return performed
    case .failed(let error): throw error
    }
  }

  /// What would happen.
  package func rehearse(_ calls: [OperationCall], as principal: Principal) async throws -> Rehearsal {
    guard (1...PreparedBatch.operationsMax).contains(calls.count) else {
      throw OperationError(
        .invalidInput,
        "A rehearsal holds 1 to \(PreparedBatch.operationsMax) operations; this one holds \(calls.count).")
    }
    return try await database.write("operations.rehearse", in: principal.workspace) { [runner] transaction in
      try runner.rehearse(calls, as: principal, in: transaction)
    }
  }

  /// What all journalled state amounts to, and where the journal stood: for comparing two workspaces, or one with its
  /// rebuild. Reads every row of it.
  package func stateDigest(as principal: Principal) async throws -> StateDigest {
    try await database.read("operations.state-digest", in: principal.workspace) { [runner] transaction in
      StateDigest(
        stateHash: "\(try StateHash(of: runner.catalogue.stateTables, in: transaction))",
        journal: try runner.journal.head(in: transaction).number)
    }
  }

  /// Answers a question from one snapshot.
  package func read(_ call: OperationCall, as principal: Principal) async throws -> JSON {
    let read = try catalogue.read(named: call.operation)
    try principal.demand(read.facts.permission, for: read.facts.title)
    try read.check(call.input)
    return try await database.read("operations.read", in: principal.workspace) { transaction in
      try read.answer(call.input, principal, transaction)
    }
  }
}
