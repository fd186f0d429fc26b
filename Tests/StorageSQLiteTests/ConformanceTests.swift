import Storage
import StorageConformance
import Testing

@testable import StorageSQLite

@Suite(.timeLimit(.minutes(2))) struct `The embedded engine` {
  @Test(arguments: StorageConformance.cases)
  func `keeps what every engine promises`(_ promise: ConformanceCase) async throws {
    try await promise.run(on: EmbeddedEngine())
  }
}

/// Real files, durable like those in use, each in a folder that goes with the engine's value.
private struct EmbeddedEngine: ConformanceEngine {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  func open(_ setup: ConformanceSetup) async throws -> any Database {
    var options = SQLiteOptions()
    // A case that is not about time has plenty: the machine may be busy with the other suites.
    options.writeLimit = setup.limits.write ?? .seconds(120)
    options.readLimit = setup.limits.read ?? .seconds(120)
    if let limit = setup.limits.waitingMax { options.queue = limit }
    return try await makeDatabase(in: folder, options: options, clock: setup.clock, migrations: setup.migrations)
  }

  func close(_ database: any Database) async { try? await (database as? SQLiteDatabase)?.close() }
}
