/// What a ``SQLiteDatabase`` has done since it was opened, for metrics and benches.
package struct SQLiteCounts: Sendable, Hashable {
  /// Bodies that were answered, failed ones too.
  package var bodies = 0
  package var failedBodies = 0
  package var commits = 0
  /// Groups of which nothing was committed because of the engine.
  package var lostGroups = 0
  package var largestGroup = 0
  /// Pages copied from the log into the database.
  package var checkpointPages = 0
  /// Pages in the log after the last commit.
  package var logPages = 0
  /// Bodies that wait now.
  package var waiting = 0
  package var reads = 0
  package var failedReads = 0
}
