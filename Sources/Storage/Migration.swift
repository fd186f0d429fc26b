/// A step of a module's schema. Steps only go forward, in order of their numbers, and never change once released.
package struct Migration: Sendable, Hashable {
  /// The module that owns the tables, in lower case.
  package let module: String
  /// 1, 2, 3 … within the module, without a gap.
  package let number: Int
  /// A few words for people, as `create journal`.
  package let name: String
  /// Statements of the common dialect, run in order in one transaction.
  package let statements: [String]

  package init(module: StaticString, number: Int, name: StaticString, statements: [StaticString]) {
    self.module = module.description
    self.number = number
    self.name = name.description
    self.statements = statements.map(\.description)
  }

  /// What is hashed to see whether a released step was changed: the statements, each ended by a NUL byte.
  package var checksummedBytes: [UInt8] { statements.flatMap { Array($0.utf8) + [0] } }
}

/// A migration that ran, as the table `schema_migrations` keeps it.
package struct AppliedMigration: Sendable, Hashable {
  package let module: String
  package let number: Int
  package let name: String
  /// SHA-256 of ``Migration/checksummedBytes``, in hexadecimal.
  package let checksum: String

  package init(module: String, number: Int, name: String, checksum: String) {
    self.module = module
    self.number = number
    self.name = name
    self.checksum = checksum
  }
}

/// Which steps remain, decided without touching a database.
package enum MigrationPlan {
  /// The steps of `wanted` that are not in `applied`, in the order of `wanted`.
  ///
  /// - Throws: ``StorageError`` `.newerSchema` when a step ran here that this program does not know, `.changedMigration`
  ///   when one ran with other statements.
  package static func pending(
    _ wanted: [Migration], applied: [AppliedMigration], checksum: (Migration) -> String
  ) throws(StorageError) -> [Migration] {
    struct Step: Hashable {
      let module: String
      let number: Int
    }
    var known: [Step: Migration] = [:]
    for migration in wanted { known[Step(module: migration.module, number: migration.number)] = migration }
    for step in applied {
      guard let migration = known[Step(module: step.module, number: step.number)] else {
        throw StorageError(
          .newerSchema,
          "This database has the schema step \(step.module) \(step.number) (“\(step.name)”), which this version of "
            + "Arbiter does not know. Start the newer version, or restore the copy made before its migration.")
      }
      guard checksum(migration) == step.checksum else {
        throw StorageError(
          .changedMigration,
          "Schema step \(step.module) \(step.number) (“\(step.name)”) is not the one that ran on this database. "
            + "Use an official build of Arbiter.")
      }
    }
    let done = Set(applied.map { Step(module: $0.module, number: $0.number) })
    return wanted.filter { !done.contains(Step(module: $0.module, number: $0.number)) }
  }
}
