package import Vocabulary

/// One row of a result. Columns are found by name.
package struct SQLRow: Sendable {
  /// The names, shared by all rows of a result.
  package let columns: [String]
  package let values: [SQLValue]

  package init(columns: [String], values: [SQLValue]) {
    self.columns = columns
    self.values = values
  }

  /// The value of a column; nil when there is no such column.
  package subscript(column: String) -> SQLValue? {
    columns.firstIndex(of: column).map { values[$0] }
  }

  /// The value of a column as `Value`.
  ///
  /// - Throws: ``StorageError`` of kind `.decoding`, which names the column and what it holds.
  package func get<Value: SQLReadable>(_ column: String, as: Value.Type = Value.self) throws -> Value {
    guard let value = self[column] else {
      throw StorageError.decoding("there is no column “\(column)”; the row has \(columns.joined(separator: ", "))")
    }
    guard let read = Value(sqlValue: value) else {
      throw StorageError.decoding("column “\(column)” holds \(value.kind), which is not a \(Value.self)")
    }
    return read
  }
}

/// What a column can be read as. A value of the wrong kind gives nil, never a default.
package protocol SQLReadable {
  init?(sqlValue: SQLValue)
}

extension SQLValue: SQLReadable {
  package init?(sqlValue: SQLValue) { self = sqlValue }
}
extension Int64: SQLReadable {
  package init?(sqlValue: SQLValue) {
    guard case .integer(let integer) = sqlValue else { return nil }
    self = integer
  }
}
extension Int: SQLReadable {
  package init?(sqlValue: SQLValue) {
    guard case .integer(let integer) = sqlValue else { return nil }
    self.init(exactly: integer)
  }
}
extension Bool: SQLReadable {
  package init?(sqlValue: SQLValue) {
    switch sqlValue {
    case .integer(0): self = false
    case .integer(1): self = true
    default: return nil
    }
  }
}
extension Double: SQLReadable {
  package init?(sqlValue: SQLValue) {
    guard case .real(let real) = sqlValue else { return nil }
    self = real
  }
}
extension String: SQLReadable {
  package init?(sqlValue: SQLValue) {
    guard case .text(let text) = sqlValue else { return nil }
    self = text
  }
}
extension [UInt8]: SQLReadable {
  package init?(sqlValue: SQLValue) {
    guard case .blob(let bytes) = sqlValue else { return nil }
    self = bytes
  }
}
extension UniqueID: SQLReadable {
  package init?(sqlValue: SQLValue) {
    guard case .blob(let bytes) = sqlValue else { return nil }
    self.init(bytes: bytes)
  }
}
extension Identifier: SQLReadable {
  package init?(sqlValue: SQLValue) {
    guard let raw = UniqueID(sqlValue: sqlValue) else { return nil }
    self.init(raw)
  }
}
extension Timestamp: SQLReadable {
  package init?(sqlValue: SQLValue) {
    guard let microseconds = Int64(sqlValue: sqlValue) else { return nil }
    self.init(microseconds: microseconds)
  }
}
extension Optional: SQLReadable where Wrapped: SQLReadable {
  package init?(sqlValue: SQLValue) {
    if case .null = sqlValue {
      self = .none
    } else {
      guard let value = Wrapped(sqlValue: sqlValue) else { return nil }
      self = .some(value)
    }
  }
}

extension SQLValue {
  /// What an error says of a value: its kind and size, never its content.
  var kind: String {
    switch self {
    case .null: "NULL"
    case .integer: "an integer"
    case .real: "a real number"
    case .text(let text): "a text of \(text.utf8.count) bytes"
    case .blob(let bytes): "\(bytes.count) bytes"
    }
  }
}
