package import Storage

/// One promise of ``Database``, as a sentence with the code that checks it.
package struct ConformanceCase: Sendable, CustomStringConvertible {
  /// The promise, in words.
  package let name: String
  /// The limits that the case needs. Everything else is as the engine has it by default.
  package let limits: ConformanceLimits
  private let body: @Sendable (ConformanceRoom) async throws -> Void

  init(
    _ name: String, limits: ConformanceLimits = ConformanceLimits(),
    _ body: @escaping @Sendable (ConformanceRoom) async throws -> Void
  ) {
    self.name = name
    self.limits = limits
    self.body = body
  }

  package var description: String { name }

  /// Opens a new database, checks the promise on it, and closes it.
  ///
  /// - Throws: ``ConformanceFailure`` when the promise is not kept; what the engine throws where nothing should be thrown.
  package func run(on engine: any ConformanceEngine) async throws {
    let setup = ConformanceSetup(clock: SteppingClock(), migrations: StorageConformance.migrations, limits: limits)
    let database = try await engine.open(setup)
    do {
      try await body(ConformanceRoom(database: database, clock: setup.clock))
    } catch {
      await engine.close(database)
      throw error
    }
    await engine.close(database)
  }
}

/// The engine under test: how it opens and closes a database of its own.
package protocol ConformanceEngine: Sendable {
  /// A database that nobody else uses, with the setup's clock and limits, in which its migrations have run.
  func open(_ setup: ConformanceSetup) async throws -> any Database
  /// Closes and removes what `open` gave.
  func close(_ database: any Database) async
}

/// What ``ConformanceEngine/open(_:)`` is asked for.
package struct ConformanceSetup: Sendable {
  package let clock: SteppingClock
  package let migrations: [Migration]
  package let limits: ConformanceLimits
}

/// Limits that a case wants to run into; nil leaves the engine's own.
package struct ConformanceLimits: Sendable {
  /// How long a write body may take.
  package var write: Duration?
  /// How long a read body may take.
  package var read: Duration?
  /// How many bodies may wait.
  package var waitingMax: Int?
}
