extension DiceGrammar {
  /// The words of modifiers, longest first.
  static let nativeWords = [
    "even", "min", "max", "odd", "kh", "kl", "dh", "dl", "df", "ph", "pl", "rr", "ro", "ra", "xo", "mi", "ma", "cs",
    "cf",
    "sf", "ms", "k", "d", "p", "r", "x", "e",
  ]
}

extension DiceParser {
  /// Modifiers as `docs/guides/dice.md` lists them.
  mutating func nativeModifier(of target: ModifierTarget, after last: Modifier?) throws(DiceError) -> Modifier? {
    let start = scanner.index
    guard let word = scanner.skipFirstWord(of: DiceGrammar.nativeWords) else {
      throw unexpected("a modifier (\(Self.wordList(of: target))), an operator or the end")
    }
    let modifier = try nativeModifier(word, at: start)
    guard target.allows(modifier.action) else {
      throw error(.syntax, "'\(word)' is for dice; here is allowed \(Self.wordList(of: target))", at: start)
    }
    if last?.countsMatches == true, !modifier.adjustsCounts {
      throw error(.syntax, "behind a count of dice only df, sf and ms have a meaning, not '\(word)'", at: start)
    }
    return modifier
  }

  private mutating func nativeModifier(_ word: String, at start: Int) throws(DiceError) -> Modifier {
    switch word {
    case "k", "kh": try ranked(.keep, .highest, "k", at: start)
    case "kl": try ranked(.keep, .lowest, "k", at: start)
    case "d", "dl", "pl": try ranked(.drop, .lowest, "d", at: start)
    case "dh", "ph": try ranked(.drop, .highest, "d", at: start)
    case "p": try valued(.drop, "p", at: start)
    case "r", "ro": try compared(.reroll(isRepeated: false), "ro", at: start, default: .literal(1))
    case "rr": try compared(.reroll(isRepeated: true), "rr", at: start, default: .literal(1))
    case "ra": try compared(.explode(.single), "ra", at: start, default: .literal(1))
    case "x", "e": try compared(.explode(.repeated), "x", at: start, default: .sides)
    case "xo": try compared(.explode(.once), "xo", at: start, default: .sides)
    case "mi", "min": try bound(.raise, "min", at: start)
    case "ma", "max": try bound(.lower, "max", at: start)
    default: try counting(word, at: start)
    }
  }

  // MARK: Shapes that dialects share

  /// Keeps or drops so many of one end; one where no number stands.
  mutating func ranked(
    _ action: Modifier.Action, _ test: Selector.Test, _ word: String, at start: Int
  ) throws(DiceError) -> Modifier {
    let quantity = try optionalQuantity(0...limits.count) ?? Quantity(source: .literal(1), position: scanner.index)
    return Modifier(action, [Selector(test, quantity)], word: word, at: start)
  }

  /// `p3`, `p<3`, `p>3`
  private mutating func valued(
    _ action: Modifier.Action, _ word: String, at start: Int
  ) throws(DiceError) -> Modifier {
    let test: Selector.Test = scanner.skip("<") ? .less : scanner.skip(">") ? .greater : .equal
    guard let quantity = try optionalQuantity(0...limits.sides) else { throw unexpected("a whole number") }
    return Modifier(action, [Selector(test, quantity)], word: word, at: start)
  }

  /// A modifier with a cap and a comparison; the face in `default` where neither stands.
  mutating func compared(
    _ action: Modifier.Action, _ word: String, at start: Int, default source: Quantity.Source
  ) throws(DiceError) -> Modifier {
    let end = scanner.index
    let (selector, cap) = try comparison()
    return Modifier(
      action, [selector ?? Selector(.equal, Quantity(source: source, position: end))], cap: cap, word: word, at: start)
  }

  mutating func bound(_ action: Modifier.Action, _ word: String, at start: Int) throws(DiceError) -> Modifier {
    guard let quantity = try optionalQuantity(0...limits.sides) else { throw unexpected("a whole number") }
    return Modifier(action, [Selector(.amount, quantity)], word: word, at: start)
  }

  /// What counts dice instead of adding them up.
  mutating func counting(_ word: String, at start: Int) throws(DiceError) -> Modifier {
    switch word {
    case "even": return Modifier(.count, [Selector(.even)], word: word, at: start)
    case "odd": return Modifier(.count, [Selector(.odd)], word: word, at: start)
    case "cs": return try withoutCap(compared(.count, word, at: start, default: .sides))
    case "cf": return try withoutCap(compared(.count, word, at: start, default: .literal(1)))
    case "sf": return try withoutCap(compared(.subtract, word, at: start, default: .literal(1)))
    case "ms": return try margin(at: start)
    default:
      let (selector, cap) = try comparison()
      guard cap == nil else { throw error(.syntax, "'\(word)' has one number, behind its comparison", at: start) }
      return Modifier(.deduct, [selector ?? Selector(.unsuccessful)], word: word, at: start)
    }
  }

  private func withoutCap(_ modifier: Modifier) throws(DiceError) -> Modifier {
    guard modifier.cap == nil else {
      throw error(.syntax, "'\(modifier.word)' has one number, behind its comparison", at: modifier.position)
    }
    return modifier
  }

  private mutating func margin(at start: Int) throws(DiceError) -> Modifier {
    let isBelow = scanner.isNext("<")
    let (selector, cap) = try comparison()
    guard cap == nil, let quantity = selector?.quantity else {
      throw error(.syntax, "'ms' needs the number that the margin is measured from: ms>=15", at: start)
    }
    return Modifier(
      .margin(isBelow: isBelow), [Selector(.amount, quantity)], word: isBelow ? "ms<" : "ms>=", at: start)
  }

  static func wordList(of target: ModifierTarget) -> String {
    switch target {
    case .dice: "kh kl dh dl p rr ro ra x xo min max cs cf df sf even odd ms"
    case .members: "kh kl dh dl p"
    case .pool: "kh kl dh dl cs cf df sf even odd ms"
    }
  }
}

extension DiceParser.ModifierTarget {
  func allows(_ action: Modifier.Action) -> Bool {
    switch (self, action) {
    case (.dice, _), (_, .keep), (_, .drop): true
    case (.pool, .count), (.pool, .deduct), (.pool, .subtract), (.pool, .margin): true
    case (.members, _), (.pool, _): false
    }
  }
}

extension Modifier {
  /// Whether dice count matches behind it instead of what they show.
  var countsMatches: Bool {
    switch action {
    case .count, .deduct, .subtract, .margin: true
    case .keep, .drop, .reroll, .explode, .raise, .lower: false
    }
  }

  fileprivate var adjustsCounts: Bool {
    switch action {
    case .deduct, .subtract, .margin: true
    case .keep, .drop, .reroll, .explode, .raise, .lower, .count: false
    }
  }
}
