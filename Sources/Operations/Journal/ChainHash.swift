package import Crypto
package import Vocabulary

/// The digests that make a changed, missing or moved row show.
///
/// A row's hash covers the hash of the row before it, its header and the digest of its content. The head carries a MAC
/// under a key that is not in the database, because whoever can rewrite the table can also compute a bare chain again.
package enum ChainHash {
  /// What stands before the first row.
  package static let beginning = [UInt8](repeating: 0, count: 32)

  package static func content(_ canonicalBytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: canonicalBytes)) }

  package struct Header {
    package let workspace: WorkspaceID
    package let number: Int64
    package let id: JournalRowID
    package let operation: String
    package let version: Int
    package let outcome: JournalRow.Outcome
    package let time: Timestamp
    package let person: PersonID?
    package let undoes: Int64?
    package let root: Int64?
    package let contentDigest: [UInt8]

    package init(
      workspace: WorkspaceID, number: Int64, id: JournalRowID, operation: String, version: Int,
      outcome: JournalRow.Outcome, time: Timestamp, person: PersonID?, undoes: Int64?, root: Int64?,
      contentDigest: [UInt8]
    ) {
      self.workspace = workspace
      self.number = number
      self.id = id
      self.operation = operation
      self.version = version
      self.outcome = outcome
      self.time = time
      self.person = person
      self.undoes = undoes
      self.root = root
      self.contentDigest = contentDigest
    }
  }

  package static func row(after previous: [UInt8], _ header: Header) -> [UInt8] {
    var bytes = Array("arbiter journal row v1".utf8) + [0] + previous + header.workspace.raw.bytes
    bytes += bigEndian(header.number) + header.id.raw.bytes
    bytes += bigEndian(Int64(header.operation.utf8.count)) + Array(header.operation.utf8)
    bytes += bigEndian(Int64(header.version)) + [header.outcome == .executed ? 1 : 2]
    bytes += bigEndian(header.time.microseconds)
    bytes += header.person?.raw.bytes ?? [UInt8](repeating: 0, count: 16)
    bytes += bigEndian(header.undoes ?? 0) + bigEndian(header.root ?? 0) + header.contentDigest
    return Array(SHA256.hash(data: bytes))
  }

  package static func headCode(workspace: WorkspaceID, number: Int64, hash: [UInt8], key: SymmetricKey) -> [UInt8] {
    let bytes = Array("arbiter journal head v1".utf8) + [0] + workspace.raw.bytes + bigEndian(number) + hash
    return Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
  }

  private static func bigEndian(_ number: Int64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
  }
}
