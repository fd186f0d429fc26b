import Expressions

/// Reads a dialect's notation into nodes by precedence climbing: operators over signs over dice, numbers, parentheses, sets,
/// pools and calls, each with its `[annotations]`; then one comment.
///
/// The operands are in `DiceParser+Operands.swift`, dice in `DiceParser+Dice.swift`, modifiers in one file a dialect.
struct DiceParser {
  let limits: DiceLimits
  let grammar: DiceGrammar
  var scanner: DiceScanner
  /// Open signs and parentheses, which are levels of the tree to come.
  private var nesting = 0
  /// The levels from each node down.
  private var depths: [Int] = []

  private(set) var nodes: [DiceNode] = []
  var formulas: [TemplateFormula] = []
  private(set) var comment: String?

  init(_ source: String, _ dialect: DiceDialect, limits: DiceLimits) throws(DiceError) {
    // Counts no further than the limit: a megabyte is refused as fast as a line.
    guard source.utf8.count <= limits.length || source.unicodeScalars.prefix(limits.length + 1).count <= limits.length
    else { throw .tooLong(source, limits) }
    self.limits = limits
    grammar = DiceGrammar(dialect)
    scanner = DiceScanner(source, ignoresCase: grammar.ignoresCase)
  }

  /// Reads the whole text. The root is the last node.
  mutating func parse() throws(DiceError) {
    if !grammar.hasLeadingSpace, scanner.isNextSpace {
      throw unexpected("dice, a number or '(' without a space before")
    }
    _ = try expression()
    if grammar.hasComments { try readComment() }
    guard scanner.isAtEnd else { throw unexpected("\(continuation) or the end") }
  }

  /// What may come behind a part, for messages.
  var continuation: String { "an operator (\(grammar.operatorList)), an annotation" }

  // MARK: Operators

  /// - Parameter level: the weakest operators that are read; the last level binds most.
  mutating func expression(_ level: Int = 0) throws(DiceError) -> Int {
    var left = try operand()
    while let (operation, found) = nextOperator(), found >= level {
      let start = scanner.index
      scanner.advance(operation.symbol.utf8.count)
      let right = try expression(found + 1)
      left = try add(.binary(operation, left: left, right: right), at: start, over: [left, right])
    }
    return left
  }

  private func nextOperator() -> (DiceOperator, level: Int)? {
    var longest: (operation: DiceOperator, level: Int)?
    for (level, operations) in grammar.operators.enumerated() {
      for operation in operations
      where scanner.isNext(text: operation.symbol)
        && operation.symbol.utf8.count > longest?.operation.symbol.utf8.count ?? 0
      {
        longest = (operation, level)
      }
    }
    return longest
  }

  /// An operand with the spaces around it.
  private mutating func operand() throws(DiceError) -> Int {
    nesting += 1
    defer { nesting -= 1 }
    scanner.skipSpaces()
    let start = scanner.index
    guard nesting <= limits.depth else { throw .tooDeep(scanner.source, limits, at: start) }
    if scanner.skip("+") { return try signed(.plus, at: start) }
    if scanner.skip("-") { return try signed(.minus, at: start) }
    return try part(at: start)
  }

  private mutating func signed(_ sign: DiceNode.Sign, at start: Int) throws(DiceError) -> Int {
    let operand = try operand()
    return try add(.unary(sign, operand: operand), at: start, over: [operand])
  }

  // MARK: Annotations and comments

  /// The tags behind an operand, which may stand apart; empty ones say nothing and are left out.
  mutating func annotations() throws(DiceError) -> [String] {
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

  /// A comment begins with `#`, or, behind a space, with a word that can be nothing else.
  private mutating func readComment() throws(DiceError) {
    if !scanner.skip("#") {
      guard scanner.isPrecededBySpace, scanner.isNextWordOfText(but: DiceGrammar.nativeWords) else { return }
    }
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
  static func trimmed(_ text: String) -> String {
    guard let first = text.firstIndex(where: { $0 != " " }), let last = text.lastIndex(where: { $0 != " " }) else {
      return ""
    }
    return String(text[first...last])
  }

  // MARK: Nodes and errors

  /// Adds a node over its operands.
  mutating func add(
    _ kind: DiceNode.Kind, _ annotations: [String] = [], at position: Int, over operands: [Int] = []
  ) throws(DiceError) -> Int {
    let depth = operands.map { depths[$0] }.max() ?? 0
    guard depth < limits.depth else { throw .tooDeep(scanner.source, limits, at: position) }
    guard nodes.count < limits.nodes else { throw .tooManyNodes(scanner.source, limits, at: position) }
    nodes.append(DiceNode(kind: kind, annotations: annotations, position: position))
    depths.append(depth + 1)
    return nodes.count - 1
  }

  func unexpected(_ expected: String) -> DiceError {
    error(.syntax, "expected \(expected), found \(scanner.found)")
  }

  func error(_ kind: DiceError.Kind, _ message: String, at position: Int? = nil) -> DiceError {
    DiceError(kind, at: position ?? scanner.index, in: scanner.source, message)
  }
}
