package import Events
package import Operations
package import Storage

/// The operations that belong to no surface: workspaces, dice, fairness, models, the journal.
package enum Workbench {
  package static func operations(events: EventLog, journal: Journal, sealer: any Sealer) -> OperationSet {
    OperationSet(
      changes: [
        CreateWorkspace(), RenameWorkspace(), RollDice(), RotateSeed(), ContributeEntropy(),
        ConnectModel(), ChooseModel(), DisconnectModel(), SetRoute(), RemoveRoute(), AssignRoute(),
      ],
      reads: [
        ShowWorkspace(events: events), ListRolls(sealer: sealer, events: events), ShowRoll(sealer: sealer),
        ShowOdds(), ReadNotation(), EvaluateFormula(), ShowFairness(events: events),
        ListJournal(journal: journal, events: events),
        ShowJournalRow(journal: journal), ListModels(events: events), ListRoutes(events: events),
      ],
      stateTables: [Workspaces.stateTable, Rolls.stateTable] + ModelTables.stateTables,
      routes: routes, migrations: migrations)
  }

  package static let migrations =
    Workspaces.migrations + Rolls.migrations + ModelTables.migrations
    + ModelChecks.migrations

  private static let routes = [
    RouteDescription(.get, "/workspace", ShowWorkspace.name, entityTag: "revision"),
    RouteDescription(
      .patch, "/workspace", RenameWorkspace.name, takes: [.ifMatch("revision")], entityTag: "revision",
      wraps: "workspace"),
    RouteDescription(.post, "/rolls", RollDice.name, status: 201, wraps: "roll"),
    RouteDescription(.get, "/rolls", ListRolls.name, takes: [.query("limit"), .query("before")]),
    RouteDescription(.get, "/rolls/{id}", ShowRoll.name),
    RouteDescription(.post, "/odds", ShowOdds.name),
    RouteDescription(.post, "/readings", ReadNotation.name),
    RouteDescription(.get, "/journal", ListJournal.name, takes: [.query("limit"), .query("before")]),
    RouteDescription(.get, "/journal/{number}", ShowJournalRow.name),
    RouteDescription(.post, "/undos", "undo", status: 201),
    RouteDescription(.get, "/fairness", ShowFairness.name),
    RouteDescription(.post, "/fairness/entropy", ContributeEntropy.name, status: 201),
    RouteDescription(.post, "/fairness/rotations", RotateSeed.name, status: 201),
    RouteDescription(.get, "/models", ListModels.name),
    RouteDescription(.get, "/routes", ListRoutes.name),
    RouteDescription(.put, "/routes/{name}", SetRoute.name, wraps: "route"),
    RouteDescription(.delete, "/routes/{name}", RemoveRoute.name),
    RouteDescription(.put, "/route-assignments/{surface}", AssignRoute.name, wraps: "assignment"),
    RouteDescription(.get, "/formula", EvaluateFormula.name, takes: [.query("formula")]),
  ]
}
