import HTTPTypes
import Operations

/// Reads `Idempotency-Key`: a structured string (RFC 8941, section 3.3.3) or the bare key.
enum IdempotencyHeader {
  /// Nil when there is none.
  static func key(in headers: HTTPFields) throws(Problem) -> IdempotencyKey? {
    let values = headers[values: .idempotencyKey]
    guard let text = values.first else { return nil }
    guard values.count == 1, let bare = unquoted(text), let key = IdempotencyKey(bare) else {
      throw Problem(
        .malformedIdempotencyKey,
        "Idempotency-Key is “\(text.prefix(140))”. Allowed: one header with 1 to 128 visible ASCII characters, alone or in "
          + "quotation marks.")
    }
    return key
  }

  private static func unquoted(_ text: String) -> String? {
    guard text.hasPrefix("\"") else { return text.contains("\"") ? nil : text }
    guard text.utf8.count >= 2, text.hasSuffix("\"") else { return nil }
    var bare = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if isEscaped {
        guard character == "\"" || character == "\\" else { return nil }
        bare.append(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        guard character != "\"" else { return nil }
        bare.append(character)
      }
    }
    return isEscaped ? nil : bare
  }
}
