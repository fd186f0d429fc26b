extension DiceParser {
  /// Modifiers of Avrae's d20: a word, one of `h l < >` or nothing, and a number.
  mutating func d20Modifier(of target: ModifierTarget) throws(DiceError) -> Modifier? {
    let start = scanner.index
    let words = target == .dice ? ["rr", "ro", "ra", "mi", "ma", "e", "k", "p"] : ["k", "p"]
    guard let word = scanner.skipWord(of: words) else {
      throw unexpected("a modifier (\(words.joined(separator: " "))), an operator or the end")
    }
    let place = scanner.index
    let test = d20Test()
    guard scanner.isNextDigit else { throw unexpected("a whole number behind '\(word)'") }
    let quantity = try quantity("the number of a modifier", 0...limits.sides)
    guard let action = Self.d20Actions[word] else { throw unexpected("a modifier") }
    guard action == .raise || action == .lower else {
      return Modifier(action, [Selector(test, quantity)], word: word, at: start)
    }
    guard test == .equal else {
      throw error(.range, "'\(word)' takes a number alone, without h, l, < or >", at: place)
    }
    return Modifier(action, [Selector(.amount, quantity)], word: word, at: start)
  }

  private mutating func d20Test() -> Selector.Test {
    if scanner.skip("h") { return .highest }
    if scanner.skip("l") { return .lowest }
    if scanner.skip("<") { return .less }
    return scanner.skip(">") ? .greater : .equal
  }

  private static let d20Actions: [String: Modifier.Action] = [
    "k": .keep, "p": .drop, "rr": .reroll(isRepeated: true), "ro": .reroll(isRepeated: false),
    "ra": .explode(.single), "e": .explode(.repeated), "mi": .raise, "ma": .lower,
  ]
}
