/// Changes a text here and there, as a slip of a finger or an attacker would.
struct MutatedText {
  private static let parts = [
    "d", "k", "h", "l", "r", "o", "x", "e", "m", "i", "n", "c", "s", "f", "p", "(", ")", "{", "}", "{{", "}}", "[", "]",
    ",",
    "+", "-", "*", "/", "//", "%", "<", ">", "=", "!", "@", "#", ".", "0", "1", "9", "1000", "9223372036854775807", " ",
    "é",
    "😀", "\u{0}", "\u{202e}", "ⅵ", "if", "level", "max(", "1d6", "d20kh1",
  ]

  var numbers: SeededNumbers

  /// One to four changes: something is left out, put in, doubled, exchanged, or taken from another text.
  mutating func text(of text: String, beside other: String) -> String {
    var characters = Array(text)
    for _ in 0..<Int.random(in: 1...4, using: &numbers) {
      let place = Int.random(in: 0...characters.count, using: &numbers)
      let end = min(characters.count, place + Int.random(in: 0...3, using: &numbers))
      let part = Array(Self.parts[Int.random(in: 0..<Self.parts.count, using: &numbers)])
      switch Int.random(in: 0..<5, using: &numbers) {
      case 0: characters.removeSubrange(place..<end)
      case 1: characters.insert(contentsOf: part, at: place)
      case 2: characters.insert(contentsOf: characters[place..<end], at: place)
      case 3: characters.replaceSubrange(place..<end, with: part)
      default: characters.replaceSubrange(place..., with: other.suffix(characters.count - place))
      }
    }
    return String(characters)
  }
}
