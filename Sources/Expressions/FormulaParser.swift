/// Reads a formula into a tree by operator precedence. From loose to tight, as in Python:
///
///     a if c else b  ·  or  ·  and  ·  not  ·  comparisons  ·  + -  ·  * / // %  ·  signs  ·  calls, names, numbers
///
/// What waits for its right side lies on a stack of the parser's own, not on the thread's: however deep a text nests and
/// however small the stack of the thread that reads it, it can be refused and cannot crash.
struct FormulaParser {
  private let source: String
  private var lexer: FormulaLexer
  private var token: FormulaToken = .end
  private var position = 0
  private var pending: [PendingOperator] = []
  private(set) var tree: FormulaTree

  /// Parentheses, calls and operators that wait at one place: as many as the standard length has room for.
  static let pendingMax = 512

  init(_ source: String, limits: FormulaLimits) throws(FormulaError) {
    // Counts no further than the limit: a megabyte is refused as fast as a line.
    guard source.utf8.count <= limits.length || source.unicodeScalars.prefix(limits.length + 1).count <= limits.length
    else { throw .tooLong(source, limits) }
    self.source = source
    lexer = FormulaLexer(source)
    tree = FormulaTree(source: source, limits: limits)
  }

  /// Reads the whole text. The root is the last node of the tree.
  mutating func parse() throws(FormulaError) {
    try advance()
    var operand = try readOperand()
    while true {
      switch token {
      case .arithmetic(let operation):
        try push(.arithmetic(operation, left: try reduce(operand, to: operation.precedence)))
      case .comparison(let comparison): try pushComparison(comparison, after: try reduce(operand, to: .sum))
      case .and: try push(.and(left: try reduce(operand, to: .and)))
      case .or: try push(.or(left: try reduce(operand, to: .or)))
      case .if: try pushCondition(whenTrue: try reduce(operand, to: .or))
      case .else: try pushAlternative(condition: try reduce(operand, to: .or))
      case .comma: try pushArgument(try reduce(operand, to: .choice))
      case .rightParenthesis:
        operand = try close(around: try reduce(operand, to: .choice))
        continue
      case .end:
        _ = try reduce(operand, to: .choice)
        if let open = pending.last { throw unfinished(open) }
        return
      case .number, .boolean, .name, .not, .leftParenthesis: throw unexpected("an operator or the end")
      }
      operand = try readOperand()
    }
  }

  // MARK: Operands

  /// Reads an operand with the prefixes before it, which then wait, and returns its node.
  private mutating func readOperand() throws(FormulaError) -> Int {
    while true {
      let start = position
      switch token {
      case .number(let number):
        try advance()
        return try tree.add(constant: FormulaValue(number), at: start)
      case .boolean(let value):
        try advance()
        return try tree.add(constant: .boolean(value), at: start)
      case .name(let name):
        try advance()
        guard let function = try function(named: name, at: start) else { return try tree.add(name: name, at: start) }
        try push(.call(function, arguments: []), at: start)
        if case .rightParenthesis = token { throw .argumentCount(function, 0, source, at: start) }
      case .arithmetic(.add): try push(.plus)
      case .arithmetic(.subtract): try push(.minus)
      case .leftParenthesis: try push(.parenthesis)
      case .not: try pushNot()
      default: throw unexpected("a number, a name, a function or '('")
      }
    }
  }

  /// The function that a name calls, or nil when the name stands for a value.
  private func function(named name: String, at start: Int) throws(FormulaError) -> FormulaFunction? {
    let function = FormulaFunction(rawValue: name)
    guard case .leftParenthesis = token else {
      guard function == nil else { throw .functionWithoutCall(name, source, at: start) }
      return nil
    }
    guard let function else { throw .unknownFunction(name, source, at: start) }
    return function
  }

  private mutating func pushNot() throws(FormulaError) {
    if let precedence = pending.last?.kind.precedence, precedence > .not {
      throw unexpected("a value; put 'not …' in parentheses here")
    }
    try push(.not)
  }

  // MARK: Operators

  /// A comparison after a comparison lengthens its chain: `a < b < c`.
  private mutating func pushComparison(_ next: ComparisonOperator, after operand: Int) throws(FormulaError) {
    guard let last = pending.last, case .comparison(let first, let links, let comparison) = last.kind else {
      return try push(.comparison(first: operand, links: [], next))
    }
    pending.removeLast()
    let link = FormulaNode.Link(comparison: comparison, operand: operand)
    try push(.comparison(first: first, links: links + [link], next), at: last.position)
  }

  private mutating func pushCondition(whenTrue: Int) throws(FormulaError) {
    if case .condition = pending.last?.kind { throw unexpected("else, or parentheses around the inner choice") }
    try push(.condition(whenTrue: whenTrue))
  }

  private mutating func pushAlternative(condition: Int) throws(FormulaError) {
    guard let last = pending.last, case .condition(let whenTrue) = last.kind else {
      throw unexpected("an operator or the end")
    }
    pending.removeLast()
    try push(.alternative(whenTrue: whenTrue, condition: condition), at: last.position)
  }

  private mutating func pushArgument(_ argument: Int) throws(FormulaError) {
    guard let last = pending.last, case .call(let function, let arguments) = last.kind else {
      throw unexpected("an operator or the end")
    }
    pending.removeLast()
    try push(.call(function, arguments: arguments + [argument]), at: last.position)
  }

  /// Closes a parenthesis or a call; returns the operand it makes.
  private mutating func close(around operand: Int) throws(FormulaError) -> Int {
    guard let open = pending.last else { throw unexpected("an operator or the end") }
    switch open.kind {
    case .parenthesis:
      pending.removeLast()
      try advance()
      return operand
    case .call(let function, let arguments):
      pending.removeLast()
      try advance()
      return try tree.add(callOf: function, arguments + [operand], at: open.position)
    default: throw unfinished(open)
    }
  }

  /// Completes all that waits and binds at least as tightly as `minimum`; returns the operand it makes.
  private mutating func reduce(
    _ operand: Int, to minimum: PendingOperator.Precedence
  ) throws(FormulaError) -> Int {
    var operand = operand
    while let last = pending.last, let precedence = last.kind.precedence, precedence >= minimum {
      pending.removeLast()
      operand = try complete(last.kind, with: operand, at: last.position)
    }
    return operand
  }

  private mutating func complete(
    _ kind: PendingOperator.Kind, with operand: Int, at position: Int
  ) throws(FormulaError) -> Int {
    switch kind {
    case .plus: try tree.add(.plus(operand), over: operand, at: position)
    case .minus: try tree.add(.minus(operand), over: operand, at: position)
    case .not: try tree.add(.not(operand), over: operand, at: position)
    case .arithmetic(let operation, let left):
      try tree.add(.arithmetic(operation, left: left, right: operand), over: left, operand, at: position)
    case .comparison(let first, let links, let comparison):
      try tree.add(
        comparisonOf: first, links + [FormulaNode.Link(comparison: comparison, operand: operand)], at: position)
    case .and(let left): try tree.add(.and(left, operand), over: left, operand, at: position)
    case .or(let left): try tree.add(.or(left, operand), over: left, operand, at: position)
    case .alternative(let whenTrue, let condition): try tree.add(choice: whenTrue, condition, operand, at: position)
    // These have no precedence and are never completed here.
    case .condition, .parenthesis, .call: operand
    }
  }

  // MARK: Tokens and errors

  /// Lets the token at the place wait, and moves on.
  private mutating func push(_ kind: PendingOperator.Kind, at start: Int? = nil) throws(FormulaError) {
    guard pending.count < Self.pendingMax else { throw .tooNested(source, at: position) }
    pending.append(PendingOperator(kind: kind, position: start ?? position))
    try advance()
  }

  private mutating func advance() throws(FormulaError) {
    token = try lexer.next()
    position = lexer.tokenStart
  }

  private func unexpected(_ expected: String) -> FormulaError {
    FormulaError(.syntax, at: position, in: source, "expected \(expected), found \(lexer.tokenText)")
  }

  private func unfinished(_ open: PendingOperator) -> FormulaError {
    if case .condition = open.kind { return unexpected("else, as in: a if condition else b") }
    return .unclosedParenthesis(source, at: open.position)
  }
}
