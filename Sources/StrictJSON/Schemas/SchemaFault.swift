/// Why no schema can be made from a Swift type. It is always a mistake in the program, found when it starts.
package struct SchemaFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The type, as the program names it.
  package let type: String
  /// What is wrong, and what to do about it.
  package let message: String

  init(_ type: Any.Type, _ message: String) {
    self.type = String(reflecting: type)
    self.message = message
  }

  package var description: String { "No JSON schema for \(type): \(message)" }
}
