extension JSON {
  /// How much of a found value messages quote, in Unicode scalars.
  static let excerptLengthMax = 80

  /// The canonical text, but with the members in their order, shortened so that it can be quoted in a message.
  ///
  /// The cost is bounded too: of a long value only the beginning is written.
  var excerpt: String {
    var text = ""
    appendBeginning(to: &text)
    guard text.isTooLong else { return text }
    return String(text.unicodeScalars.prefix(Self.excerptLengthMax - 1)) + "…"
  }

  /// Appends the text of the value, or enough of it to be too long.
  private func appendBeginning(to text: inout String) {
    switch self {
    case .string(let value):
      text += JSON.string(String(value.unicodeScalars.prefix(Self.excerptLengthMax + 1))).canonicalText()
    case .array(let items):
      text += "["
      for (index, item) in items.enumerated() {
        guard !text.isTooLong else { return }
        text += index == 0 ? "" : ","
        item.appendBeginning(to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        guard !text.isTooLong else { return }
        text += index == 0 ? "" : ","
        JSON.string(member.key).appendBeginning(to: &text)
        text += ":"
        member.value.appendBeginning(to: &text)
      }
      text += "}"
    default: text += canonicalText()
    }
  }
}

extension String {
  fileprivate var isTooLong: Bool { unicodeScalars.count > JSON.excerptLengthMax }
}
