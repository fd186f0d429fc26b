/// A sentence as the words it is made of, for rules to look at.
struct Words: Sendable, Hashable {
  /// Characters of a sentence that are read; more is refused by whoever reads.
  static let charactersMax = 2_000

  var all: [String]

  /// Small letters, without punctuation; `2d6+3` and `ray-of-frost` stay one word, `'s` goes, a comma becomes `and`.
  init(_ text: String) {
    var word = ""
    var words: [String] = []
    func end() {
      while let last = word.last, "-+'".contains(last) { word.removeLast() }
      if word.hasSuffix("'s") { word.removeLast(2) }
      if !word.isEmpty { words.append(word.replacing("'", with: "")) }
      word = ""
    }
    for character in text.prefix(Self.charactersMax).lowercased() {
      switch character {
      case "’": word.append("'")
      case "'", "+", "-": word.append(character)
      case ",", ";", "&":
        end()
        words.append("and")
      case _ where character.isLetter || character.isNumber: word.append(character)
      default: end()
      }
    }
    end()
    all = words
  }

  init(words: some Sequence<String>) { all = Array(words) }

  var isEmpty: Bool { all.isEmpty }
  var text: String { all.joined(separator: " ") }

  /// Without these words at the front.
  func dropping(_ fillers: Set<String>) -> Words { Words(words: all.drop { fillers.contains($0) }) }

  /// Without these words anywhere.
  func without(_ fillers: Set<String>) -> Words { Words(words: all.filter { !fillers.contains($0) }) }

  /// The parts between `separator`, without empty ones.
  func split(at separator: String) -> [Words] { all.split(separator: separator).map { Words(words: $0) } }

  /// The rest, if this begins with `name` in words of its own: exactly, or with one letter amiss in a longer name.
  func rest(after name: String) -> Words? {
    let wanted = Words(name).all
    guard !wanted.isEmpty, all.count >= wanted.count else { return nil }
    return Self.isLike(all.prefix(wanted.count).joined(separator: " "), wanted.joined(separator: " "))
      ? Words(words: all.dropFirst(wanted.count)) : nil
  }

  /// Whether two names are the same but for one letter: left out, put in, exchanged with its neighbour or another. Names
  /// of fewer than four letters are the same or not.
  static func isLike(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    let (short, long) = left.count <= right.count ? (Array(left), Array(right)) : (Array(right), Array(left))
    guard short.count >= 4, long.count - short.count <= 1 else { return false }
    // Different numbers are different names: Goblin 1 is not Goblin 2.
    guard left.filter(\.isNumber) == right.filter(\.isNumber) else { return false }
    let same = zip(short, long).prefix { $0 == $1 }.count
    let (shortRest, longRest) = (short.dropFirst(same), long.dropFirst(same))
    if short.count < long.count { return shortRest.elementsEqual(longRest.dropFirst()) }
    if shortRest.dropFirst().elementsEqual(longRest.dropFirst()) { return true }
    return shortRest.dropFirst(2).elementsEqual(longRest.dropFirst(2))
      && shortRest.prefix(2).reversed().elementsEqual(longRest.prefix(2))
  }
}
