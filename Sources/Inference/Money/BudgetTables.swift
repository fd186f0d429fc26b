package import Storage
import Vocabulary

/// The tables of budgets. `budgets` is journalled state; `budget_spend` is not: it counts what the rows of `model_calls`
/// say, so that a call is let through or refused without adding them up.
package enum BudgetTables {
  /// Budgets that a workspace may have.
  package static let budgetsMax = 1_000

  /// All budgets, oldest first.
  package static func all(in transaction: any ReadTransaction) throws -> [Budget] {
    try transaction.rows(
      """
      SELECT id, subject, subject_id, period, limit_micros, created_at FROM budgets
      WHERE workspace = \(transaction.workspace) ORDER BY id LIMIT \(budgetsMax)
      """, as: BudgetRow.self
    ).map { try $0.budget }
  }

  package static func one(_ id: BudgetID, in transaction: any ReadTransaction) throws -> Budget? {
    try transaction.first(
      """
      SELECT id, subject, subject_id, period, limit_micros, created_at FROM budgets
      WHERE workspace = \(transaction.workspace) AND id = \(id)
      """, as: BudgetRow.self)?.budget
  }

  /// All budgets, oldest first, with what is gone of them in the periods that the transaction's instant lies in.
  package static func standings(in transaction: any ReadTransaction) throws -> [BudgetStanding] {
    try transaction.rows(
      """
      \(standing(at: transaction.time)) WHERE budgets.workspace = \(transaction.workspace)
      ORDER BY budgets.id LIMIT \(budgetsMax)
      """, as: StandingRow.self
    ).map { row in
      BudgetStanding(
        try row.budget, spentMicros: row.spentMicros, reservedMicros: row.reservedMicros, at: transaction.time)
    }
  }

  /// Writes a budget in the place of the one with its id. What is gone of it stays counted.
  package static func put(_ budget: Budget, in transaction: any Transaction) throws {
    try transaction.run(
      """
      INSERT INTO budgets (workspace, id, subject, subject_id, period, limit_micros, created_at)
      VALUES (\(transaction.workspace), \(budget.id), \(budget.subject.kind),
        \(budget.subject.raw(in: transaction.workspace)), \(budget.period.rawValue), \(budget.limitMicros),
        \(budget.createdAt))
      ON CONFLICT (workspace, id) DO UPDATE SET limit_micros = excluded.limit_micros
      """)
  }

  /// Takes a budget away. What is gone of it stays counted, for whoever brings the budget back.
  package static func remove(_ id: BudgetID, in transaction: any Transaction) throws {
    try transaction.run("DELETE FROM budgets WHERE workspace = \(transaction.workspace) AND id = \(id)")
  }

  // MARK: Holding and spending

  /// The budgets that an attempt is to be held of, in their current periods. Each of them lets it through.
  ///
  /// What it finds holds for this transaction alone: the ``hold(_:of:in:)`` belongs into the same one.
  ///
  /// - Parameter micros: the most that it may cost; nil when that is not known.
  /// - Throws: ``BudgetRefusal``.
  static func check(
    _ micros: Int64?, of attempt: CallAttempt, for context: CallContext, in transaction: any ReadTransaction
  ) throws -> [BudgetHold] {
    // What costs nothing is held of nothing, and let through by a budget that is used up.
    if attempt.price?.isFree == true { return [] }
    let standings = try applying(to: context, in: transaction)
    guard let first = standings.first else { return [] }
    guard let micros else { throw BudgetRefusal.priceUnknown(model: attempt.model, budget: try first.budget) }
    try demand(micros, of: standings, at: transaction.time)
    return standings.map { BudgetHold(budget: $0.id, periodStart: $0.period.start(at: transaction.time)) }
  }

  /// Holds an amount of budgets.
  static func hold(_ micros: Int64, of holds: [BudgetHold], in transaction: any Transaction) throws {
    for hold in holds {
      try transaction.run(
        """
        INSERT INTO budget_spend (workspace, budget, period_start, reserved_micros, spent_micros)
        VALUES (\(transaction.workspace), \(hold.budget), \(hold.periodStart), \(micros), \(0))
        ON CONFLICT (workspace, budget, period_start)
        DO UPDATE SET reserved_micros = budget_spend.reserved_micros + excluded.reserved_micros
        """)
    }
  }

  /// Turns what a call held into what it cost. A budget that is gone is counted on all the same.
  static func spend(
    _ cost: Int64, releasing held: Int64, of holds: [BudgetHold], in transaction: any Transaction
  ) throws {
    for hold in holds {
      // Neither leaves its bounds, whatever a provider said: a count that is full stays full.
      try transaction.run(
        """
        UPDATE budget_spend SET
          reserved_micros = CASE WHEN reserved_micros > \(held) THEN reserved_micros - \(held) ELSE 0 END,
          spent_micros = CASE WHEN spent_micros > \(Int64.max - cost) THEN \(Int64.max) ELSE spent_micros + \(cost) END
        WHERE workspace = \(transaction.workspace) AND budget = \(hold.budget) AND period_start = \(hold.periodStart)
        """)
    }
  }

  /// The budgets of the workspace, of the person and of the key, in one query.
  private static func applying(to context: CallContext, in transaction: any ReadTransaction) throws -> [StandingRow] {
    let subjects = BudgetSubject.all(of: context)
    return try transaction.rows(
      """
      \(standing(at: transaction.time)) WHERE budgets.workspace = \(transaction.workspace)
        AND budgets.subject_id IN (\(list: subjects.map { $0.raw(in: transaction.workspace) }))
      """, as: StandingRow.self
    ).filter { row in subjects.contains { $0.kind == row.subject && $0.raw(in: transaction.workspace) == row.subjectId }
    }
  }

  private static func demand(
    _ micros: Int64, of standings: [StandingRow], at time: Timestamp
  ) throws {
    guard micros > 0 else { return }
    let exceeded = try standings.filter { !$0.lets(micros) }.map { standing in
      BudgetRefusal.Exceeded(
        budget: try standing.budget, spentMicros: standing.spentMicros, reservedMicros: standing.reservedMicros,
        askedMicros: micros, endsAt: standing.period.end(at: time))
    }
    let never = Timestamp(microseconds: .max)
    if let last = exceeded.max(by: { ($0.endsAt ?? never, $0.budget.id) < ($1.endsAt ?? never, $1.budget.id) }) {
      throw BudgetRefusal.exceeded(last)
    }
  }

  private static func standing(at time: Timestamp) -> SQL {
    """
    SELECT budgets.id AS id, budgets.subject AS subject, budgets.subject_id AS subject_id, budgets.period AS period,
      budgets.limit_micros AS limit_micros, budgets.created_at AS created_at,
      COALESCE(budget_spend.reserved_micros, 0) AS reserved_micros,
      COALESCE(budget_spend.spent_micros, 0) AS spent_micros
    FROM budgets LEFT JOIN budget_spend ON budget_spend.workspace = budgets.workspace
      AND budget_spend.budget = budgets.id
      AND budget_spend.period_start = CASE budgets.period
        WHEN \(BudgetPeriod.day.rawValue) THEN \(BudgetPeriod.day.start(at: time))
        WHEN \(BudgetPeriod.month.rawValue) THEN \(BudgetPeriod.month.start(at: time))
        ELSE \(BudgetPeriod.total.start(at: time)) END
    """
  }
}

/// What columns say of a budget.
private protocol BudgetColumns {
  var id: BudgetID { get }
  var subject: String { get }
  var subjectId: UniqueID { get }
  var period: BudgetPeriod { get }
  var limitMicros: Int64 { get }
  var createdAt: Timestamp { get }
}

extension BudgetColumns {
  var budget: Budget {
    get throws {
      try Budget(
        id: id, subject: BudgetSubject(subject, subjectId), period: period, limitMicros: limitMicros,
        createdAt: createdAt)
    }
  }
}

private struct BudgetRow: Decodable, BudgetColumns {
  let id: BudgetID
  let subject: String
  let subjectId: UniqueID
  let period: BudgetPeriod
  let limitMicros: Int64
  let createdAt: Timestamp
}

private struct StandingRow: Decodable, BudgetColumns {
  let id: BudgetID
  let subject: String
  let subjectId: UniqueID
  let period: BudgetPeriod
  let limitMicros: Int64
  let createdAt: Timestamp
  let reservedMicros: Int64
  let spentMicros: Int64

  /// Whether there is room for so much more.
  func lets(_ micros: Int64) -> Bool {
    let (gone, isTooMuch) = spentMicros.addingReportingOverflow(reservedMicros)
    let (sum, isTooMany) = gone.addingReportingOverflow(micros)
    return !isTooMuch && !isTooMany && sum <= limitMicros
  }
}

extension BudgetSubject {
  fileprivate init(_ kind: String, _ id: UniqueID) throws {
    switch kind {
    case "workspace": self = .workspace
    case "person": self = .person(PersonID(id))
    case "key": self = .key(GatewayKeyID(id))
    default: throw StorageError.decoding("“\(kind.prefix(20))” is no subject of a budget")
    }
  }
}
