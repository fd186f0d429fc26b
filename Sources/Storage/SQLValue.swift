package import Vocabulary

/// A value in a column or for a `?`.
package enum SQLValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])
}

/// What can stand in an interpolation of ``SQL``.
package protocol SQLBindable {
  var sqlValue: SQLValue { get }
}

extension SQLValue: SQLBindable {
  package var sqlValue: SQLValue { self }
}
extension Int64: SQLBindable {
  package var sqlValue: SQLValue { .integer(self) }
}
extension Int: SQLBindable {
  package var sqlValue: SQLValue { .integer(Int64(self)) }
}
extension Bool: SQLBindable {
  /// 1 or 0, on both engines.
  package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}
extension Double: SQLBindable {
  package var sqlValue: SQLValue { .real(self) }
}
extension String: SQLBindable {
  package var sqlValue: SQLValue { .text(self) }
}
extension [UInt8]: SQLBindable {
  package var sqlValue: SQLValue { .blob(self) }
}
extension UniqueID: SQLBindable {
  package var sqlValue: SQLValue { .blob(bytes) }
}
extension Identifier: SQLBindable {
  package var sqlValue: SQLValue { raw.sqlValue }
}
extension Timestamp: SQLBindable {
  package var sqlValue: SQLValue { .integer(microseconds) }
}
extension Optional: SQLBindable where Wrapped: SQLBindable {
  package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}
