import Storage
import Vocabulary

// What is looked for among the newest calls, without an index of its own: decision 38.
extension LedgerTables {
  /// Those among the newest calls that are looked for. The slowest come first where they are wanted: calls without a
  /// duration are not among them.
  static func search(_ listing: CallListing, in transaction: any ReadTransaction) throws -> [ModelCallRow] {
    let last: SQL = if let before = listing.before { " AND id < \(before)" } else { "" }
    let order: SQL =
      switch listing.order {
      case .newest: "ORDER BY id DESC"
      case .slowest: "AND duration_micros IS NOT NULL ORDER BY duration_micros DESC, id DESC"
      }
    return try transaction.rows(
      """
      SELECT \(columns) FROM (
        SELECT \(columns) FROM model_calls WHERE workspace = \(transaction.workspace)\(last)
        ORDER BY id DESC LIMIT \(CallListing.slowestAmong)
      ) AS newest
      WHERE state IN (\(list: listing.states.map(\.rawValue)))\(condition(listing.filter)) \(order)
      LIMIT \(listing.limit)
      """, as: ModelCallRow.self)
  }

  private static func condition(_ filter: CallFilter) -> SQL {
    var condition: SQL = ""
    if let model = filter.model { condition = "\(condition) AND model = \(model)" }
    if let surface = filter.surface { condition = "\(condition) AND surface = \(surface.rawValue)" }
    if let key = filter.key { condition = "\(condition) AND gateway_key = \(key)" }
    return condition
  }

  /// The attempts of one call, in order. They are booked while the call lasts, so only the calls booked next are looked
  /// through.
  static func attempts(of call: ModelCallID, in transaction: any ReadTransaction) throws -> [ModelCallRow] {
    try transaction.rows(
      """
      SELECT \(columns) FROM (
        SELECT \(columns) FROM model_calls WHERE workspace = \(transaction.workspace) AND id >= \(call)
        ORDER BY id LIMIT \(CallListing.slowestAmong)
      ) AS later
      WHERE call = \(call) ORDER BY attempt, id LIMIT \(attemptsMax)
      """, as: ModelCallRow.self)
  }

  /// More than a call makes: a few at each entry of a route.
  private static let attemptsMax = 100

  /// When connections and keys were last used, among the newest calls.
  static func lastUses(in transaction: any ReadTransaction) throws -> CallUses {
    let rows = try transaction.rows(
      """
      SELECT connection, gateway_key, MAX(at) AS at FROM (
        SELECT connection, gateway_key, at FROM model_calls WHERE workspace = \(transaction.workspace)
        ORDER BY id DESC LIMIT \(CallListing.slowestAmong)
      ) AS newest
      GROUP BY connection, gateway_key
      """, as: UseRow.self)
    var uses = CallUses()
    for row in rows {
      if let connection = row.connection {
        uses.connections[connection] = max(uses.connections[connection] ?? row.at, row.at)
      }
      if let key = row.gatewayKey { uses.keys[key] = max(uses.keys[key] ?? row.at, row.at) }
    }
    return uses
  }
}

private struct UseRow: Decodable {
  let connection: ModelConnectionID?
  let gatewayKey: GatewayKeyID?
  let at: Timestamp
}
