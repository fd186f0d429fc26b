import Events
import Logging
import Operations
import Proposals
import Storage
import StorageSQLite
import StrictJSON
import Tabletop
import TestKit
import Vault
import Vocabulary

/// A workspace with the sample campaign and some that nobody wrote, on a real database, at whose desk proposals are brought.
struct ProposalWorld {
  let arbiter: TestWorkspace
  let desk: ProposalDesk
  let campaigns: [CampaignView]

  init(seed: UInt64) async throws {
    let clock = ManualClock()
    var options = SQLiteOptions()
    // A hundred steps take their time in a debug build on a busy machine; how fast is not what is asked here.
    options.writeLimit = .seconds(600)
    let database = try SQLiteDatabase.scratch(options: options, clock: clock, logger: .silent)
    let random = SeededRandom(seed: seed &+ 0x5eed)
    let ring = KeyRing(primary: VaultKey(testing: random.bytes(32)), random: random)
    let sets = [
      Tabletop.operations(events: EventLog(database: database, sealer: ring), sealer: ring),
      OperationSet(changes: [], reads: [], stateTables: [], routes: [], migrations: ProposalDesk.migrations),
    ]
    try await database.migrate(TestWorkspace.migrations + sets.flatMap(\.migrations))
    arbiter = try await TestWorkspace(founding: database, clock: clock, seed: seed, extra: sets)
    desk = ProposalDesk(
      runner: arbiter.desk.runner, database: database, sealer: arbiter.ring,
      ids: UniqueIDSequence(clock: clock, random: random), surfaces: [CampaignSurface(sealer: arbiter.ring)])
    let maker = CampaignMaker(random: random)
    let documents = [try SampleCampaign.document] + (1...3).map { maker.campaign("made_\($0)") }
    for document in documents { try await arbiter.perform("import_campaign", document) }
    campaigns = documents.map { CampaignView($0) }
  }

  /// Everything that a proposal may change, and all that tells whether it did.
  struct Moment: Sendable, Equatable {
    /// Of all tables but the two below.
    let state: StateHash
    /// Rolls are only ever added; to hash them all after each proposal would take time with the square of their number.
    let rolls: Int
    let seed: SeedRow?
    let row: Int64
    let proposals: Int

    /// Whether only dice were used up between the two: they stay so, whatever becomes of a proposal.
    func isEqualButForDraws(_ other: Moment) -> Bool { state == other.state && rolls == other.rolls }

    var nextRoll: Int64 { seed?.nextRoll ?? -1 }
  }

  func moment() async throws -> Moment {
    let tables = arbiter.desk.catalogue.stateTables.filter { !["seeds", "rolls"].contains($0.name.description) }
    return try await arbiter.database.read("simulation.moment", in: arbiter.workspace) { [arbiter] in
      func count(_ table: SchemaName, _ state: any ReadTransaction) throws -> Int {
        try state.value("SELECT count(*) FROM \(name: table) WHERE workspace = \(arbiter.workspace)") ?? -1
      }
      return Moment(
        state: try StateHash(of: tables, in: $0), rolls: try count("rolls", $0), seed: try Seeds.current(in: $0),
        row: try arbiter.journal.head(in: $0).number, proposals: try count("proposals", $0))
    }
  }

  /// A journal row with its content.
  struct Row: Sendable {
    let row: JournalRow
    let content: JournalContent
  }

  func rows(after number: Int64) async throws -> [Row] {
    try await arbiter.database.read("simulation.rows", in: arbiter.workspace) { [journal = arbiter.journal] in
      let workspace = $0.workspace
      return try journal.rows(after: number, limit: .max, in: $0).map {
        Row(row: $0, content: try journal.content(of: $0, in: workspace))
      }
    }
  }

  /// What does not hold at the end: the chain, the state made again by folding and by deciding again, the sheets.
  func findingsAtTheEnd() async throws -> [String] {
    let verified = try await arbiter.journal.verify(arbiter.workspace, of: arbiter.database, expecting: nil)
    let folded = try await arbiter.rebuild()
    let again = try await arbiter.rebuild(reexecuting: true)
    return verified.faults.map { "the chain: \($0)" }
      + (folded.isEqual ? [] : ["the rebuilt state is another"])
      + (again.isEqual ? [] : ["executed again it is another: \(again.differences.prefix(5))"])
      + (try await sheetFindings())
  }

  private func sheetFindings() async throws -> [String] {
    var findings: [String] = []
    for campaign in campaigns {
      let sheet = try await arbiter.read("show_campaign", ["id": .string(campaign.id)])["campaign"]
      for creature in sheet?["creatures"]?.items ?? [] {
        let points = creature["hit_points"]
        let pairs =
          [(points?["current"]?.int64, points?["max"]?.int64)]
          + (creature["resources"]?.items ?? []).map { ($0["current"]?.int64, $0["max"]?.int64) }
        for case (let current?, let most?) in pairs where !(0...most).contains(current) {
          findings.append("\(creature["id"]?.text ?? "") of \(campaign.id) has \(current) of \(most)")
        }
      }
    }
    return findings
  }

  func close() async throws { try await arbiter.database.closeScratch() }
}

extension Database {
  /// A scratch database is thrown away with this.
  fileprivate func closeScratch() async throws { try await (self as? SQLiteDatabase)?.close() }
}
