/// Takes a telling apart: prose, then the line `CHOICES:`, then a line each. Lenient, since nothing follows from it.
enum NarrativeText {
  static let choicesMax = 5
  static let choiceMax = 200
  private static let mark = "CHOICES:"

  /// The prose and the choices of a whole answer.
  static func parse(_ text: String) -> (prose: String, choices: [String]) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let place = lines.lastIndex(where: { isMark($0) }) else { return (trimmed(text), []) }
    let choices = lines[(place + 1)...].compactMap { line -> String? in
      let words = line.drop { " \t-*•0123456789.)".contains($0) }
      let choice = trimmed(words)
      return choice.isEmpty ? nil : String(choice.prefix(choiceMax))
    }
    return (trimmed(lines[..<place].joined(separator: "\n")), Array(choices.prefix(choicesMax)))
  }

  /// As much of an answer that is still coming as is prose for certain.
  static func visible(_ text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if let place = lines.firstIndex(where: { isMark($0) }) { return trimmed(lines[..<place].joined(separator: "\n")) }
    guard let last = lines.last, mark.hasPrefix(last.drop { "*# ".contains($0) }.uppercased()) else { return text }
    return lines.dropLast().joined(separator: "\n")
  }

  private static func isMark(_ line: Substring) -> Bool {
    let bare = line.drop { "*# ".contains($0) }.uppercased()
    return bare.hasPrefix(mark) && bare.dropFirst(mark.count).allSatisfy { "* ".contains($0) }
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
