package import Storage
package import Vocabulary

/// The durable record of every attempt at asking a model, and of what it cost.
///
/// An attempt is booked with the most that it may cost before it is made, and settled with what it did cost when it has
/// ended. Both are bodies of the database's one writer, so that budgets are looked at and held of in one step, and what was
/// spent is counted when the row says so. `docs/formats/calls.md` gives the tables and what is estimated when.
package struct CallLedger: Sendable {
  let database: any Database

  package static let migrations = LedgerTables.migrations

  /// Attempts that one transaction settles as lost.
  private static let recoveredMax = 500

  package init(database: any Database) { self.database = database }

  // MARK: Booking

  /// Books an attempt, and holds the most that it may cost of every budget that applies: the workspace's, the person's, the
  /// key's. Durable when it returns; only then may the provider be asked.
  ///
  /// Whoever gets a reservation settles it on every path. One that its process leaves behind is settled by
  /// ``recover(in:before:)``.
  ///
  /// - Parameter batch: entries of the same workspace, which are written first, in the same transaction.
  /// - Throws: ``BudgetRefusal``, after which the attempt is not booked and the batch is written; `StorageError`, also
  ///   `.constraint` for an id that was booked before, after which neither is. After `.outcomeUnknown` the attempt must not be
  ///   made: what may be booked is recovered as lost.
  package func reserve(
    _ attempt: CallAttempt, for context: CallContext, writing batch: [BookEntry] = []
  ) async throws -> Reservation {
    let booked = try await database.write("calls.reserve", in: context.workspace) {
      transaction -> Result<Reservation, BudgetRefusal> in
      try Self.write(batch, in: transaction)
      do { return .success(try Self.reserve(attempt, for: context, in: transaction)) } catch let refusal
        as BudgetRefusal
      {
        return .failure(refusal)
      }
    }
    return try booked.get()
  }

  static func reserve(
    _ attempt: CallAttempt, for context: CallContext, in transaction: any Transaction
  ) throws -> Reservation {
    precondition(context.workspace == transaction.workspace, "a call is booked in its own workspace")
    let micros = try attempt.boundMicros
    let holds = try BudgetTables.check(micros, of: attempt, for: context, in: transaction)
    try BudgetTables.hold(micros ?? 0, of: holds, in: transaction)
    let reservation = Reservation(
      workspace: context.workspace, attempt: attempt, micros: micros, holds: holds)
    try LedgerTables.insert(reservation, context, in: transaction)
    return reservation
  }

  /// Whether anything can be booked now.
  var isReady: Bool { database.health == .ready }

  // MARK: Settling

  /// Writes a batch of entries in order, in one transaction: beginnings of attempts that cost nothing, and ends.
  ///
  /// An end turns what its attempt held of budgets into what it cost, in the periods in which it was booked. An attempt that
  /// is settled already stays as it is.
  ///
  /// - Throws: `StorageError`; nothing of the batch is written then.
  package func write(_ batch: [BookEntry], in workspace: WorkspaceID) async throws {
    try await database.write("calls.write", in: workspace) { try Self.write(batch, in: $0) }
  }

  private static func write(_ batch: [BookEntry], in transaction: any Transaction) throws {
    for entry in batch {
      switch (entry.booking, entry.outcome) {
      // What is held of no budget is spent of none.
      case (let booking?, let outcome?) where entry.reservation.holds.isEmpty:
        let settlement = Settlement(outcome, of: entry.reservation)
        try LedgerTables.insert(entry.reservation, booking, settlement, in: transaction)
      case (let booking, let outcome):
        if let booking { try LedgerTables.insert(entry.reservation, booking, in: transaction) }
        if let outcome { try settle(entry.reservation, outcome, in: transaction) }
      }
    }
  }

  /// - Returns: whether this settled it; false when it was settled.
  @discardableResult
  static func settle(
    _ reservation: Reservation, _ outcome: CallOutcome, in transaction: any Transaction
  ) throws -> Bool {
    precondition(reservation.workspace == transaction.workspace, "a call is settled in its own workspace")
    let settlement = Settlement(outcome, of: reservation)
    guard try LedgerTables.settle(reservation.id, settlement, in: transaction) else { return false }
    try BudgetTables.spend(
      settlement.cost.micros ?? 0, releasing: reservation.micros ?? 0, of: reservation.holds, in: transaction)
    return true
  }

  /// Settles as lost what an earlier process left under way: the reservation is booked as its cost, marked as an estimate.
  /// To be called at a start, before anything is booked.
  ///
  /// - Parameter before: when this process began; attempts booked from then on are left alone.
  /// - Returns: how many there were.
  @discardableResult
  package func recover(in workspace: WorkspaceID, before: Timestamp) async throws -> Int {
    // Most starts find none, and need not wait for a disk.
    let isAnyOpen = try await database.read("calls.open", in: workspace) { transaction in
      try !LedgerTables.open(before: before, limit: 1, in: transaction).isEmpty
    }
    guard isAnyOpen else { return 0 }
    var recovered = 0
    while true {
      let count = try await database.write("calls.recover", in: workspace) { transaction in
        let lost = try LedgerTables.open(before: before, limit: Self.recoveredMax, in: transaction)
        for call in lost { try Self.lose(call, in: transaction) }
        return lost.count
      }
      recovered += count
      if count < Self.recoveredMax { return recovered }
    }
  }

  private static func lose(_ call: OpenCall, in transaction: any Transaction) throws {
    guard let holds = BudgetHold.read(call.holds) else {
      throw StorageError.decoding("the budgets that call \(call.id) is held of cannot be read")
    }
    let cost = CallCost.lost(reserved: call.reservedMicros)
    try LedgerTables.lose(call, cost: cost, in: transaction)
    try BudgetTables.spend(cost.micros ?? 0, releasing: call.reservedMicros ?? 0, of: holds, in: transaction)
  }
}

// MARK: - Reading

extension CallLedger {
  /// One attempt; nil when there is none of that id.
  package static func call(_ id: ModelCallID, in transaction: any ReadTransaction) throws -> ModelCallRow? {
    try LedgerTables.call(id, in: transaction)
  }

  /// A page of attempts.
  ///
  /// - Returns: at most `limit`. Nothing where `before` is no attempt and only failures are wanted.
  package static func calls(_ listing: CallListing, in transaction: any ReadTransaction) throws -> [ModelCallRow] {
    guard listing.order == .newest, listing.filter == CallFilter() else {
      return try LedgerTables.search(listing, in: transaction)
    }
    guard listing.ends != .all else {
      return try LedgerTables.newest(before: listing.before, limit: listing.limit, in: transaction)
    }
    let before = try listing.before.map { try LedgerTables.call($0, in: transaction) }
    if case .some(.none) = before { return [] }
    return try LedgerTables.newest(of: listing.states, before: before ?? nil, limit: listing.limit, in: transaction)
  }

  /// All attempts of the call that an attempt belongs to, in order; empty when there is none of that id.
  package static func attempts(with id: ModelCallID, in transaction: any ReadTransaction) throws -> [ModelCallRow] {
    guard let row = try LedgerTables.call(id, in: transaction) else { return [] }
    return try LedgerTables.attempts(of: row.call, in: transaction)
  }

  /// When connections and keys were last used.
  package static func lastUses(in transaction: any ReadTransaction) throws -> CallUses {
    try LedgerTables.lastUses(in: transaction)
  }

  /// What the attempts booked in `from` ..< `to` cost that have ended: days newest first, other groups dearest first, at
  /// most a thousand.
  package static func spend(
    by grouping: SpendGrouping, from: Timestamp, to: Timestamp, in transaction: any ReadTransaction
  ) throws -> [SpendLine] {
    try LedgerTables.spend(by: grouping, from: from, to: to, in: transaction)
  }
}
