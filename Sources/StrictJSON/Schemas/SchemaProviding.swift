/// A type that says itself how it is written in JSON: ids, timestamps, and everything whose `init(from:)` cannot be
/// asked, such as an enum with associated values.
package protocol SchemaProviding: SchemaStating {
  /// If the type refuses the plainest values of this form, give the schema an example that it accepts.
  static var jsonSchema: JSONSchema { get }
}

extension SchemaProviding {
  package static var schemaStatement: SchemaStatement { .whole(jsonSchema) }
}

extension JSON: SchemaProviding { package static var jsonSchema: JSONSchema { .any } }
extension JSONObject: SchemaProviding { package static var jsonSchema: JSONSchema { .map(of: .any) } }
extension Bool: SchemaProviding { package static var jsonSchema: JSONSchema { .boolean } }
extension String: SchemaProviding { package static var jsonSchema: JSONSchema { .string() } }
extension Double: SchemaProviding { package static var jsonSchema: JSONSchema { .number() } }
extension Float: SchemaProviding {
  package static var jsonSchema: JSONSchema {
    .number(-Double(greatestFiniteMagnitude)...Double(greatestFiniteMagnitude))
  }
}
extension Int: SchemaProviding { package static var jsonSchema: JSONSchema { .integers(of: self) } }
extension Int8: SchemaProviding { package static var jsonSchema: JSONSchema { .integers(of: self) } }
extension Int16: SchemaProviding { package static var jsonSchema: JSONSchema { .integers(of: self) } }
extension Int32: SchemaProviding { package static var jsonSchema: JSONSchema { .integers(of: self) } }
extension Int64: SchemaProviding { package static var jsonSchema: JSONSchema { .integers(of: self) } }
extension UInt: SchemaProviding { package static var jsonSchema: JSONSchema { .integers(of: self) } }
extension UInt8: SchemaProviding { package static var jsonSchema: JSONSchema { .integers(of: self) } }
extension UInt16: SchemaProviding { package static var jsonSchema: JSONSchema { .integers(of: self) } }
extension UInt32: SchemaProviding { package static var jsonSchema: JSONSchema { .integers(of: self) } }
extension UInt64: SchemaProviding { package static var jsonSchema: JSONSchema { .integers(of: self) } }

extension JSONSchema {
  fileprivate static func integers<T: FixedWidthInteger>(of type: T.Type) -> JSONSchema {
    .integer(Int64(clamping: T.min)...Int64(clamping: T.max))
  }
}
