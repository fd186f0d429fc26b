import Expressions

/// Reads the native notation into nodes by precedence climbing: sums over products over signs over dice, numbers,
/// formulas and parentheses, each with its `[annotations]`; then one comment.
struct DiceParser {
  private let limits: DiceLimits
  private var scanner: DiceScanner
  /// Open signs and parentheses, which are levels of the tree to come.
  private var nesting = 0
  /// The levels from each node down.
  private var depths: [Int] = []

  private(set) var nodes: [DiceNode] = []
  private(set) var formulas: [TemplateFormula] = []
  private(set) var comment: String?

  init(_ source: String, limits: DiceLimits) throws(DiceError) {
    // Counts no further than the limit: a megabyte is refused as fast as a line.
    guard source.utf8.count <= limits.length || source.unicodeScalars.prefix(limits.length + 1).count <= limits.length
    else { throw .tooLong(source, limits) }
    self.limits = limits
    scanner = DiceScanner(source)
  }

  /// Reads the whole text. The root is the last node.
  mutating func parse() throws(DiceError) {
    _ = try expression(.sum)
    if scanner.isNext("#") { try readComment() }
    guard scanner.isAtEnd else { throw unexpected("an operator (+ - * //), an annotation or the end") }
  }

  // MARK: Operators

  private enum Precedence: Int, Comparable {
    case sum, product, sign

    static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
  }

  private mutating func expression(_ minimum: Precedence) throws(DiceError) -> Int {
    var left = try operand()
    while let (operation, precedence, length) = try nextOperator(), precedence >= minimum {
      let start = scanner.index
      scanner.advance(length)
      let right = try expression(precedence == .sum ? .product : .sign)
      left = try add(.binary(operation, left: left, right: right), at: start, above: max(depths[left], depths[right]))
    }
    return left
  }

  private func nextOperator() throws(DiceError) -> (ArithmeticOperator, Precedence, length: Int)? {
    switch scanner.peek() {
    case UInt8(ascii: "+"): return (.add, .sum, 1)
    case UInt8(ascii: "-"): return (.subtract, .sum, 1)
    case UInt8(ascii: "*"): return (.multiply, .product, 1)
    case UInt8(ascii: "/"):
      guard scanner.peek(1) == UInt8(ascii: "/") else {
        throw error(.syntax, "'/' is not an operator here; // divides and rounds down")
      }
      return (.floorDivide, .product, 2)
    default: return nil
    }
  }

  // MARK: Operands

  /// An operand with the spaces around it.
  private mutating func operand() throws(DiceError) -> Int {
    nesting += 1
    defer { nesting -= 1 }
    scanner.skipSpaces()
    let start = scanner.index
    guard nesting <= limits.depth else { throw .tooDeep(scanner.source, limits, at: start) }
    if scanner.skip("+") { return try signed(.plus, at: start) }
    if scanner.skip("-") { return try signed(.minus, at: start) }
    if scanner.skip("(") { return try group(at: start) }
    let kind = try term(at: start)
    return try add(kind, try annotations(), at: start)
  }

  private mutating func signed(_ sign: DiceNode.Sign, at start: Int) throws(DiceError) -> Int {
    let operand = try operand()
    return try add(.unary(sign, operand: operand), at: start, above: depths[operand])
  }

  private mutating func group(at start: Int) throws(DiceError) -> Int {
    let inner = try expression(.sum)
    guard !scanner.isAtEnd, !scanner.isNext("#") else {
      throw error(.syntax, "this '(' is never closed; expected ')'", at: start)
    }
    guard scanner.skip(")") else { throw unexpected("an operator (+ - * //), an annotation or ')'") }
    return try add(.group(inner), try annotations(), at: start, above: depths[inner])
  }

  private mutating func term(at start: Int) throws(DiceError) -> DiceNode.Kind {
    if scanner.isNext("{") {
      let formula = try formula()
      guard scanner.isNextLetter("d") else { return .formula(formula) }
      return try dice(count: Quantity(source: .formula(formula), position: start))
    }
    if scanner.isNextLetter("d") { return try dice(count: Quantity(source: .literal(1), position: start)) }
    if scanner.isNextDigit || scanner.isNext(".") { return try numberOrDice(at: start) }
    throw unexpected("dice such as 2d6, a number, a {formula} or '('")
  }

  private mutating func numberOrDice(at start: Int) throws(DiceError) -> DiceNode.Kind {
    scanner.skipDigits()
    if scanner.isNextLetter("d") {
      return try dice(count: try literal(from: start, "the number of dice", 0...limits.count))
    }
    guard scanner.isNext(".") else {
      guard let value = Int64(scanner.text(from: start)) else {
        throw error(.overflow, "the number is too large; \(ArithmeticFault.overflow)", at: start)
      }
      return .number(.integer(value))
    }
    return .number(try decimal(from: start))
  }

  /// Digits on both sides are bounded so that a decimal can be written out again without an exponent.
  private mutating func decimal(from start: Int) throws(DiceError) -> Number {
    scanner.advance()
    let fraction = scanner.index
    guard scanner.isNextDigit else { throw unexpected("a digit after the decimal point") }
    scanner.skipDigits()
    let text = scanner.text(from: start)
    if scanner.isNextLetter("d") {
      throw error(.range, "the number of dice must be whole", at: start)
    }
    guard scanner.index - fraction <= 15, fraction - start <= 16, let value = Double(text) else {
      throw error(.range, "a decimal number has at most 15 digits before and 15 after the point", at: start)
    }
    return Number.double(value).normalized
  }

  // MARK: Dice

  private mutating func dice(count: Quantity) throws(DiceError) -> DiceNode.Kind {
    scanner.advance()
    let sides = try sides()
    var modifiers: [Modifier] = []
    while let modifier = try modifier() { modifiers.append(modifier) }
    return .dice(DiceTerm(count: count, sides: sides, modifiers: modifiers))
  }

  private mutating func sides() throws(DiceError) -> Quantity {
    let start = scanner.index
    if scanner.skip("%") { return Quantity(source: .literal(100), position: start) }
    if scanner.isNext("{") { return Quantity(source: .formula(try formula()), position: start) }
    guard scanner.isNextDigit else {
      throw unexpected("sides: a whole number 1…\(limits.sides), % for 100, or a {formula}")
    }
    scanner.skipDigits()
    return try literal(from: start, "the number of sides", 1...limits.sides)
  }

  /// The modifier at the place, or nil when the term ends there.
  private mutating func modifier() throws(DiceError) -> Modifier? {
    guard let byte = scanner.peek(), (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) else {
      return nil
    }
    let isKeep = scanner.isNextLetter("k")
    let end: Modifier.End? =
      scanner.isNextLetter("h", after: 1) ? .highest : scanner.isNextLetter("l", after: 1) ? .lowest : nil
    guard isKeep || (scanner.isNextLetter("d") && end != nil) else {
      throw unexpected("kh, kl, dh or dl with a number, an operator or the end")
    }
    scanner.advance(end == nil ? 1 : 2)
    let quantity = try modifierQuantity()
    return isKeep ? .keep(end ?? .highest, quantity) : .drop(end ?? .lowest, quantity)
  }

  private mutating func modifierQuantity() throws(DiceError) -> Quantity {
    let start = scanner.index
    if scanner.isNext("{") { return Quantity(source: .formula(try formula()), position: start) }
    guard scanner.isNextDigit else { return Quantity(source: .literal(1), position: start) }
    scanner.skipDigits()
    return try literal(from: start, "the number of a modifier", 0...limits.count)
  }

  /// The digits just read as a count within its range.
  private func literal(
    from start: Int, _ what: String, _ allowed: ClosedRange<Int>
  ) throws(DiceError) -> Quantity {
    let digits = scanner.text(from: start)
    guard let value = Int(digits), allowed.contains(value) else {
      let found = digits.count > 20 ? digits.prefix(20) + "…" : digits[...]
      throw .outOfRange(what, String(found), allowed, scanner.source, at: start)
    }
    return Quantity(source: .literal(value), position: start)
  }

  // MARK: Formulas, annotations, comments

  /// Reads `{…}`; returns the index of the formula.
  private mutating func formula() throws(DiceError) -> Int {
    let opening = scanner.index
    scanner.advance()
    scanner.skipSpaces()
    let start = scanner.index
    guard scanner.skip(to: "}") else { throw error(.syntax, "this '{' is never closed; expected '}'", at: opening) }
    let text = Self.trimmed(scanner.text(from: start))
    scanner.advance()
    do {
      formulas.append(
        TemplateFormula(formula: try Formula(parsing: text, limits: limits.formula), position: start))
    } catch {
      throw DiceError(error, startingAt: start, in: scanner.source)
    }
    return formulas.count - 1
  }

  /// The tags behind an operand, which may stand apart; empty ones say nothing and are left out.
  private mutating func annotations() throws(DiceError) -> [String] {
    var annotations: [String] = []
    scanner.skipSpaces()
    while scanner.isNext("[") {
      let opening = scanner.index
      scanner.advance()
      let start = scanner.index
      guard scanner.skip(to: "]") else { throw error(.syntax, "this '[' is never closed; expected ']'", at: opening) }
      let annotation = try label(from: start)
      if !annotation.isEmpty { annotations.append(annotation) }
      scanner.advance()
      scanner.skipSpaces()
    }
    return annotations
  }

  private mutating func readComment() throws(DiceError) {
    scanner.advance()
    let start = scanner.index
    scanner.skipToEnd()
    let text = try label(from: start)
    comment = text.isEmpty ? nil : text
  }

  /// Text of people: everything up to the place but the spaces around it.
  private func label(from start: Int) throws(DiceError) -> String {
    if let position = scanner.controlCharacter(from: start) {
      throw error(.syntax, "annotations and comments are one line without control characters", at: position)
    }
    return Self.trimmed(scanner.text(from: start))
  }

  /// The text without the spaces around it.
  private static func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { $0 != " " }), let last = text.lastIndex(where: { $0 != " " }) else {
      return ""
    }
    return String(text[first...last])
  }

  // MARK: Nodes and errors

  /// - Parameter depth: the levels of the deepest operand.
  private mutating func add(
    _ kind: DiceNode.Kind, _ annotations: [String] = [], at position: Int, above depth: Int = 0
  ) throws(DiceError) -> Int {
    guard depth < limits.depth else { throw .tooDeep(scanner.source, limits, at: position) }
    guard nodes.count < limits.nodes else { throw .tooManyNodes(scanner.source, limits, at: position) }
    nodes.append(DiceNode(kind: kind, annotations: annotations, position: position))
    depths.append(depth + 1)
    return nodes.count - 1
  }

  private func unexpected(_ expected: String) -> DiceError {
    error(.syntax, "expected \(expected), found \(scanner.found)")
  }

  private func error(_ kind: DiceError.Kind, _ message: String, at position: Int? = nil) -> DiceError {
    DiceError(kind, at: position ?? scanner.index, in: scanner.source, message)
  }
}
