package import StrictJSON
package import Vocabulary

// How the values of the ground floor are written in JSON. They cannot say it themselves: StrictJSON is on their floor.

extension UniqueID: SchemaProviding {
  package static var jsonSchema: JSONSchema { .string(format: .uuid) }
}

extension Identifier: SchemaProviding {
  package static var jsonSchema: JSONSchema { .string(format: .uuid) }
}

extension Timestamp: SchemaProviding {
  package static var jsonSchema: JSONSchema { .string(format: .dateTime) }
}

extension StateKey: SchemaProviding {
  package static var jsonSchema: JSONSchema { .string() }
}
