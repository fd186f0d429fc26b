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

  /// Most texts hold none, and are not taken apart. Every call that is booked asks for some, so it is one pass over the bytes.
  private static func mayHoldKey(_ text: String) -> Bool {
    guard text.utf8.count >= secretBytesMin else { return false }
    var text = text
    return text.withUTF8 { bytes in
      bytes.indices.contains { index in
        telltales[Int(bytes[index])].contains { bytes[index...].starts(with: $0) }
          || bytes[index] | 0x20 == bearer[0] && bytes[index...].starts(with: bearer) { $0 | 0x20 == $1 }
      }
    }
  }

  private static let bearer = Array("bearer".utf8)
  /// ``beginnings`` by their first byte.
  private static let telltales: [[[UInt8]]] = {
    var telltales = [[[UInt8]]](repeating: [], count: 256)
    for beginning in beginnings {
      if let first = beginning.utf8.first { telltales[Int(first)].append(Array(beginning.utf8)) }
    }
    return telltales
  }()

  private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", ".", "~", "+", "/", "*": true
    default: false
    }
  }
}
