import Logging
package import Storage
import Vocabulary

extension SQLiteDatabase {
  /// Brings the schema to the last of `migrations`.
  ///
  /// All steps that remain run in one transaction with their rows in `schema_migrations`: whenever the process or the
  /// machine stops, the database is the old one or the new one. Before it, when there is anything to lose, a copy is made
  /// in `folder`, verified and synced: `before-<module>-<number>-<time>.sqlite`, named for the first step to come.
  /// `rollback` goes back to it.
  ///
  /// To be called before the database is used. Statements are of the common dialect.
  ///
  /// - Parameter folder: where copies go; nil for a database that can be made again.
  /// - Throws: ``StorageError`` `.newerSchema` or `.changedMigration` before anything was written; `.statement` when a
  ///   statement is outside the dialect; whatever a step met, and then nothing of it all was written.
  @discardableResult
  package func migrate(_ migrations: [Migration], copyTo folder: String? = nil) async throws -> MigrationReport {
    try await onWriterQueue { [self] connection in
      Result { try migrate(migrations, copyTo: folder, on: connection) }
    }.get()
  }

  private func migrate(
    _ migrations: [Migration], copyTo folder: String?, on connection: Connection
  ) throws -> MigrationReport {
    let schema = SchemaTables(connection: connection)
    let applied = try schema.applied()
    let pending = try MigrationPlan.pending(migrations, applied: applied, checksum: SchemaTables.checksum)
    guard let first = pending.first else { return MigrationReport(applied: [], copy: nil) }
    if let problem = Dialect.lint(pending, workspaceExceptions: []).first(where: { $0.rule != .workspace }) {
      throw StorageError(.statement, "A schema step is not in the common dialect: \(problem)")
    }
    var copies: MigrationCopies?
    var copy: MigrationCopies.Copy?
    if let folder, !applied.isEmpty {
      copies = MigrationCopies(folder: folder, limit: options.copies)
      copy = try copies?.make(of: path, before: first, at: clock.now())
    }
    let steps = try apply(pending, notingRowsFor: copy?.name, on: connection)
    copies?.prune()
    logger.notice(
      "The schema was brought up to date.",
      metadata: ["steps": "\(steps.map { "\($0.module) \($0.number)" })", "copy": "\(copy?.path ?? "none")"])
    return MigrationReport(applied: steps, copy: copy?.path)
  }

  private func apply(
    _ migrations: [Migration], notingRowsFor copy: String?, on connection: Connection
  ) throws -> [AppliedMigration] {
    let schema = SchemaTables(connection: connection)
    let time = clock.now()
    do {
      try connection.run(.begin)
      try schema.declare()
      let steps = try migrations.map { migration in
        for statement in migration.statements { _ = try connection.rows(ofCommand: Dialect.sqlite(statement)) }
        let step = AppliedMigration(
          module: migration.module, number: migration.number, name: migration.name,
          checksum: SchemaTables.checksum(of: migration))
        try schema.add(step, at: time)
        return step
      }
      if let copy { try schema.noteRowCounts(for: copy) }
      try connection.run(.commit)
      return steps
    } catch {
      connection.abandon()
      throw (error as? SQLiteFailure)?.storageError() ?? error
    }
  }
}
