import Expressions

extension DiceParser {
  /// Dice, a number, a formula, parentheses, a set, a pool or a call, with its annotations.
  mutating func part(at start: Int) throws(DiceError) -> Int {
    if scanner.isNext("(") { return try parentheses(at: start) }
    if isAtPool { return try pool(at: start) }
    if grammar.hasFormulas, scanner.isNext("{") { return try formulaOrDice(at: start) }
    if grammar.hasVariables, scanner.isNext("@") {
      let variable = try variable()
      return try add(.formula(variable), try annotations(), at: start)
    }
    if scanner.isNextLetter("d") { return try dice(Quantity(source: .literal(1), position: start), at: start) }
    if scanner.isNextDigit || scanner.isNext(".") { return try numberOrDice(at: start) }
    if grammar.hasFunctions, scanner.isNextAnyLetter { return try call(at: start) }
    throw unexpected(startOfPart)
  }

  private var startOfPart: String {
    grammar.hasFormulas ? "dice such as 2d6, a number, a {formula} or '('" : "dice such as 2d6, a number or '('"
  }

  // MARK: Parentheses and sets

  private mutating func parentheses(at start: Int) throws(DiceError) -> Int {
    let (members, hasComma) = try members(from: start, closing: ")")
    if members.count == 1, !hasComma {
      if grammar.hasGroupCounts, scanner.isNextLetter("d"), isSidesNext(after: 1) {
        return try dice(Quantity(source: .node(members[0]), position: start), at: start, over: members)
      }
      let modifiers = try memberModifiers()
      return try add(.group(members[0], modifiers), try annotations(), at: start, over: members)
    }
    guard grammar.hasSets else { throw error(.syntax, "parentheses hold one part here; a pool is {a, b}", at: start) }
    let modifiers = try memberModifiers()
    return try add(.set(members, modifiers), try annotations(), at: start, over: members)
  }

  /// What is done to parentheses and sets; nothing where the dialect has no sets.
  private mutating func memberModifiers() throws(DiceError) -> [Modifier] {
    grammar.hasSets ? try modifiers(of: .members) : []
  }

  /// The parts between an opening mark and its end.
  private mutating func members(
    from start: Int, closing: String
  ) throws(DiceError) -> (members: [Int], hasComma: Bool) {
    let opening = scanner.text(count: closing.utf8.count)
    scanner.advance(closing.utf8.count)
    var members: [Int] = []
    var hasComma = false
    scanner.skipSpaces()
    while !scanner.isNext(text: closing) {
      members.append(try expression())
      hasComma = scanner.skip(",")
      scanner.skipSpaces()
      guard hasComma || scanner.isNext(text: closing) else {
        guard !scanner.isAtEnd, !scanner.isNext("#") else {
          throw error(.syntax, "this '\(opening)' is never closed; expected '\(closing)'", at: start)
        }
        throw unexpected("\(continuation) or '\(closing)'")
      }
    }
    scanner.advance(closing.utf8.count)
    return (members, hasComma || members.isEmpty)
  }

  // MARK: Pools

  private var isAtPool: Bool {
    grammar.hasPools && (grammar.hasBarePools ? scanner.isNext("{") : scanner.isNext(text: "{{"))
  }

  private mutating func pool(at start: Int) throws(DiceError) -> Int {
    let (members, _) = try members(from: start, closing: grammar.hasBarePools ? "}" : "}}")
    guard !members.isEmpty else { throw error(.syntax, "a pool has at least one member", at: start) }
    let modifiers = try modifiers(of: .pool)
    return try add(.pool(members, modifiers), try annotations(), at: start, over: members)
  }

  // MARK: Calls

  private mutating func call(at start: Int) throws(DiceError) -> Int {
    scanner.skipLetters()
    let name = scanner.text(from: start)
    guard scanner.isNext("("), let function = DiceFunction(rawValue: grammar.ignoresCase ? name.lowercased() : name)
    else {
      throw error(
        .syntax,
        "'\(name.prefix(24))' is no function and nothing else here; the functions are \(DiceFunction.allNames)",
        at: start)
    }
    let opening = scanner.index
    let (arguments, hasComma) = try members(from: opening, closing: ")")
    guard function.arity.contains(arguments.count), arguments.isEmpty || !hasComma else {
      let wanted = function.arity.upperBound == 1 ? "one argument" : "arguments, with commas between them"
      throw error(.syntax, "\(function.rawValue) takes \(wanted)", at: opening)
    }
    return try add(.call(function, arguments), try annotations(), at: start, over: arguments)
  }

  // MARK: Numbers and formulas

  private mutating func formulaOrDice(at start: Int) throws(DiceError) -> Int {
    let formula = try formula()
    guard scanner.isNextLetter("d") else { return try add(.formula(formula), try annotations(), at: start) }
    return try dice(Quantity(source: .formula(formula), position: start), at: start)
  }

  private mutating func numberOrDice(at start: Int) throws(DiceError) -> Int {
    scanner.skipDigits()
    if scanner.isNextLetter("d") {
      return try dice(try literal(from: start, "the number of dice", 0...limits.count), at: start)
    }
    guard scanner.isNext(".") else {
      guard let value = Int64(scanner.text(from: start)) else {
        throw error(.overflow, "the number is too large; \(ArithmeticFault.overflow)", at: start)
      }
      return try add(.number(.integer(value)), try annotations(), at: start)
    }
    return try add(.number(try decimal(from: start)), try annotations(), at: start)
  }

  /// Digits on both sides are bounded so that a decimal can be written out again without an exponent.
  private mutating func decimal(from start: Int) throws(DiceError) -> Number {
    let whole = scanner.index - start
    scanner.advance()
    let fraction = scanner.index
    guard scanner.isNextDigit || (grammar.hasBarePoint && whole > 0) else {
      throw unexpected("a digit after the decimal point")
    }
    scanner.skipDigits()
    let text = scanner.text(from: start)
    if scanner.isNextLetter("d") {
      throw error(.range, "the number of dice must be whole", at: start)
    }
    guard scanner.index - fraction <= 15, whole <= 15, let value = Double(text.hasSuffix(".") ? "\(text)0" : text)
    else {
      throw error(.range, "a decimal number has at most 15 digits before and 15 after the point", at: start)
    }
    return Number.double(value).normalized
  }

  /// Reads `{…}`; returns the index of the formula.
  mutating func formula() throws(DiceError) -> Int {
    let opening = scanner.index
    scanner.advance()
    scanner.skipSpaces()
    let start = scanner.index
    guard scanner.skip(to: "}") else { throw error(.syntax, "this '{' is never closed; expected '}'", at: opening) }
    let text = Self.trimmed(scanner.text(from: start))
    scanner.advance()
    return try add(formula: text, at: start, isVariable: false)
  }

  /// Reads `@name`; returns the index of the formula that it is.
  mutating func variable() throws(DiceError) -> Int {
    scanner.advance()
    let start = scanner.index
    scanner.skipName()
    guard scanner.index > start else { throw unexpected("a name behind '@'") }
    return try add(formula: scanner.text(from: start), at: start, isVariable: true)
  }

  private mutating func add(formula text: String, at start: Int, isVariable: Bool) throws(DiceError) -> Int {
    do {
      formulas.append(
        TemplateFormula(
          formula: try Formula(parsing: text, limits: limits.formula), position: start, isVariable: isVariable))
    } catch {
      throw DiceError(error, startingAt: start, in: scanner.source)
    }
    return formulas.count - 1
  }
}
