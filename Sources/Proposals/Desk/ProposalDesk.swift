import Crypto
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Where proposals are brought by people: checked, and executed, without a model.
package struct ProposalDesk: Sendable {
  private let runner: OperationRunner
  private let database: any Database
  private let sealer: any Sealer
  private let ids: any IDSource
  private let surfaces: [String: any ProposalSurface]

  package init(
    runner: OperationRunner, database: any Database, sealer: any Sealer, ids: any IDSource,
    surfaces: [any ProposalSurface]
  ) {
    self.runner = runner
    self.database = database
    self.sealer = sealer
    self.ids = ids
    self.surfaces = Dictionary(surfaces.map { ($0.area, $0) }, uniquingKeysWith: { $1 })
  }

  /// Rehearses a proposal and changes nothing.
  ///
  /// - Parameter subject: what it is about: `campaigns/salt_road`.
  package func check(_ proposal: JSON, on subject: String, as principal: Principal) async throws -> ProposalReport {
    switch ProposalDecoder().decode(proposal) {
    case .faults(let faults): return ProposalReport(faults)
    case .proposal(let proposal):
      let id: ProposalID = ids.make()
      return try await database.write("proposals.check", in: principal.workspace) { transaction in
        ProposalReport(try check(proposal, id, on: subject, as: principal, in: transaction))
      }
    }
  }

  /// Executes a proposal: rehearsal and execution are one commit, so what was checked is what is changed.
  ///
  /// - Parameter key: asking again with it gives the first answer, and does nothing.
  /// - Returns: what became of it, also when a required operation failed once dice lay on the table; and whether that is the
  ///   stored answer of an earlier call with the same key.
  /// - Throws: ``OperationError`` `.invalidInput` with every fault when it cannot be executed; nothing was written.
  package func execute(
    _ proposal: JSON, on subject: String, as principal: Principal, key: IdempotencyKey? = nil
  ) async throws -> (record: ProposalRecord, isRepeated: Bool) {
    let decoded: Proposal
    switch ProposalDecoder().decode(proposal) {
    case .faults(let faults): throw OperationError.invalidProposal(faults)
    case .proposal(let proposal): decoded = proposal
    }
    guard !decoded.operations.isEmpty else {
      throw OperationError.invalid("/operations", "empty", "There is no operation to execute.")
    }
    let fingerprint = Array(SHA256.hash(data: Array("\(subject)\u{0}".utf8) + proposal.canonicalBytes()))
    let storedKey = key.map { "\(principal.person.map { "\($0)" } ?? "arbiter")/\($0)" }
    let id: ProposalID = ids.make()
    return try await database.write("proposals.execute", in: principal.workspace) { transaction in
      if let storedKey,
        let earlier = try ProposalTable.record(
          withKey: storedKey, fingerprint: fingerprint, sealer, in: transaction)
      {
        return (earlier, true)
      }
      let report = try check(decoded, id, on: subject, as: principal, in: transaction)
      guard let plan = report.plan else { throw OperationError.invalidProposal(report.faults) }
      let record = ProposalRecord(
        id, on: subject, by: principal, at: transaction.time, try runner.perform(plan, in: transaction), of: decoded)
      try ProposalTable.insert(record, key: storedKey, fingerprint: fingerprint, in: transaction)
      return (record, false)
    }
  }

  /// A proposal that was executed or tried.
  package func record(_ id: ProposalID, as principal: Principal) async throws -> ProposalRecord {
    let record = try await database.read("proposals.show", in: principal.workspace) { [sealer] in
      try ProposalTable.record(id, sealer, in: $0)
    }
    guard let record else { throw OperationError(.notFound, "There is no proposal \(id) in this workspace.") }
    return record
  }

  private func check(
    _ proposal: Proposal, _ id: ProposalID, on subject: String, as principal: Principal,
    in transaction: any Transaction
  ) throws -> ProposalChecker.Report {
    let parts = subject.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let surface = surfaces[String(parts[0])] else {
      let known = surfaces.keys.sorted().map { "\($0)/…" }
      throw OperationError.invalidInput([
        FieldError(
          pointer: "/subject", code: "unknown_subject",
          message: "Nothing can be proposed about “\(subject.prefix(80))”.", allowed: known)
      ])
    }
    let scope = try surface.scope(of: String(parts[1]), for: principal, proposal: id.raw, in: transaction)
    return try ProposalChecker(runner: runner).check(proposal, in: scope, transaction)
  }
}

extension OperationError {
  static func invalidProposal(_ faults: [ProposalFault]) -> OperationError {
    .invalidInput(
      faults.map { fault in
        let hint = fault.repair.map { " Suggested: \($0.canonicalText())." } ?? ""
        return FieldError(
          pointer: fault.pointer, code: fault.code, message: fault.message + hint, allowed: fault.allowed)
      })
  }
}
