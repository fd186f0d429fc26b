/// Why the vault did not seal or open. It fails closed: no clear bytes leave with an error.
package struct VaultError: Error, Sendable, CustomStringConvertible {
  package enum Kind: String, Sendable, Hashable {
    /// The envelope was changed, cut, or sealed for another place.
    case notAuthentic
    /// The envelope names a key that the key file does not hold.
    case unknownKey
    /// The key file is missing, unreadable, open to other accounts, or not a key file.
    case keyFile
  }

  package let kind: Kind
  package let message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { message }
}
