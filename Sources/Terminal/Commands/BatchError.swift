import StrictJSON

/// Why a line of a batch has no answer: `{"error": {"code", "message", "position"}}`.
struct BatchError: Sendable, Hashable {
  let code: String
  let message: String
  /// Bytes from the beginning of the expression; 0 where the line is at fault and not its expression.
  let position: Int

  static let tooLong = BatchError(
    "", "too_large", "A line has more than \(InputLines.bytesMax) bytes, which is all that is read.")

  init(code: String, message: String, position: Int) {
    self.code = code
    self.message = message
    self.position = position
  }

  init(_ pointer: String, _ code: String, _ message: String) {
    self.init(FieldError(pointer: pointer, code: code, message: message))
  }

  init(_ fault: FieldError) { self.init(code: fault.code, message: fault.description, position: 0) }

  /// One line of JSON, without its end.
  var text: String {
    let document: JSON = [
      "error": [
        "code": .string(code), "message": .string(PlainText.line(message)), "position": .integer(Int64(position)),
      ]
    ]
    return document.canonicalText()
  }
}
