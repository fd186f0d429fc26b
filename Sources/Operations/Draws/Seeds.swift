package import Storage
package import Vocabulary

/// The secret numbers that all draws of a workspace come from, one after another. `docs/formats/fairness.md` gives every
/// byte.
package enum Seeds {
  package static let migrations = [
    Migration(
      module: "operations", number: 2, name: "create seeds and entropy",
      statements: [
        """
        CREATE TABLE seeds (
          workspace BLOB NOT NULL,
          number BIGINT NOT NULL,
          commitment BLOB NOT NULL,
          secret BLOB NOT NULL,
          revealed BLOB,
          entropy_count BIGINT NOT NULL,
          entropy_digest BLOB NOT NULL,
          next_roll BIGINT NOT NULL,
          created_at BIGINT NOT NULL,
          revealed_at BIGINT,
          PRIMARY KEY (workspace, number)
        )
        """,
        """
        CREATE TABLE seed_entropy (
          workspace BLOB NOT NULL,
          seed BIGINT NOT NULL,
          number BIGINT NOT NULL,
          person BLOB,
          name TEXT NOT NULL,
          text TEXT NOT NULL,
          created_at BIGINT NOT NULL,
          PRIMARY KEY (workspace, seed, number)
        )
        """,
      ])
  ]

  package static let stateTables = [
    StateTable("seeds", key: ["number"]),
    StateTable("seed_entropy", key: ["seed", "number"]),
  ]

  /// The seed that is drawn from now; nil before the workspace is founded.
  package static func current(in transaction: any ReadTransaction) throws -> SeedRow? {
    try transaction.first(
      """
      SELECT number, commitment, secret, revealed, entropy_count, entropy_digest, next_roll, created_at, revealed_at
      FROM seeds WHERE workspace = \(transaction.workspace) ORDER BY number DESC LIMIT 1
      """, as: SeedRow.self)
  }

  /// Sets the counter past a roll. It only ever goes on: an undo does not bring a roll back.
  static func advance(past record: DrawRecord, in transaction: any Transaction) throws {
    guard record.stream == DrawRecord.liveStream, let next = Int64(exactly: record.roll).map({ $0 &+ 1 }) else {
      return
    }
    try transaction.run(
      """
      UPDATE seeds SET next_roll = \(next)
      WHERE workspace = \(transaction.workspace) AND number = \(record.seed) AND next_roll < \(next)
      """)
  }
}

/// A row of `seeds`.
package struct SeedRow: Decodable, Sendable, Hashable {
  package let number: Int64
  package let commitment: [UInt8]
  /// A sealed envelope: never in clear in the database while the seed is drawn from.
  package let secret: [UInt8]
  /// The secret in clear, once it was made public.
  package let revealed: [UInt8]?
  package let entropyCount: Int64
  package let entropyDigest: [UInt8]
  package let nextRoll: Int64
  package let createdAt: Timestamp
  package let revealedAt: Timestamp?
}

/// A new seed as the journal keeps it: its commitment in clear, its secret sealed.
package struct SealedSeed: Codable, Sendable, Hashable {
  /// Hexadecimal.
  package let commitment: String
  /// Hexadecimal of the envelope.
  package let secret: String
}

extension DrawRecord {
  package static let liveStream: UInt32 = 0
  /// Rehearsals draw here, each from a place of its own taken at random: a sample, never the coming dice.
  package static let rehearsalStream: UInt32 = 1
}
