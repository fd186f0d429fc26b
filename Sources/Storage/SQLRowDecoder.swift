/// Makes a `Decodable` value of a row, a property from each column.
///
/// **Names.** A coding key in camel case is the column in snake case: `createdAt` reads `created_at`, `requestID` reads
/// `request_id`. A key that is in snake case already is taken as it stands. Every key needs its column, an optional
/// property too: a column that the statement forgot is an error, never nil. Columns without a property are ignored.
///
/// **Values.** What is ``SQLReadable`` is read as that, whatever its `Codable` form is: an id from sixteen bytes, a
/// `Timestamp` from microseconds, a `Bool` from 0 or 1, a ``Sealed`` from its bytes. Enumerations are read by their raw
/// value, the other integer types where the number fits, `Float` from a real. NULL is read by optionals only. Nothing
/// else has a column form: nested values belong into a ``Sealed``.
package enum SQLRowDecoder {
  /// Decodes `row`. A type that is itself ``SQLReadable`` is read from the only column.
  ///
  /// - Throws: ``StorageError`` of kind `.decoding`, which names the column and the kind of what it holds, never its
  ///   content. Errors that are not `DecodingError`s and come from a type's own `init(from:)` are passed on.
  package static func decode<T: Decodable>(_: T.Type, from row: SQLRow) throws -> T {
    if let readable = T.self as? any SQLReadable.Type {
      guard row.columns.count == 1, let column = row.columns.first else {
        throw StorageError.decoding(
          "a \(T.self) is read from one column; the row has \(row.columns.joined(separator: ", "))")
      }
      return try readable.read(column, of: row, as: T.self)
    }
    do {
      return try T(from: SQLRowReader(row: row))
    } catch is DecodingError {
      throw StorageError.decoding("a row of \(row.columns.joined(separator: ", ")) does not make a \(T.self)")
    }
  }

  /// The column that a coding key reads: an underscore before each word but the first, all in lower case. A run of
  /// capitals is one word (`requestID`, `HTTPCode`); digits belong to the word before them (`sha256Sum`).
  package static func column(for key: String) -> String {
    let letters = Array(key.unicodeScalars)
    var column = String.UnicodeScalarView()
    for (index, letter) in letters.enumerated() {
      guard letter.isCapital else {
        column.append(letter)
        continue
      }
      if index > 0 {
        let before = letters[index - 1]
        let startsWord = index + 1 < letters.count && letters[index + 1].isSmall
        if before != "_", !before.isCapital || startsWord { column.append("_") }
      }
      column.append(Unicode.Scalar(UInt8(letter.value + 32)))
    }
    return String(column)
  }
}

extension SQLReadable {
  /// Reads a column as `Self`, which the caller knows to be `Target`.
  fileprivate static func read<Target>(_ column: String, of row: SQLRow, as: Target.Type) throws -> Target {
    let value: Self = try row.get(column)
    guard let value = value as? Target else {
      throw StorageError.decoding("column “\(column)” was read as \(Self.self), not as \(Target.self)")
    }
    return value
  }
}

extension Unicode.Scalar {
  fileprivate var isCapital: Bool { ("A"..."Z").contains(self) }
  fileprivate var isSmall: Bool { ("a"..."z").contains(self) }
}

/// The decoder of a whole row: keys are columns.
private struct SQLRowReader: Decoder {
  let row: SQLRow
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(SQLRowContainer(row: row))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    throw StorageError.decoding("a row is read by the names of its columns, not as a list")
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer {
    guard row.columns.count == 1, let column = row.columns.first else {
      throw StorageError.decoding(
        "a single value is read from one column; the row has \(row.columns.joined(separator: ", "))")
    }
    return SQLColumnReader(row: row, column: column)
  }
}

private struct SQLRowContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let row: SQLRow
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { row.columns.compactMap(Key.init(stringValue:)) }

  private func reader(_ key: Key) -> SQLColumnReader {
    SQLColumnReader(row: row, column: SQLRowDecoder.column(for: key.stringValue))
  }

  /// Always true, so that an optional property whose column is missing comes to `decodeNil`, which refuses it.
  func contains(_: Key) -> Bool { true }
  func decodeNil(forKey key: Key) throws -> Bool { try reader(key).isNull() }
  func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try reader(key).decode(type) }

  func nestedContainer<Nested: CodingKey>(
    keyedBy: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    throw reader(key).nested
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { throw reader(key).nested }
  func superDecoder() throws -> any Decoder { SQLRowReader(row: row) }
  func superDecoder(forKey key: Key) throws -> any Decoder { reader(key) }
}

/// The decoder of one column's value.
private struct SQLColumnReader: Decoder, SingleValueDecodingContainer {
  let row: SQLRow
  let column: String
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  var nested: StorageError {
    StorageError.decoding("column “\(column)” is one value; nested ones are stored as a Sealed")
  }

  func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> { throw nested }
  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { throw nested }
  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func isNull() throws -> Bool { try row.get(column, as: SQLValue.self) == .null }
  func decodeNil() -> Bool { row[column] == .null }

  func decode<T: Decodable>(_: T.Type) throws -> T {
    if let readable = T.self as? any SQLReadable.Type { return try readable.read(column, of: row, as: T.self) }
    if let integer = T.self as? any FixedWidthInteger.Type { return try fitting(integer) }
    if T.self == Float.self, let value = Float(try row.get(column, as: Double.self)) as? T { return value }
    let value: SQLValue = try row.get(column)
    do {
      return try T(from: self)
    } catch is DecodingError {
      throw StorageError.decoding("column “\(column)” holds \(value.kind), which is not a \(T.self)")
    }
  }

  /// The column's integer as one of the smaller or unsigned types.
  private func fitting<I: FixedWidthInteger, T>(_: I.Type) throws -> T {
    guard let value = I(exactly: try row.get(column, as: Int64.self)) as? T else {
      throw StorageError.decoding(
        "column “\(column)” holds an integer outside \(I.min)...\(I.max), the range of \(I.self)")
    }
    return value
  }
}

extension Sealed: Decodable {
  /// For rows only: the bytes as the column holds them.
  package init(from decoder: any Decoder) throws {
    self.init(bytes: try decoder.singleValueContainer().decode([UInt8].self))
  }
}
