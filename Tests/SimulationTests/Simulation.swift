import Events
import Logging
import StorageSQLite
import TestKit

/// A workspace that lives through epochs: each ends with a crash or a stop, and begins on what that left.
final class Simulation {
  private let random: SeededRandom
  private let clock = ManualClock()
  private let followers: [Follower]
  private var disk: SimulatedDisk
  private var database: SQLiteDatabase
  private var arbiter: TestWorkspace
  private var ledger = Ledger()
  private var head: (number: Int64, hash: [UInt8])?
  private(set) var summary = ""

  init(seed: UInt64) async throws {
    random = SeededRandom(seed: seed)
    followers = (0..<4).map { [random] in Follower(name: "reader \($0)", random: SeededRandom(seed: random.next())) }
    disk = try SimulatedDisk()
    database = try await Self.open(disk, clock)
    arbiter = try await TestWorkspace(founding: database, clock: clock, seed: random.next())
  }

  /// One epoch: callers, readers and a fault; then a crash or a stop; then everything that must hold.
  ///
  /// - Returns: what does not hold.
  func live(_ epoch: Int) async throws -> [String] {
    let fault = SimulatedDisk.Fault(random)
    // Beyond what the callers can reach it ends with a stop, so that the log is copied and gone.
    let crashAt = 1 + random.below(160)
    let isCrash = random.below(4) > 0
    disk.arm(fault)
    let next = isCrash ? try SimulatedDisk() : disk
    let isKilled = try await work(epoch, crashAt: isCrash ? crashAt : .max, leaving: next)
    disk.disarm()
    if isCrash, !isKilled { try await Killer(database: database, disk: disk, ledger: ledger).kill(leaving: next) }
    try? await database.close()  // The dead process's files are of no use any more; the living's log may be left.
    disk = next
    database = try await Self.open(disk, clock)
    arbiter = try TestWorkspace(reopening: arbiter, on: database)
    let trial = Trial(arbiter: arbiter, ledger: ledger, followers: followers, head: head)
    let (findings, end) = try await trial.run()
    let integrity = try await database.checkIntegrity()
    summary = "\(end.number) rows, \(ledger.outcomes.count) keys, \(trial.unknownCount) of them open"
    head = end
    let place = "after \(fault), \(isCrash ? "a crash" : "a stop")"
    let all = ledger.findings + findings + integrity
    ledger = Ledger(after: ledger)
    return all.map { "\($0) (\(place))" }
  }

  func end() async throws { try await database.close() }

  /// Callers and readers at once. Returns whether the process was killed in the midst of it.
  private func work(_ epoch: Int, crashAt: Int, leaving next: SimulatedDisk) async throws -> Bool {
    let seeds = (0..<12).map { _ in random.next() }
    let killer = Killer(database: database, disk: disk, ledger: ledger)
    return try await withThrowingTaskGroup(of: Void.self) { [arbiter, ledger, followers] group in
      for follower in followers { group.addTask { await follower.run(arbiter, ledger) } }
      async let killed = killer.run(at: crashAt, leaving: next)
      await withTaskGroup { callers in
        for (number, seed) in seeds.enumerated() {
          let caller = Caller(
            name: "\(epoch)-\(number)", random: SeededRandom(seed: seed), arbiter: arbiter, ledger: ledger)
          callers.addTask { await caller.run(12) }
        }
      }
      ledger.finishCounting()
      let isKilled = try await killed
      arbiter.events.finishReaders()
      try await group.waitForAll()
      return isKilled
    }
  }

  private static func open(_ disk: SimulatedDisk, _ clock: ManualClock) async throws -> SQLiteDatabase {
    var options = SQLiteOptions()
    options.walPages = 60
    options.probeInterval = .zero
    let database = try SQLiteDatabase.open(at: disk.database, options: options, clock: clock, logger: .silent)
    try await database.migrate(TestWorkspace.migrations)
    return database
  }
}
