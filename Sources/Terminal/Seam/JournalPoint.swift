import Vocabulary

/// A row of the journal and its hash, as `1234:9f86d0…`: what somebody keeps elsewhere to find out later whether the journal
/// was cut or written anew.
package struct JournalPoint: Sendable, Hashable, CustomStringConvertible {
  package let number: Int64
  /// 32 bytes.
  package let hash: [UInt8]

  package init(number: Int64, hash: [UInt8]) {
    self.number = number
    self.hash = hash
  }

  /// Reads the text form; nil when the number is below 1 or the hash is not 64 hexadecimal digits.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int64(parts[0]), number >= 1, let hash = [UInt8](hexadecimal: parts[1]),
      hash.count == 32
    else { return nil }
    self.init(number: number, hash: hash)
  }

  package var description: String { "\(number):\(hash.hexadecimal)" }
}
