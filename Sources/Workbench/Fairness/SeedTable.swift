import Operations
import Storage
import Vocabulary

/// What seed changes write, and seeds as people see them. The table is Operations'.
enum SeedTable {
  static func apply(_ change: SeedChange, in transaction: any Transaction) throws {
    let workspace = transaction.workspace
    switch change {
    case .committed(let number, let seed, let time):
      let commitment = try bytes(seed.commitment)
      let secret = try bytes(seed.secret)
      try transaction.run(
        """
        INSERT INTO seeds (workspace, number, commitment, secret, revealed, entropy_count, entropy_digest, next_roll,
          created_at, revealed_at)
        VALUES (\(workspace), \(number), \(commitment), \(secret), NULL, 0, \(Fairness.noEntropy), 0, \(time), NULL)
        """)
    case .revealed(let number, let secret, let time):
      let revealed = try bytes(secret)
      try transaction.run(
        """
        UPDATE seeds SET revealed = \(revealed), revealed_at = \(time)
        WHERE workspace = \(workspace) AND number = \(number)
        """)
    case .entropyAdded(let seed, let contribution, let digest):
      let digest = try bytes(digest)
      try transaction.run(
        """
        INSERT INTO seed_entropy (workspace, seed, number, person, name, text, created_at)
        VALUES (\(workspace), \(seed), \(contribution.number), \(contribution.person.id), \(contribution.person.name),
          \(contribution.text), \(contribution.time))
        """)
      try transaction.run(
        """
        UPDATE seeds SET entropy_count = \(contribution.number), entropy_digest = \(digest)
        WHERE workspace = \(workspace) AND number = \(seed)
        """)
    }
  }

  /// Seeds, newest first, with what was contributed to each. A workspace has as many as it was rotated; the newest hundred
  /// are shown.
  static func all(in transaction: any ReadTransaction) throws -> [Seed] {
    try seeds(from: 0, to: .max, in: transaction)
  }

  static func one(_ number: Int64, in transaction: any ReadTransaction) throws -> Seed? {
    try seeds(from: number, to: number, in: transaction).first
  }

  private static func seeds(from first: Int64, to last: Int64, in transaction: any ReadTransaction) throws -> [Seed] {
    let rows: [SeedRow] = try transaction.rows(
      """
      SELECT number, commitment, secret, revealed, entropy_count, entropy_digest, next_roll, created_at, revealed_at
      FROM seeds WHERE workspace = \(transaction.workspace) AND number BETWEEN \(first) AND \(last)
      ORDER BY number DESC LIMIT 100
      """, as: SeedRow.self)
    guard let oldest = rows.last?.number else { return [] }
    let entropy: [EntropyRow] = try transaction.rows(
      """
      SELECT seed, number, person, name, text, created_at FROM seed_entropy
      WHERE workspace = \(transaction.workspace) AND seed BETWEEN \(oldest) AND \(last) ORDER BY seed, number
      """, as: EntropyRow.self)
    let bySeed = Dictionary(grouping: entropy, by: \.seed)
    return rows.map { Seed($0, bySeed[$0.number] ?? []) }
  }

  private static func bytes(_ text: String) throws -> [UInt8] {
    guard let bytes = [UInt8](hexadecimal: text) else {
      throw OperationError(.journalDamaged, "A seed's change holds what is no hexadecimal text.")
    }
    return bytes
  }
}

private struct EntropyRow: Decodable {
  let seed, number: Int64
  let person: PersonID?
  let name, text: String
  let createdAt: Timestamp
}

extension Seed {
  fileprivate init(_ row: SeedRow, _ entropy: [EntropyRow]) {
    self.init(
      number: row.number, commitment: row.commitment.hexadecimal, state: row.revealedAt == nil ? .committed : .revealed,
      secret: row.revealed?.hexadecimal, createdAt: row.createdAt, revealedAt: row.revealedAt, nextRoll: row.nextRoll,
      entropy: entropy.map {
        Contribution(number: $0.number, person: .init(id: $0.person, name: $0.name), text: $0.text, time: $0.createdAt)
      })
  }
}
