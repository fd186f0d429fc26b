import Storage
import Vocabulary

/// The table of calls: one row for each attempt, written when it is booked and once more when it is settled, or at once where
/// both are known.
enum LedgerTables {
  static let migrations = [
    Migration(
      module: "calls", number: 1, name: "create model calls and budgets",
      statements: [
        """
        CREATE TABLE model_calls (
          workspace BLOB NOT NULL,
          id BLOB NOT NULL,
          call BLOB NOT NULL,
          attempt BIGINT NOT NULL,
          at BIGINT NOT NULL,
          person BLOB,
          gateway_key BLOB,
          surface TEXT NOT NULL,
          task TEXT NOT NULL,
          prompt TEXT,
          route TEXT,
          provider TEXT NOT NULL,
          connection BLOB,
          model TEXT NOT NULL,
          model_answered TEXT,
          state TEXT NOT NULL,
          reserved_micros BIGINT,
          cost_micros BIGINT,
          is_estimate BIGINT NOT NULL CHECK (is_estimate IN (0, 1)),
          is_overrun BIGINT NOT NULL CHECK (is_overrun IN (0, 1)),
          input_tokens BIGINT,
          output_tokens BIGINT,
          cached_tokens BIGINT,
          reasoning_tokens BIGINT,
          first_piece_micros BIGINT,
          duration_micros BIGINT,
          error_kind TEXT,
          finish TEXT,
          is_streamed BIGINT NOT NULL CHECK (is_streamed IN (0, 1)),
          holds BLOB,
          PRIMARY KEY (workspace, id)
        )
        """,
        "CREATE INDEX model_calls_by_state ON model_calls (workspace, state, at, id)",
        """
        CREATE TABLE budgets (
          workspace BLOB NOT NULL,
          id BLOB NOT NULL,
          subject TEXT NOT NULL,
          subject_id BLOB NOT NULL,
          period TEXT NOT NULL,
          limit_micros BIGINT NOT NULL CHECK (limit_micros >= 0),
          created_at BIGINT NOT NULL,
          PRIMARY KEY (workspace, subject_id, subject, period),
          UNIQUE (workspace, id)
        )
        """,
        """
        CREATE TABLE budget_spend (
          workspace BLOB NOT NULL,
          budget BLOB NOT NULL,
          period_start BIGINT NOT NULL,
          reserved_micros BIGINT NOT NULL CHECK (reserved_micros >= 0),
          spent_micros BIGINT NOT NULL CHECK (spent_micros >= 0),
          PRIMARY KEY (workspace, budget, period_start)
        )
        """,
      ]),
    Migration(
      module: "calls", number: 2, name: "say which run a call is a part of",
      statements: ["ALTER TABLE model_calls ADD COLUMN run BLOB"]),
  ]

  // MARK: Writing

  /// - Parameter settlement: how it ended, where that is known already; nil books it as under way.
  static func insert(
    _ reservation: Reservation, _ context: CallContext, _ settlement: Settlement? = nil,
    in transaction: any Transaction
  ) throws {
    let attempt = reservation.attempt
    let (outcome, usage, cost) = (settlement?.outcome, settlement?.usage, settlement?.cost)
    let state = outcome?.end.state ?? .reserved
    try transaction.run(
      """
      INSERT INTO model_calls (workspace, id, call, attempt, at, person, gateway_key, surface, task, prompt, route,
        provider, connection, model, state, reserved_micros, is_streamed, run, holds, model_answered, cost_micros,
        is_estimate, is_overrun, input_tokens, output_tokens, cached_tokens, reasoning_tokens, first_piece_micros,
        duration_micros, error_kind, finish)
      VALUES (\(transaction.workspace), \(attempt.id), \(attempt.call), \(attempt.attempt), \(transaction.time),
        \(context.person), \(context.key), \(context.surface.rawValue), \(fit(context.task)), \(fit(context.prompt)),
        \(fit(context.route)), \(fit(attempt.provider)), \(attempt.connection), \(fit(attempt.model)),
        \(state.rawValue), \(reservation.micros), \(attempt.isStreamed), \(context.run),
        \(BudgetHold.bytes(of: reservation.holds)), \(fit(outcome?.modelAnswered)), \(cost?.micros),
        \(cost?.isEstimate ?? false), \(cost?.isOverrun ?? false), \(usage?.input), \(usage?.output),
        \(usage?.cachedInput), \(usage?.reasoning), \(outcome?.firstPiece?.wholeMicroseconds),
        \(outcome?.duration?.wholeMicroseconds), \(outcome?.error?.rawValue), \(fit(outcome?.finish?.name)))
      """)
  }

  /// - Returns: whether the row was under way; nothing is written when it was not.
  static func settle(_ id: ModelCallID, _ settlement: Settlement, in transaction: any Transaction) throws -> Bool {
    let (outcome, usage, cost) = (settlement.outcome, settlement.usage, settlement.cost)
    return try transaction.run(
      """
      UPDATE model_calls SET state = \(outcome.end.state.rawValue), model_answered = \(fit(outcome.modelAnswered)),
        cost_micros = \(cost.micros), is_estimate = \(cost.isEstimate), is_overrun = \(cost.isOverrun),
        input_tokens = \(usage.input), output_tokens = \(usage.output), cached_tokens = \(usage.cachedInput),
        reasoning_tokens = \(usage.reasoning), first_piece_micros = \(outcome.firstPiece?.wholeMicroseconds),
        duration_micros = \(outcome.duration?.wholeMicroseconds), error_kind = \(outcome.error?.rawValue),
        finish = \(fit(outcome.finish?.name))
      WHERE workspace = \(transaction.workspace) AND id = \(id) AND state = \(ModelCallRow.State.reserved.rawValue)
      """) == 1
  }

  /// Attempts that are under way and were booked before an instant, oldest first.
  static func open(before: Timestamp, limit: Int, in transaction: any ReadTransaction) throws -> [OpenCall] {
    try transaction.rows(
      """
      SELECT id, reserved_micros, holds FROM model_calls
      WHERE workspace = \(transaction.workspace) AND state = \(ModelCallRow.State.reserved.rawValue) AND at < \(before)
      ORDER BY at, id LIMIT \(limit)
      """, as: OpenCall.self)
  }

  static func lose(_ call: OpenCall, cost: CallCost, in transaction: any Transaction) throws {
    try transaction.run(
      """
      UPDATE model_calls SET state = \(ModelCallRow.State.lost.rawValue), cost_micros = \(cost.micros),
        is_estimate = \(cost.isEstimate)
      WHERE workspace = \(transaction.workspace) AND id = \(call.id)
      """)
  }

  /// A text as a column keeps it: without what looks like a key, without U+0000, which no column takes, and not longer than
  /// a model's name may be. A provider's odd word must not keep a bill from being settled.
  static func fit(_ text: String?) -> String? { text.map(fit) }

  private static func fit(_ text: String) -> String {
    var fitting = KeyScrubber.scrub(text)
    if fitting.utf8.contains(0) { fitting.unicodeScalars.removeAll { $0 == "\0" } }
    guard fitting.utf8.count > RequestLimits.modelBytesMax else { return fitting }
    var bytes = 0
    return String(
      fitting.prefix { character in
        bytes += character.utf8.count
        return bytes <= RequestLimits.modelBytesMax
      })
  }

  // MARK: Reading

  static let columns: SQL =
    """
    id, call, attempt, at, person, gateway_key, surface, task, prompt, route, provider, connection, model,
      model_answered, state, reserved_micros, cost_micros, is_estimate, is_overrun, input_tokens, output_tokens,
      cached_tokens, reasoning_tokens, first_piece_micros, duration_micros, error_kind, finish, is_streamed, run
    """

  static func call(_ id: ModelCallID, in transaction: any ReadTransaction) throws -> ModelCallRow? {
    try transaction.first(
      "SELECT \(columns) FROM model_calls WHERE workspace = \(transaction.workspace) AND id = \(id)",
      as: ModelCallRow.self)
  }

  static func newest(
    before: ModelCallID?, limit: Int, in transaction: any ReadTransaction
  ) throws -> [ModelCallRow] {
    let last: SQL = if let before { " AND id < \(before)" } else { "" }
    return try transaction.rows(
      """
      SELECT \(columns) FROM model_calls WHERE workspace = \(transaction.workspace)\(last)
      ORDER BY id DESC LIMIT \(limit)
      """, as: ModelCallRow.self)
  }

  /// The newest of some states. Each state is a walk down the index; the few rows of each are put together here.
  static func newest(
    of states: [ModelCallRow.State], before: ModelCallRow?, limit: Int, in transaction: any ReadTransaction
  ) throws -> [ModelCallRow] {
    let last: SQL =
      if let before { " AND (at < \(before.at) OR (at = \(before.at) AND id < \(before.id)))" } else { "" }
    let rows = try states.flatMap { state in
      try transaction.rows(
        """
        SELECT \(columns) FROM model_calls
        WHERE workspace = \(transaction.workspace) AND state = \(state.rawValue)\(last)
        ORDER BY at DESC, id DESC LIMIT \(limit)
        """, as: ModelCallRow.self)
    }
    return Array(rows.sorted { ($0.at, $0.id) > ($1.at, $1.id) }.prefix(limit))
  }

  /// Groups that one answer has at most.
  static let groupsMax = 1_000

  /// What the calls booked in `from` ..< `to` cost: days newest first, other groups dearest first.
  static func spend(
    by grouping: SpendGrouping, from: Timestamp, to: Timestamp, in transaction: any ReadTransaction
  ) throws -> [SpendLine] {
    let group: SQL =
      switch grouping {
      case .day: "at / 86400000000"
      case .model: "provider, model"
      case .surface: "surface"
      case .person: "person"
      case .key: "gateway_key"
      case .task: "task"
      case .prompt: "prompt"
      case .route: "route"
      }
    let named: SQL =
      switch grouping {
      case .day: "at / 86400000000 AS name, NULL AS provider"
      case .model: "model AS name, provider"
      case .surface: "surface AS name, NULL AS provider"
      case .person: "person AS name, NULL AS provider"
      case .key: "gateway_key AS name, NULL AS provider"
      case .task: "task AS name, NULL AS provider"
      case .prompt: "prompt AS name, NULL AS provider"
      case .route: "route AS name, NULL AS provider"
      }
    let order: SQL = if grouping == .day { "at / 86400000000 DESC" } else { "total_micros DESC, calls DESC" }
    return try transaction.rows(
      """
      SELECT \(named), COUNT(*) AS calls, \(Self.outcomes),
        CAST(AVG(first_piece_micros) AS BIGINT) AS first_piece_micros,
        COALESCE(SUM(cost_micros), 0) AS total_micros,
        COALESCE(SUM(CASE WHEN is_estimate = 1 THEN cost_micros ELSE 0 END), 0) AS estimated_micros,
        SUM(CASE WHEN cost_micros IS NULL THEN 1 ELSE 0 END) AS unknown_calls,
        COALESCE(SUM(input_tokens), 0) AS input_tokens, COALESCE(SUM(output_tokens), 0) AS output_tokens
      FROM (\(ended(from: from, to: to, in: transaction))) AS ended
      GROUP BY \(group) ORDER BY \(order) LIMIT \(groupsMax)
      """
    ).map { try SpendLine($0, by: grouping) }
  }
}

extension LedgerTables {
  /// How many of a group ended how.
  private static let outcomes: SQL = """
    COALESCE(SUM(CASE WHEN state = 'finished' THEN 1 ELSE 0 END), 0) AS finished,
    COALESCE(SUM(CASE WHEN state IN ('failed', 'cut', 'lost') THEN 1 ELSE 0 END), 0) AS failures,
    COALESCE(SUM(CASE WHEN state = 'stopped' THEN 1 ELSE 0 END), 0) AS stopped,
    COALESCE(SUM(CASE WHEN state = 'cached' THEN 1 ELSE 0 END), 0) AS cached
    """

  /// The calls booked in `from` ..< `to` that have ended. A part for each state: asked for one by one, each is a range of
  /// the index, and with `IN` SQLite reads the whole table.
  private static func ended(from: Timestamp, to: Timestamp, in transaction: any ReadTransaction) -> SQL {
    let parts = ModelCallRow.State.allCases.filter { $0 != .reserved }.map { state -> SQL in
      """
      SELECT at, provider, model, surface, person, gateway_key, task, prompt, route, state, first_piece_micros,
        cost_micros, is_estimate, input_tokens, output_tokens
      FROM model_calls
      WHERE workspace = \(transaction.workspace) AND state = \(state.rawValue) AND at >= \(from) AND at < \(to)
      """
    }
    return parts.dropFirst().reduce(parts[0]) { "\($0) UNION ALL \($1)" }
  }
}

/// What settling a call that was lost needs.
struct OpenCall: Decodable {
  let id: ModelCallID
  let reservedMicros: Int64?
  let holds: [UInt8]?
}

extension SpendLine {
  fileprivate init(_ row: SQLRow, by grouping: SpendGrouping) throws {
    name =
      switch grouping {
      case .day: String("\(Timestamp(microseconds: try row.get("name", as: Int64.self) * 86_400_000_000))".prefix(10))
      case .model, .surface, .task: try row.get("name", as: String.self)
      case .prompt, .route: try row.get("name", as: String?.self)
      case .person, .key: try row.get("name", as: UniqueID?.self)?.description
      }
    provider = try row.get("provider")
    calls = try row.get("calls")
    finished = try row.get("finished")
    failures = try row.get("failures")
    stopped = try row.get("stopped")
    cached = try row.get("cached")
    firstPieceMicros = try row.get("first_piece_micros")
    costMicros = try row.get("total_micros")
    estimatedMicros = try row.get("estimated_micros")
    unknownCalls = try row.get("unknown_calls")
    inputTokens = try row.get("input_tokens")
    outputTokens = try row.get("output_tokens")
  }
}

extension CallOutcome.End {
  var state: ModelCallRow.State {
    switch self {
    case .finished: .finished
    case .failed: .failed
    case .cut: .cut
    case .stopped: .stopped
    case .cached: .cached
    }
  }
}

extension FinishReason {
  /// As the ledger writes it.
  var name: String {
    switch self {
    case .stop: "stop"
    case .length: "length"
    case .toolCalls: "tool_calls"
    case .unstated: "unstated"
    case .other(let reason): reason
    }
  }
}

extension Duration {
  /// Microseconds from 0, cut to whole ones; as many as there can be for more.
  var wholeMicroseconds: Int64 {
    let (seconds, attoseconds) = components
    let (micros, overflow) = max(0, seconds).multipliedReportingOverflow(by: 1_000_000)
    let (sum, again) = micros.addingReportingOverflow(max(0, attoseconds) / 1_000_000_000_000)
    return overflow || again ? .max : sum
  }
}
