/// Why a text is no JSON this program accepts, or a value not of the wanted type.
package struct JSONFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// Everything that was found wrong; never empty.
  package let errors: [FieldError]

  package init(_ error: FieldError, _ more: FieldError...) { errors = [error] + more }

  /// - Returns: `nil` if there are no errors, so that `if let fault = JSONFault(schema.validate(value))` reads well.
  package init?(_ errors: [FieldError]) {
    guard !errors.isEmpty else { return nil }
    self.errors = errors
  }

  /// The messages, each with its pointer, joined by semicolons.
  package var description: String { errors.map(\.description).joined(separator: "; ") }

  /// The same errors as seen from the document around the value: each pointer starts with `pointer`.
  package func inside(_ pointer: JSONPointer) -> JSONFault {
    JSONFault(
      unchecked: errors.map { error in
        FieldError(
          pointer: pointer.description + error.pointer, code: error.code, message: error.message, allowed: error.allowed
        )
      })
  }

  private init(unchecked errors: [FieldError]) { self.errors = errors }
}
