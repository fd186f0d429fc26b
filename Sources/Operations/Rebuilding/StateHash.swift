import Crypto
package import Storage
import Vocabulary

/// A digest of all journalled state of a workspace: equal exactly when every row of every table is.
///
/// For each table in the order of its name, and each row in the order of its key: the column names and values, each with
/// its kind and length before it. The workspace's own id is left out, so that a copy under another id can be compared.
package struct StateHash: Sendable, Hashable, CustomStringConvertible {
  package let digest: [UInt8]
  /// Rows by table.
  package let rows: [String: Int]

  package init(of tables: [StateTable], in transaction: any ReadTransaction) throws {
    var hash = SHA256()
    var counts: [String: Int] = [:]
    for table in tables.sorted(by: { $0.name.description < $1.name.description }) {
      hash.update(part: Array(table.name.description.utf8))
      counts[table.name.description] = 0
      let order = table.key.dropFirst().reduce(table.key.first.map { "\(name: $0)" as SQL } ?? "1") {
        "\($0), \(name: $1)"
      }
      try transaction.forEachRow(
        "SELECT * FROM \(name: table.name) WHERE workspace = \(transaction.workspace) ORDER BY \(order)"
      ) { row in
        counts[table.name.description, default: 0] += 1
        for (column, value) in zip(row.columns, row.values).sorted(by: { $0.0 < $1.0 }) where column != "workspace" {
          hash.update(part: Array(column.utf8))
          hash.update(value)
        }
      }
    }
    digest = Array(hash.finalize())
    rows = counts
  }

  package var description: String { digest.hexadecimal }
}

/// A ``StateHash`` as it is told.
package struct StateDigest: Codable, Sendable, Hashable {
  /// In hexadecimal.
  package let stateHash: String
  /// The number of the newest journal row then.
  package let journal: Int64
}

extension SHA256 {
  fileprivate mutating func update(part bytes: [UInt8]) {
    var count = UInt64(bytes.count).bigEndian
    Swift.withUnsafeBytes(of: &count) { update(bufferPointer: $0) }
    update(data: bytes)
  }

  fileprivate mutating func update(_ value: SQLValue) {
    switch value {
    case .null: update(data: [0])
    case .integer(let integer):
      update(data: [1])
      var bits = integer.bigEndian
      Swift.withUnsafeBytes(of: &bits) { update(bufferPointer: $0) }
    case .real(let real):
      update(data: [2])
      var bits = real.bitPattern.bigEndian
      Swift.withUnsafeBytes(of: &bits) { update(bufferPointer: $0) }
    case .text(let text):
      update(data: [3])
      update(part: Array(text.utf8))
    case .blob(let bytes):
      update(data: [4])
      update(part: bytes)
    }
  }
}
