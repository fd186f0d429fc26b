extension DiceParser {
  /// What a modifier belongs to; not every one fits everywhere.
  enum ModifierTarget {
    case dice
    /// The members of parentheses or a set, or the dice inside.
    case members
    case pool
  }

  /// Reads dice from their `d` on.
  ///
  /// - Parameter operands: the parts that the count is made of.
  mutating func dice(_ count: Quantity, at start: Int, over operands: [Int] = []) throws(DiceError) -> Int {
    var operands = operands
    scanner.advance()
    let (sides, face) = try sides(&operands)
    let term = DiceTerm(count: count, sides: sides, face: face, modifiers: try modifiers(of: .dice))
    return try add(.dice(term), try annotations(), at: start, over: operands)
  }

  /// Whether sides of a die stand so many bytes ahead.
  func isSidesNext(after offset: Int) -> Bool {
    guard let byte = scanner.peek(offset) else { return false }
    if DiceScanner.isDigit(byte) { return true }
    return switch byte | 0x20 {
    case UInt8(ascii: "f"), UInt8(ascii: "c"), UInt8(ascii: "("), UInt8(ascii: "{") | 0x20: true
    default: byte == UInt8(ascii: "%") || byte == UInt8(ascii: "@")
    }
  }

  private mutating func sides(_ operands: inout [Int]) throws(DiceError) -> (Quantity, DieFace) {
    let start = scanner.index
    if grammar.dialect != .foundry, scanner.skip("%") {
      return grammar.dialect == .d20
        ? (Quantity(source: .literal(10), position: start), .tens)
        : (Quantity(source: .literal(100), position: start), .numbered)
    }
    if grammar.dialect != .d20 {
      if scanner.skipLetter("f") { return (Quantity(source: .literal(3), position: start), .fate) }
      if scanner.skipLetter("c") { return (Quantity(source: .literal(2), position: start), .coin) }
    }
    if grammar.hasGroupCounts, scanner.isNext("(") {
      let group = try part(at: start)
      operands.append(group)
      return (Quantity(source: .node(group), position: start), .numbered)
    }
    guard scanner.isNextDigit || isFormulaNext else { throw unexpected("sides: \(grammar.sides)") }
    return (try quantity("the number of sides", 1...limits.sides), .numbered)
  }

  // MARK: Modifiers

  mutating func modifiers(of target: ModifierTarget) throws(DiceError) -> [Modifier] {
    var modifiers: [Modifier] = []
    while let modifier = try nextModifier(of: target, after: modifiers.last) {
      if grammar.mergesModifiers, let last = modifiers.last, last.merges(modifier) {
        modifiers[modifiers.count - 1] = last.merged(with: modifier)
      } else {
        modifiers.append(modifier)
      }
    }
    return modifiers
  }

  /// The modifier at the place, or nil when there is none.
  private mutating func nextModifier(
    of target: ModifierTarget, after last: Modifier?
  ) throws(DiceError) -> Modifier? {
    guard scanner.isNextAnyLetter else { return nil }
    return switch grammar.dialect {
    case .native: try nativeModifier(of: target, after: last)
    case .d20: try d20Modifier(of: target)
    case .foundry: try foundryModifier(of: target)
    }
  }

  // MARK: Numbers

  /// Whether a formula stands where a number may.
  var isFormulaNext: Bool {
    (grammar.hasFormulas && scanner.isNext("{") && !isPoolNext) || (grammar.hasVariables && scanner.isNext("@"))
  }

  private var isPoolNext: Bool { scanner.isNext(text: "{{") }

  /// A whole number, or a formula that gives one.
  mutating func quantity(_ what: String, _ allowed: ClosedRange<Int>) throws(DiceError) -> Quantity {
    let start = scanner.index
    if isFormulaNext {
      let index = scanner.isNext("@") ? try variable() : try formula()
      return Quantity(source: .formula(index), position: start)
    }
    scanner.skipDigits()
    return try literal(from: start, what, allowed)
  }

  /// The digits just read as a number within its range.
  func literal(from start: Int, _ what: String, _ allowed: ClosedRange<Int>) throws(DiceError) -> Quantity {
    let digits = scanner.text(from: start)
    guard let value = Int(digits), allowed.contains(value) else {
      let found = digits.count > 20 ? digits.prefix(20) + "…" : digits[...]
      throw .outOfRange(what, String(found), allowed, scanner.source, at: start)
    }
    return Quantity(source: .literal(value), position: start)
  }

  /// The number of a modifier where there is one.
  mutating func optionalQuantity(_ allowed: ClosedRange<Int>) throws(DiceError) -> Quantity? {
    guard scanner.isNextDigit || isFormulaNext else { return nil }
    return try quantity("the number of a modifier", allowed)
  }

  /// `[cap] [comparison] [target]`: a number by itself is the target.
  mutating func comparison() throws(DiceError) -> (selector: Selector?, cap: Quantity?) {
    let first = try optionalQuantity(0...limits.sides)
    let tests: [(String, Selector.Test)] = [
      ("<=", .lessOrEqual), (">=", .greaterOrEqual), ("<", .less), (">", .greater), ("=", .equal),
    ]
    guard !scanner.isNext(text: "=="), let (symbol, test) = tests.first(where: { scanner.isNext(text: $0.0) }) else {
      return (first.map { Selector(.equal, $0) }, nil)
    }
    scanner.advance(symbol.utf8.count)
    guard let target = try optionalQuantity(0...limits.sides) else {
      throw unexpected("a whole number behind '\(symbol)'")
    }
    return (Selector(test, target), first)
  }
}

extension Modifier {
  /// Whether a further modifier is one more selector of this one.
  fileprivate func merges(_ other: Modifier) -> Bool {
    action == other.action && action != .raise && action != .lower
  }

  fileprivate func merged(with other: Modifier) -> Modifier {
    Modifier(action, selectors + other.selectors, word: word, at: position)
  }
}
