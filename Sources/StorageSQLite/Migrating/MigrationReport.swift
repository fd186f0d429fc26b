package import Storage

/// What `migrate` did.
package struct MigrationReport: Sendable, Hashable {
  /// The steps that ran now, in order. Empty when the schema was up to date.
  package let applied: [AppliedMigration]
  /// The verified copy of the database that was made first; nil when nothing was at stake.
  package let copy: String?

  package init(applied: [AppliedMigration], copy: String?) {
    self.applied = applied
    self.copy = copy
  }
}
