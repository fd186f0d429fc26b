/// A statement of the common dialect (`docs/formats/sql-dialect.md`) with its values.
///
/// An interpolation always binds: `"SELECT name FROM workspaces WHERE workspace = \(id)"` holds a `?` and the id. Only
/// what stands in the source as a literal is SQL, so a value can never become part of a statement.
package struct SQL: ExpressibleByStringInterpolation, Sendable {
  /// The text with a `?` for each value.
  package let text: String
  /// The values, in order of their `?`.
  package let values: [SQLValue]

  package init(stringLiteral text: StaticString) {
    self.text = text.description
    values = []
  }

  package init(stringInterpolation interpolation: StringInterpolation) {
    text = interpolation.text
    values = interpolation.values
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    package typealias StringLiteralType = StaticString

    fileprivate var text = ""
    fileprivate var values: [SQLValue] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + interpolationCount)
      values.reserveCapacity(interpolationCount)
    }

    package mutating func appendLiteral(_ literal: StaticString) {
      literal.withUTF8Buffer { text += String(decoding: $0, as: UTF8.self) }
    }

    package mutating func appendInterpolation(_ value: some SQLBindable) {
      text += "?"
      values.append(value.sqlValue)
    }

    /// The value, or NULL.
    package mutating func appendInterpolation(_ value: (some SQLBindable)?) {
      text += "?"
      values.append(value?.sqlValue ?? .null)
    }

    /// A part that was written as SQL elsewhere, with its values: a shared condition.
    package mutating func appendInterpolation(_ part: SQL) {
      text += part.text
      values += part.values
    }

    /// `?, ?, ?` for a list of values, for `IN (…)`. An empty list gives `NULL`, which no value is in.
    package mutating func appendInterpolation(list: [some SQLBindable]) {
      text += list.isEmpty ? "NULL" : Array(repeating: "?", count: list.count).joined(separator: ", ")
      values += list.map(\.sqlValue)
    }

    /// A table or column name that the schema declared, quoted. Not for names from outside.
    package mutating func appendInterpolation(name: SchemaName) {
      text += name.quoted
    }
  }
}

/// The name of a table or column: a lower-case ASCII letter, then letters, digits and underscores, at most 63.
package struct SchemaName: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let description: String

  /// Nil when `text` is not such a name.
  package init?(_ text: String) {
    guard (1...63).contains(text.utf8.count), let first = text.utf8.first, ("a"..."z").contains(Unicode.Scalar(first)),
      text.utf8.allSatisfy({ byte in
        let scalar = Unicode.Scalar(byte)
        return ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar) || scalar == "_"
      })
    else { return nil }
    description = text
  }

  /// A literal that is no such name is our mistake and stops the program.
  package init(stringLiteral text: StaticString) {
    guard let name = SchemaName(text.description) else { preconditionFailure("not a schema name: \(text)") }
    self = name
  }

  package var quoted: String { "\"\(description)\"" }
}
