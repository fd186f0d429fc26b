/// One thing wrong with one place of a document.
package struct FieldError: Error, Sendable, Hashable, Codable {
  /// The place, as a JSON pointer (RFC 6901); empty for the whole document.
  package let pointer: String
  /// What is wrong, for programs: `missing`, `wrong_type`, `duplicate_key` and so on; stable.
  package let code: String
  /// What is wrong, for people: which value was found and which are allowed.
  package let message: String
  /// The values or names that would be right, where they can be listed.
  package let allowed: [String]?

  package init(pointer: String, code: String, message: String, allowed: [String]? = nil) {
    self.pointer = pointer
    self.code = code
    self.message = message
    self.allowed = allowed
  }

  package init(at pointer: JSONPointer, code: String, message: String, allowed: [String]? = nil) {
    self.init(pointer: pointer.description, code: code, message: message, allowed: allowed)
  }
}

extension FieldError: CustomStringConvertible {
  package var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}
