/// What `rollback` did.
package struct RollbackReport: Sendable, Hashable {
  /// The copy that is the database now. It is still among the copies.
  package let restored: String
  /// Where the database that was replaced lies.
  package let replaced: String
  /// How many rows of it were written after the migration and are not in the database now.
  package let discarded: Int
}
