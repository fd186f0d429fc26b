/// Text from elsewhere, made safe to show.
///
/// A name or a purpose may hold escape sequences that move the cursor, rename the window or turn the text around. What a
/// terminal would obey is shown as its number instead.
enum PlainText {
  /// One line: control characters, line ends included, and invisible ones that order text are written as `\u{…}`.
  static func line(_ text: String) -> String { shown(text) { _ in false } }

  /// Several lines: line feeds and tabs stay.
  static func lines(_ text: String) -> String { shown(text) { $0 == "\n" || $0 == "\t" } }

  private static func shown(_ text: String, keeping isKept: (Unicode.Scalar) -> Bool) -> String {
    guard text.unicodeScalars.contains(where: { isObeyed($0) && !isKept($0) }) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard isObeyed(scalar), !isKept(scalar) else {
        shown.append(scalar)
        continue
      }
      shown.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
    }
    return String(shown)
  }

  private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    // C0, DEL and C1; the marks, embeddings, overrides and isolates of the bidirectional algorithm; line separators.
    case 0...0x1f, 0x7f...0x9f, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}
