import Logging
package import Storage
import Vocabulary

extension PostgresDatabase {
  /// Runs the steps of `migrations` that have not run in this schema, each with its row in `schema_migrations` in one
  /// transaction, and returns them.
  ///
  /// It uses a connection of its own, which holds an advisory lock: a second process waits, then finds nothing to do. The
  /// lock goes with the connection, however that ends. Unlike SQLite no copy is made first: a server has its own backups.
  ///
  /// - Throws: ``StorageError`` `.newerSchema` or `.changedMigration` before anything is changed, `.statement` for a step
  ///   outside the common dialect, and what a step's statements throw. A step that failed left nothing.
  @discardableResult
  package func migrate(_ migrations: [Migration]) async throws -> [Migration] {
    try Self.check(migrations)
    return try await onOwnThread { [self] in
      let session = try connector.connect(liveness: nil)
      do {
        return try migrate(migrations, on: session)
      } catch let fault as PostgresFault {
        throw fault.storageError(isWriting: true)
      }
    }
  }

  private static func check(_ migrations: [Migration]) throws(StorageError) {
    for migration in migrations {
      for statement in migration.statements {
        guard let problem = Dialect.lint(statement).first else { continue }
        throw StorageError(
          .statement, "Schema step \(migration.module) \(migration.number) is outside the common dialect: \(problem)")
      }
    }
  }

  private func migrate(_ migrations: [Migration], on session: Session) throws -> [Migration] {
    let deadline = Deadline.after(options.migrationLimit)
    try session.execute("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0", by: deadline)
    _ = try session.run(
      "SELECT pg_advisory_lock(hashtextextended(\(options.schema.description), \(Self.lockKey)))", by: deadline)
    try session.execute(
      """
      CREATE SCHEMA IF NOT EXISTS \(options.schema.quoted);
      CREATE TABLE IF NOT EXISTS schema_migrations (
        module TEXT COLLATE "C" NOT NULL, number BIGINT NOT NULL, name TEXT COLLATE "C" NOT NULL,
        checksum TEXT COLLATE "C" NOT NULL, applied BIGINT NOT NULL, PRIMARY KEY (module, number))
      """, by: deadline)
    let checksums = try Dictionary(
      migrations.map { ($0, try checksum(of: $0, on: session, by: deadline)) }, uniquingKeysWith: { first, _ in first })
    let applied = try session.run(
      "SELECT module, number, name, checksum FROM schema_migrations ORDER BY module, number", by: deadline
    ).rows.map { row in
      AppliedMigration(
        module: try row.get("module"), number: try row.get("number"), name: try row.get("name"),
        checksum: try row.get("checksum"))
    }
    let pending = try MigrationPlan.pending(migrations, applied: applied) { checksums[$0] ?? "" }
    for migration in pending {
      try run(migration, checksum: checksums[migration] ?? "", on: session, by: deadline)
      logger.info("schema step ran", metadata: ["step": "\(migration.module) \(migration.number): \(migration.name)"])
    }
    return pending
  }

  /// One step in one transaction: DDL is transactional on PostgreSQL.
  private func run(
    _ migration: Migration, checksum: String, on session: Session, by deadline: Deadline
  ) throws(PostgresFault) {
    try session.execute("BEGIN", by: deadline)
    for statement in migration.statements { try session.execute(Dialect.postgres(statement), by: deadline) }
    _ = try session.run(
      """
      INSERT INTO schema_migrations (module, number, name, checksum, applied)
      VALUES (\(migration.module), \(migration.number), \(migration.name), \(checksum), \(clock.now()))
      """, by: deadline)
    try session.execute("COMMIT", by: deadline)
  }

  /// SHA-256 by the server itself, so that the engine needs no library of its own for it.
  private func checksum(of migration: Migration, on session: Session, by deadline: Deadline) throws -> String {
    let rows = try session.run(
      "SELECT encode(sha256(\(migration.checksummedBytes)), 'hex') AS checksum", by: deadline
    ).rows
    guard let row = rows.first else { throw StorageError(.statement, "The server gave no checksum.") }
    return try row.get("checksum")
  }

  /// The letters “arbi”, so that the lock is not another program's by chance.
  private static let lockKey = SQLValue.integer(0x6172_6269)

  /// Runs `work` on a thread that may wait.
  private func onOwnThread<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      Slot(number: -1).perform { _ in continuation.resume(with: Result { try work() }) }
    }
  }
}
