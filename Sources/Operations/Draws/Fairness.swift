import Crypto
package import Vocabulary

/// The three digests of fair dice: what is promised, what players add, and what is drawn with.
///
/// Each hashes a label, a zero byte, and parts of fixed length, so no input has two readings. SHA-256, FIPS 180-4.
package enum Fairness {
  package static let secretCount = 32
  /// Before any contribution.
  package static let noEntropy = [UInt8](repeating: 0, count: 32)

  /// What is published before the first draw: it fixes the secret without telling it.
  package static func commitment(to secret: [UInt8], workspace: WorkspaceID, seed: Int64) -> [UInt8] {
    digest("arbiter dice commitment v1", secret + workspace.raw.bytes + bigEndian(seed))
  }

  /// The digest after one more contribution: of the digest before it and the contribution's own.
  package static func entropy(_ before: [UInt8], adding text: String) -> [UInt8] {
    digest("arbiter dice entropy v1", before + digest("arbiter dice contribution v1", Array(text.utf8)))
  }

  /// The ChaCha20 key of every roll made under this secret and this entropy.
  package static func key(secret: [UInt8], entropy: [UInt8]) -> [UInt8] {
    digest("arbiter dice key v1", secret + entropy)
  }

  private static func digest(_ label: StaticString, _ bytes: [UInt8]) -> [UInt8] {
    Array(SHA256.hash(data: Array(label.description.utf8) + [0] + bytes))
  }

  private static func bigEndian(_ number: Int64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
  }
}
