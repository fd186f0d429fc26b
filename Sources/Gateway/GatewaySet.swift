package import Events
package import Inference
package import Operations
package import Storage

/// Models for programs outside: keys, budgets, the protocols of OpenAI and Anthropic, and what was called.
package enum Gateway {
  /// - Parameter tally: what the cache of answers found, and did not find.
  package static func operations(events: EventLog, tally: CacheTally) -> OperationSet {
    OperationSet(
      changes: [SetBudget(), RemoveBudget(), CreateGatewayKey(), RevokeGatewayKey(), EmptyCache()],
      reads: [
        ListBudgets(events: events), ListModelCalls(), ShowModelCall(), ListCallAttempts(), ShowSpend(),
        ListGatewayKeys(events: events), ShowCache(tally: tally),
      ],
      stateTables: [
        StateTable("budgets", key: ["subject_id", "subject", "period"]), GatewayKeyTables.stateTable,
        StateTable("cache_floors", key: []),
      ],
      routes: routes,
      migrations: migrations)
  }

  /// With the tables of the ledger and of the cache, which are a floor below and bring no operations of their own.
  package static let migrations: [Migration] =
    CallLedger.migrations + GatewayKeyTables.migrations + AnswerCache.migrations + ResponseTables.migrations

  private static let routes = [
    RouteDescription(.get, "/gateway-keys", ListGatewayKeys.name),
    RouteDescription(.delete, "/gateway-keys/{id}", RevokeGatewayKey.name),
    RouteDescription(.get, "/budgets", ListBudgets.name),
    RouteDescription(.put, "/budgets", SetBudget.name, wraps: "budget"),
    RouteDescription(.delete, "/budgets/{id}", RemoveBudget.name),
    RouteDescription(
      .get, "/model-calls", ListModelCalls.name,
      takes: [
        .query("limit"), .query("before"), .query("failed"), .query("open"), .query("order"), .query("model"),
        .query("surface"), .query("key"),
      ]),
    RouteDescription(.get, "/model-calls/{id}", ShowModelCall.name),
    RouteDescription(.get, "/model-calls/{id}/attempts", ListCallAttempts.name),
    RouteDescription(.get, "/cache", ShowCache.name),
    RouteDescription(.delete, "/cache", EmptyCache.name),
    RouteDescription(.get, "/spend", ShowSpend.name, takes: [.query("by"), .query("from"), .query("to")]),
  ]
}
