/// What putting back a copy of the database did.
package struct DatabaseRollback: Encodable, Sendable, Hashable {
  /// The copy that is the database now.
  package let restored: String
  /// Where the database that it took the place of lies.
  package let setAside: String
  /// Rows, of all tables, that were written since the copy and are not in it.
  package let discarded: Int64

  package init(restored: String, setAside: String, discarded: Int64) {
    self.restored = restored
    self.setAside = setAside
    self.discarded = discarded
  }
}
