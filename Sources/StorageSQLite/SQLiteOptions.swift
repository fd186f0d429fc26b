/// What is bounded in a ``SQLiteDatabase``, and what happens at each bound.
///
/// That a write is durable before it is answered is not an option.
package struct SQLiteOptions: Sendable {
  package enum Mode: Sendable, Hashable {
    case readWrite
    /// For looking at a database that another process may be writing: nothing is changed, and `write` is refused.
    case readOnly
  }

  package var mode: Mode

  /// At most this many bodies share a commit.
  package var groupBodies = 512
  /// A group that has been running this long commits what it has; the rest goes into the next one. Bounds what a lock is
  /// held for, and what is run again after a body was interrupted.
  package var groupTime: Duration = .milliseconds(250)
  /// How often a group is begun again without the body that was interrupted. After that every body of it fails with
  /// `rolledBack`.
  package var groupRounds = 8
  /// With this many bodies waiting, a further one is refused with `overloaded`. Reads have the same bound.
  package var queue = 16_384
  /// A body that has run this long fails with `timedOut` at its next step. Two bounds, because a writing body holds up
  /// everybody and a reading one nobody.
  package var writeLimit: Duration = .seconds(5)
  package var readLimit: Duration = .seconds(30)
  /// Snapshots that are read at the same time; further reads wait.
  package var readers = 4
  /// Pages of 4 KiB in the write-ahead log at which it is copied into the database. See ``CheckpointPlan`` for what
  /// bounds the log when readers stand in the way.
  package var walPages = 4_000
  /// While the disk is full, a write is let through this often to see whether there is room again.
  package var probeInterval: Duration = .seconds(1)
  /// Prepared statements that a connection keeps.
  package var statements = 256
  /// Copies that migrations leave in their folder; older ones are deleted once a newer one is verified.
  package var copies = 5

  package init(mode: Mode = .readWrite) { self.mode = mode }
}
