/// Takes keys out of texts that are kept or shown.
package enum KeyScrubber {
  /// What stands where a key stood.
  package static let mark = "[key]"

  /// A word with a known beginning is a key only from this length on: `sk-8` is not.
  private static let secretBytesMin = 12
  /// How keys begin: those of providers, and this program's own.
  private static let beginnings = KeyShape.all.map(\.prefix) + ["arb_"]

  /// The text without anything that looks like a key: a word that begins as the keys of ``KeyShape`` do, the word after
  /// `Bearer`, and `key` itself, wherever it stands.
  package static func scrub(_ text: String, knowing key: APIKey? = nil) -> String {
    var text = text
    if let key { text = text.split(separator: key.secret, omittingEmptySubsequences: false).joined(separator: mark) }
    guard mayHoldKey(text) else { return text }
    var clean = ""
    var word = ""
    var before = ""
    for scalar in text.unicodeScalars {
      if isPartOfWord(scalar) {
        word.unicodeScalars.append(scalar)
      } else {
        clean += shown(word, after: before)
        if !word.isEmpty { before = word }
        word = ""
        clean.unicodeScalars.append(scalar)
      }
    }
    return clean + shown(word, after: before)
  }

  private static func shown(_ word: String, after before: String) -> String {
    let isKey =
      word.utf8.count >= secretBytesMin
      && (before.lowercased() == "bearer" || beginnings.contains { word.hasPrefix($0) })
    return isKey ? mark : word
  }

  /// Most texts hold none, and are not taken apart.
  private static func mayHoldKey(_ text: String) -> Bool {
    text.lowercased().contains("bearer") || beginnings.contains { text.contains($0) }
  }

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~", "+", "/", "*": true
    default: false
    }
  }
}
