import StrictJSON
package import Vocabulary

/// Encrypts what is stored, and opens it again. Vault implements it; Server injects it.
package protocol Sealer: Sendable {
  /// Seals `bytes` for one place. The result opens only at the same place.
  func seal(_ bytes: [UInt8], for place: SealedPlace) throws -> [UInt8]
  /// Opens what `seal` made for the same place.
  ///
  /// - Throws: when the key is unknown, a bit was changed, or the bytes were sealed for another place. Fails closed.
  func open(_ sealed: [UInt8], for place: SealedPlace) throws -> [UInt8]
}

/// Where a sealed value lives. It is authenticated with the value, so that a ciphertext moved to another row, column or
/// workspace does not open.
package struct SealedPlace: Hashable, Sendable {
  package let table: SchemaName
  package let column: SchemaName
  package let workspace: WorkspaceID
  /// The rest of the row's key.
  package let row: [UInt8]

  package init(table: SchemaName, column: SchemaName, workspace: WorkspaceID, row: [UInt8]) {
    self.table = table
    self.column = column
    self.workspace = workspace
    self.row = row
  }
}

/// A stored value that may be encrypted: a format byte, then canonical JSON (0) or a sealed envelope (1).
///
/// `docs/formats/vault.md` gives the bytes. Content columns have this type from the first day, so that a workspace can be
/// encrypted later without a change of schema.
package struct Sealed<Value: Codable & Sendable>: Sendable, Hashable {
  /// As in the column.
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// Stores `value` in clear.
  package static func plain(_ value: Value) throws -> Sealed {
    Sealed(bytes: [0] + (try encoded(value)))
  }

  /// Stores `value` encrypted for `place`.
  package static func sealed(_ value: Value, by sealer: any Sealer, for place: SealedPlace) throws -> Sealed {
    Sealed(bytes: [1] + (try sealer.seal(try encoded(value), for: place)))
  }

  /// What could not be read again is not written.
  private static func encoded(_ value: Value) throws -> [UInt8] {
    let bytes = try JSON(encoding: value).canonicalBytes()
    guard bytes.count <= JSONLimits.stored.bytes else {
      throw StorageError(
        .statement, "A value of \(bytes.count) bytes is longer than the \(JSONLimits.stored.bytes) that are stored.")
    }
    return bytes
  }

  /// The value again.
  ///
  /// - Throws: as ``openBytes(with:at:)``; a `JSONFault` when the bytes are no such value.
  package func open(with sealer: any Sealer, at place: @autoclosure () -> SealedPlace) throws -> Value {
    try JSON(parsing: openBytes(with: sealer, at: place()), limits: .stored).decode(Value.self)
  }

  /// The canonical JSON that was stored.
  ///
  /// - Throws: ``StorageError`` `.decoding` for an unknown format byte; what the sealer throws.
  package func openBytes(with sealer: any Sealer, at place: @autoclosure () -> SealedPlace) throws -> [UInt8] {
    guard let format = bytes.first else { throw StorageError.decoding("a sealed column is empty") }
    let stored = Array(bytes.dropFirst())
    switch format {
    case 0: return stored
    case 1: return try sealer.open(stored, for: place())
    default: throw StorageError.decoding("a sealed column begins with format byte \(format); known are 0 and 1")
    }
  }
}

extension Sealed: SQLBindable, SQLReadable {
  package var sqlValue: SQLValue { .blob(bytes) }
  package init?(sqlValue: SQLValue) {
    guard case .blob(let bytes) = sqlValue else { return nil }
    self.bytes = bytes
  }
}
