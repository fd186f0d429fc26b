import HTTPTypes
import StrictJSON

/// Entity tags of what two people can edit: the value of one field in quotation marks (RFC 9110, section 8.8.3).
enum EntityTag {
  /// Nil when the field is neither text nor an integer.
  static func of(_ value: JSON?) -> String? {
    switch value {
    case .integer(let number): "\"\(number)\""
    case .string(let text): "\"\(text)\""
    default: nil
    }
  }

  /// The tag that `If-Match` names, without its quotation marks.
  ///
  /// - Throws: ``Problem`` when it is missing (428), or is no single tag in quotation marks (400). A weak tag never matches
  ///   here (RFC 9110, section 13.1.1): 412.
  static func wanted(by headers: HTTPFields) throws(Problem) -> String {
    let values = headers[values: .ifMatch]
    guard let text = values.first else {
      throw Problem(
        .preconditionRequired,
        "This is changed with If-Match and the entity tag that was seen, as If-Match: \"3\". Get it first.")
    }
    guard !text.hasPrefix("W/") else {
      throw Problem(.preconditionFailed, "If-Match names a weak entity tag, which never matches here.")
    }
    let tag = text.dropFirst().dropLast()
    guard values.count == 1, text.utf8.count >= 2, text.hasPrefix("\""), text.hasSuffix("\""), !tag.contains("\"")
    else {
      throw Problem(
        .malformedPrecondition,
        "If-Match is “\(text.prefix(100))”. Allowed: the one entity tag that was seen, in quotation marks.")
    }
    return String(tag)
  }
}
