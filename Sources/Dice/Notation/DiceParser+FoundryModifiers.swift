extension DiceParser {
  /// Modifiers of Foundry, longest word first. It passes over words it does not know; here they are refused.
  mutating func foundryModifier(of target: ModifierTarget) throws(DiceError) -> Modifier? {
    let start = scanner.index
    let words = [
      "even", "min", "max", "odd", "kh", "kl", "dh", "dl", "df", "rr", "xo", "cs", "cf", "sf", "ms", "k", "d", "r", "x",
    ]
    guard let word = scanner.skipFirstWord(of: words) else {
      throw unexpected("a modifier (\(words.joined(separator: " "))), an operator or the end")
    }
    let modifier = try foundryModifier(word, at: start)
    guard target.allows(modifier.action) else {
      throw error(.syntax, "'\(word)' is for dice, not for pools", at: start)
    }
    return modifier
  }

  private mutating func foundryModifier(_ word: String, at start: Int) throws(DiceError) -> Modifier {
    switch word {
    case "k", "kh": try foundryRanked(.keep, .highest, "k", at: start)
    case "kl": try foundryRanked(.keep, .lowest, "k", at: start)
    case "d", "dl": try foundryRanked(.drop, .lowest, "d", at: start)
    case "dh": try foundryRanked(.drop, .highest, "d", at: start)
    case "r": try compared(.reroll(isRepeated: false), "r", at: start, default: .literal(1))
    case "rr": try compared(.reroll(isRepeated: true), "rr", at: start, default: .literal(1))
    case "x": try compared(.explode(.repeated), "x", at: start, default: .sides)
    case "xo": try compared(.explode(.once), "xo", at: start, default: .sides)
    case "min": try bound(.raise, "min", at: start)
    case "max": try bound(.lower, "max", at: start)
    default: try counting(word, at: start)
    }
  }

  /// Zero is taken as one.
  private mutating func foundryRanked(
    _ action: Modifier.Action, _ test: Selector.Test, _ word: String, at start: Int
  ) throws(DiceError) -> Modifier {
    let modifier = try ranked(action, test, word, at: start)
    guard let quantity = modifier.selectors.first?.quantity, case .literal(0) = quantity.source else { return modifier }
    return Modifier(
      action, [Selector(test, Quantity(source: .literal(1), position: quantity.position))], word: word, at: start)
  }
}
