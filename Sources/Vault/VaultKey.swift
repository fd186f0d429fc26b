import Crypto
import Vocabulary

/// A key of the vault: 32 secret bytes and the name that envelopes carry. It prints its name only.
package struct VaultKey: Sendable, CustomStringConvertible {
  /// Eight random bytes, in hexadecimal in the key file.
  package let id: [UInt8]
  let secret: SymmetricKey

  init(id: [UInt8], secret: SymmetricKey) {
    self.id = id
    self.secret = secret
  }

  package var description: String { "vault key \(id.hexadecimal)" }
}

extension VaultKey {
  /// A key from given bytes, for tests: its id is the first eight of them.
  package init(testing secret: [UInt8]) {
    self.init(id: Array(secret.prefix(8)), secret: SymmetricKey(data: secret))
  }
}
