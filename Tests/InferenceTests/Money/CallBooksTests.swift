import Storage
import Synchronization
import TestKit
import Testing
import Vocabulary

@testable import Inference

@Suite("The books of calls", .timeLimit(.minutes(1)))
struct CallBooksTests {
  /// Books over a ledger, with a clock that stands still: what waits does so until the test moves it.
  private struct Rig {
    let world: LedgerWorld
    let database: RefusingDatabase
    let clock = HandClock()
    let books: CallBooks
    let failures = Failures()

    init() async throws {
      world = try await LedgerWorld()
      database = RefusingDatabase(world.database)
      books = CallBooks(ledger: CallLedger(database: database), ids: world.ids, clock: clock) { [failures] in
        failures.note($0)
      }
    }

    func open(_ price: ModelPrice? = LedgerWorld.price, key: GatewayKeyID? = nil) async throws -> Reservation {
      let upstream = Upstream(
        id: UpstreamID(connection: nil, model: "m"), provider: BuiltInModel(), price: price)
      return try await books.open(
        upstream, CallBooks.Bound(inputTokens: 10, outputTokens: 20, isStreamed: false), for: world.context(key: key),
        call: nil, attempt: 1)
    }

    func set(_ limit: Int64) async throws { try await world.set(limit) }

    func states() async throws -> [ModelCallRow.State] {
      try await world.calls(CallListing(limit: 50)).map(\.state)
    }
  }

  private final class Failures: Sendable {
    private let errors = Mutex<[any Error]>([])
    var count: Int { errors.withLock { $0.count } }
    func note(_ error: any Error) { errors.withLock { $0.append(error) } }
  }

  private static let whole = CallOutcome(.finished, usage: TokenUsage(input: 1, output: 1))

  @Test func `what may cost something is booked before it is made, also where no budget bounds it`() async throws {
    for price in [LedgerWorld.price, nil] {
      let rig = try await Rig()
      _ = try await rig.open(price)
      #expect(try await rig.states() == [.reserved])
    }
  }

  @Test func `for what costs nothing nobody waits for a disk, and a short call is a row that is written once`()
    async throws
  {
    let rig = try await Rig()
    let reservation = try await rig.open(.free)
    rig.books.close(reservation, Self.whole)
    #expect(try await rig.states().isEmpty)
    await rig.clock.advance(toSleeper: CallBooks.delay)
    await rig.books.drain()
    #expect(try await rig.states() == [.finished])
    #expect(try await rig.world.row(reservation.id)?.costMicros == 0)
  }

  @Test func `a call that lasts is in the books before it ends`() async throws {
    let rig = try await Rig()
    let reservation = try await rig.open(.free)
    await rig.clock.advance(toSleeper: CallBooks.delay)
    await rig.books.drain()
    #expect(try await rig.states() == [.reserved])
    rig.books.close(reservation, Self.whole)
    await rig.books.drain()
    #expect(try await rig.states() == [.finished])
  }

  @Test func `under a budget an attempt is booked and held when it may be made`() async throws {
    let rig = try await Rig()
    try await rig.set(100)
    let reservation = try await rig.open()
    #expect(try await rig.states() == [.reserved])
    #expect(try await rig.world.count()?.reserved == 50)
    rig.books.close(reservation, Self.whole)
    await rig.books.drain()
    #expect(try await rig.world.count() == LedgerWorld.Count(reserved: 0, spent: 3))
  }

  @Test func `the end of a call is in a budget before the next one is looked at`() async throws {
    let rig = try await Rig()
    try await rig.set(53)
    for spent in [0, 3] as [Int64] {
      let reservation = try await rig.open()
      #expect(try await rig.world.count() == LedgerWorld.Count(reserved: 50, spent: spent))
      rig.books.close(reservation, Self.whole)
    }
    // 6 are spent, and 50 more are too many. The refusal takes no end back.
    let error = try await #require(throws: InferenceError.self) { try await rig.open() }
    #expect(error.kind == .overBudget)
    #expect(try await rig.world.count() == LedgerWorld.Count(reserved: 0, spent: 6))
  }

  @Test func `what costs nothing waits for no disk under a budget either`() async throws {
    let rig = try await Rig()
    try await rig.set(0)
    rig.books.close(try await rig.open(.free), Self.whole)
    #expect(try await rig.states().isEmpty)
    await rig.books.drain()
    #expect(try await rig.states() == [.finished])
  }

  @Test func `a budget bounds the very next call, also where there was none before`() async throws {
    let rig = try await Rig()
    rig.books.close(try await rig.open(), Self.whole)
    try await rig.set(10)
    let error = try await #require(throws: InferenceError.self) { try await rig.open() }
    #expect(error.kind == .overBudget)
  }

  @Test func `while nothing can be written nothing is asked, and what waited is booked later`() async throws {
    let rig = try await Rig()
    let reservation = try await rig.open(.free)
    rig.books.close(reservation, Self.whole)
    rig.database.refuse(.full)
    await #expect(throws: StorageError.self) { try await rig.open(.free) }
    await rig.clock.advance(toSleeper: CallBooks.delay)
    rig.database.refuse(nil)
    await rig.books.drain()
    #expect(try await rig.states() == [.finished])
    #expect(rig.failures.count == 0)
  }

  @Test func `an entry that cannot be written takes no other with it`() async throws {
    let rig = try await Rig()
    let first = try await rig.open()
    await rig.books.drain()
    // Booked a second time under the same id.
    let twice = try await rig.open(.free)
    try await rig.world.database.write("test.twice", in: rig.world.workspace) { [context = rig.world.context()] in
      try LedgerTables.insert(twice, context, in: $0)
    }
    rig.books.close(first, Self.whole)
    await rig.books.drain()
    #expect(rig.failures.count == 1)
    #expect(try await rig.world.row(first.id)?.state == .finished)
  }
}

/// A database that can be told to take no writes.
private final class RefusingDatabase: Database {
  private let database: any Database
  private let refusal = Mutex<StorageError.Kind?>(nil)

  init(_ database: any Database) { self.database = database }

  func refuse(_ kind: StorageError.Kind?) { refusal.withLock { $0 = kind } }

  var health: DatabaseHealth { refusal.withLock { $0 } == nil ? database.health : .full }

  func write<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    if let kind = refusal.withLock({ $0 }) { throw StorageError(kind, "Refused by the test.") }
    return try await database.write(label, in: workspace, body)
  }

  func read<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any ReadTransaction) throws -> T
  ) async throws -> T { try await database.read(label, in: workspace, body) }
}
