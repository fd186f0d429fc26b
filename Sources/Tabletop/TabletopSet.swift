package import Events
package import Operations
package import Storage

/// Campaigns, and what is done in them.
package enum Tabletop {
  package static func operations(events: EventLog, sealer: any Sealer) -> OperationSet {
    let store = CampaignStore(sealer: sealer)
    return OperationSet(
      changes: [
        ImportCampaign(store: store), RollAttack(store: store), RollSavingThrowBatch(store: store),
        ApplyDamage(store: store), Heal(store: store), ApplyCondition(store: store), ConsumeResource(store: store),
        AdvanceTime(store: store),
      ],
      reads: [
        ListCampaigns(store: store, events: events), ShowCampaign(store: store, events: events), ShowSampleCampaign(),
      ],
      stateTables: CampaignTables.stateTables, routes: routes, migrations: migrations)
  }

  package static let migrations = CampaignTables.migrations

  private static let routes = [
    RouteDescription(.get, "/campaigns", ListCampaigns.name, takes: [.query("limit"), .query("after")]),
    RouteDescription(.post, "/campaigns", ImportCampaign.name, status: 201, wraps: "campaign"),
    RouteDescription(.get, "/campaigns/{id}", ShowCampaign.name),
    RouteDescription(.get, "/sample-campaign", ShowSampleCampaign.name),
  ]
}
