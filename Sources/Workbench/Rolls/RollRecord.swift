package import Dice
package import Operations
import Storage
package import Vocabulary

package enum NamedRoll {}
package typealias RollID = Identifier<NamedRoll>

/// A roll that was made, as people see it and as the journal's change holds it.
package struct Roll: Codable, Sendable, Hashable {
  package enum State: String, Codable, Sendable, CaseIterable {
    case standing
    /// Taken back by an undo. Its dice stay on record.
    case withdrawn
  }

  package struct Roller: Codable, Sendable, Hashable {
    package let id: PersonID?
    package let name: String
  }

  /// Which draws of the workspace's stream it took.
  package struct Draws: Codable, Sendable, Hashable {
    package let seed: Int64
    package let entropy: Int64
    package let stream: UInt32
    package let roll: Int64
    package let count: Int

    init(of record: DrawRecord) {
      seed = record.seed
      entropy = record.entropy
      stream = record.stream
      roll = Int64(clamping: record.roll)
      count = record.faces.count
    }
  }

  package let id: RollID
  package let notation: String
  /// Nil for Arbiter's own.
  package let dialect: DiceDialect?
  package let purpose: String?
  package let total: Int64
  package let result: RollResult
  package let rolledBy: Roller
  package let rolledAt: Timestamp
  package let journal: Int64
  package var state: State
  package let draws: Draws?
}

/// What happens to rolls.
package enum RollChange: StateChange, Hashable {
  case made(Roll)
  case withdrawn(RollID)
  case restored(RollID)

  package var touches: [StateKey] {
    switch self {
    case .made(let roll): [.roll(roll.id)]
    case .withdrawn(let id), .restored(let id): [.roll(id)]
    }
  }

  package var inverse: RollChange? {
    switch self {
    case .made(let roll): .withdrawn(roll.id)
    case .withdrawn(let id): .restored(id)
    case .restored(let id): .withdrawn(id)
    }
  }

  private enum Kind: String, Codable { case made, withdrawn, restored }
  private enum CodingKeys: String, CodingKey { case kind, roll, id }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .made: self = .made(try container.decode(Roll.self, forKey: .roll))
    case .withdrawn: self = .withdrawn(try container.decode(RollID.self, forKey: .id))
    case .restored: self = .restored(try container.decode(RollID.self, forKey: .id))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .made(let roll):
      try container.encode(Kind.made, forKey: .kind)
      try container.encode(roll, forKey: .roll)
    case .withdrawn(let id):
      try container.encode(Kind.withdrawn, forKey: .kind)
      try container.encode(id, forKey: .id)
    case .restored(let id):
      try container.encode(Kind.restored, forKey: .kind)
      try container.encode(id, forKey: .id)
    }
  }
}

extension StateKey {
  static func roll(_ id: RollID) -> StateKey { StateKey("rolls/\(id)") }
}

/// The table of rolls.
enum Rolls {
  static let migrations = [
    Migration(
      module: "workbench", number: 2, name: "create rolls",
      statements: [
        """
        CREATE TABLE rolls (
          workspace BLOB NOT NULL,
          journal BIGINT NOT NULL,
          id BLOB NOT NULL,
          total BIGINT NOT NULL,
          state TEXT NOT NULL CHECK (state IN ('standing', 'withdrawn')),
          content BLOB NOT NULL,
          PRIMARY KEY (workspace, id)
        )
        """
      ])
  ]

  static let stateTable = StateTable("rolls", key: ["id"])

  static func insert(_ roll: Roll, in transaction: any Transaction) throws {
    try transaction.run(
      """
      INSERT INTO rolls (workspace, journal, id, total, state, content)
      VALUES (\(transaction.workspace), \(roll.journal), \(roll.id), \(roll.total), \(roll.state.rawValue),
        \(try Sealed<Roll>.plain(roll)))
      """)
  }

  static func set(_ id: RollID, to state: Roll.State, in transaction: any Transaction) throws {
    let changed = try transaction.run(
      """
      UPDATE rolls SET state = \(state.rawValue)
      WHERE workspace = \(transaction.workspace) AND id = \(id) AND state <> \(state.rawValue)
      """)
    guard changed == 1 else {
      throw OperationError(.refused, "Roll \(id) is \(state.rawValue) already, or is not there.")
    }
  }

  static func one(_ id: RollID, _ sealer: any Sealer, in transaction: any ReadTransaction) throws -> Roll? {
    try rolls(
      "SELECT id, state, content FROM rolls WHERE workspace = \(transaction.workspace) AND id = \(id)", sealer,
      in: transaction
    ).first
  }

  /// Rolls before one (nil: from the newest), newest first. Ids grow with time, so their order is the rolls'.
  static func page(
    before id: RollID?, limit: Int, _ sealer: any Sealer, in transaction: any ReadTransaction
  ) throws -> [Roll] {
    let last = id ?? RollID(UniqueID(high: .max, low: .max))
    return try rolls(
      """
      SELECT id, state, content FROM rolls WHERE workspace = \(transaction.workspace) AND id < \(last)
      ORDER BY id DESC LIMIT \(limit)
      """, sealer, in: transaction)
  }

  private static func rolls(_ sql: SQL, _ sealer: any Sealer, in transaction: any ReadTransaction) throws -> [Roll] {
    var rolls: [Roll] = []
    try transaction.forEachRow(sql) { row in
      let content: Sealed<Roll> = try row.get("content")
      let id: RollID = try row.get("id")
      var roll = try content.open(
        with: sealer,
        at: SealedPlace(table: "rolls", column: "content", workspace: transaction.workspace, row: id.raw.bytes))
      guard let state = Roll.State(rawValue: try row.get("state")) else {
        throw StorageError.decoding("roll \(id) has an unknown state")
      }
      roll.state = state
      rolls.append(roll)
    }
    return rolls
  }
}
