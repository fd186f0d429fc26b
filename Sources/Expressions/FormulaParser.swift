/// Reads a formula into steps by operator precedence. From loose to tight, as in Python:
///
///     a if c else b  ·  or  ·  and  ·  not  ·  comparisons  ·  + -  ·  * / // %  ·  signs  ·  calls, names, numbers
///
/// What waits for its right side lies on a stack of the parser's own, not on the thread's: however deep a text nests and
/// however small the stack of the thread that reads it, it can be refused and cannot crash. All that waits will lie above
/// the next operand in the tree, so the limit of depth bounds that stack too; parentheses in a row lie there as one.
struct FormulaParser {
  private typealias Operand = FormulaAssembler.Operand

  private let source: String
  private let limits: FormulaLimits
  private var lexer: FormulaLexer
  private var token: FormulaToken = .end
  private var position = 0
  private var pending: [PendingOperator] = []
  /// Those of `pending` that are no parentheses.
  private var pendingLevels = 0
  private(set) var assembler: FormulaAssembler

  init(_ source: String, limits: FormulaLimits) throws(FormulaError) {
    // Counts no further than the limit: a megabyte is refused as fast as a line.
    guard source.utf8.count <= limits.length || source.unicodeScalars.prefix(limits.length + 1).count <= limits.length
    else { throw .tooLong(source, limits) }
    self.source = source
    self.limits = limits
    lexer = FormulaLexer(source)
    assembler = FormulaAssembler(source: source, limits: limits)
    pending.reserveCapacity(8)
  }

  /// Reads the whole text.
  mutating func parse() throws(FormulaError) {
    try advance()
    var operand = try readOperand()
    while true {
      switch token {
      case .arithmetic(let operation):
        try push(.arithmetic(operation, left: try reduce(operand, to: operation.precedence)))
      case .comparison(let comparison): try pushComparison(comparison, after: try reduce(operand, to: .sum))
      case .and:
        let left = try reduce(operand, to: .and)
        try push(.and(left: left, place: try assembler.add(junction: .and(skipping: 0), at: position)))
      case .or:
        let left = try reduce(operand, to: .or)
        try push(.or(left: left, place: try assembler.add(junction: .or(skipping: 0), at: position)))
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
      case .integer, .double, .boolean, .name, .function, .not, .leftParenthesis:
        throw unexpected("an operator or the end")
      }
      operand = try readOperand()
    }
  }

  // MARK: Operands

  /// Reads an operand with the prefixes before it, which then wait.
  private mutating func readOperand() throws(FormulaError) -> Operand {
    while true {
      let start = position
      switch token {
      case .integer(let magnitude): return try readInteger(magnitude, at: start)
      case .double(let value):
        try advance()
        return try assembler.add(constant: .double(value), at: start)
      case .boolean(let value):
        try advance()
        return try assembler.add(constant: .boolean(value), at: start)
      case .name:
        let name = lexer.name
        try advance()
        if case .leftParenthesis = token { throw .unknownFunction(name, source, at: start) }
        return try assembler.add(name: name, at: start)
      case .function(let function): try pushCall(of: function)
      case .arithmetic(.add): try push(.plus)
      case .arithmetic(.subtract): try push(.minus)
      case .leftParenthesis: try pushParenthesis()
      case .not: try pushNot()
      default: throw unexpected("a number, a name, a function or '('")
      }
    }
  }

  /// A whole number. The sign before it makes no node of its own where only the two together fit into 64 bits.
  private mutating func readInteger(_ magnitude: UInt64, at start: Int) throws(FormulaError) -> Operand {
    if let value = Int64(exactly: magnitude) {
      try advance()
      return try assembler.add(constant: .integer(value), at: start)
    }
    guard magnitude == Int64.min.magnitude, let sign = pending.last, case .minus = sign.kind else {
      throw .tooLarge(lexer.tokenText, source, at: start)
    }
    try advance()
    removeLastPending()
    return try assembler.add(constant: .integer(.min), at: sign.position)
  }

  private mutating func pushCall(of function: FormulaFunction) throws(FormulaError) {
    let start = position
    try advance()
    guard case .leftParenthesis = token else {
      throw .functionWithoutCall(function.rawValue, source, at: start)
    }
    try push(.call(function, first: nil, count: 0, deepest: 0), at: start)
    if case .rightParenthesis = token { throw .argumentCount(function, 0, source, at: start) }
  }

  private mutating func pushParenthesis() throws(FormulaError) {
    guard let last = pending.last, case .parentheses(let count) = last.kind else { return try push(.parentheses(1)) }
    pending[pending.count - 1].kind = .parentheses(count + 1)
    try advance()
  }

  private mutating func pushNot() throws(FormulaError) {
    if let precedence = pending.last?.kind.precedence, precedence > .not {
      throw unexpected("a value; put 'not …' in parentheses here")
    }
    try push(.not)
  }

  // MARK: Operators

  /// A comparison after a comparison lengthens its chain: `a < b < c`.
  private mutating func pushComparison(
    _ next: ComparisonOperator, after operand: Operand
  ) throws(FormulaError) {
    guard let last = pending.last, case .comparison(let comparison, let first, let chain, let deepest) = last.kind
    else { return try push(.comparison(next, first: operand, chain: nil, deepest: operand.depth)) }
    removeLastPending()
    let place = try assembler.addChained(comparison, after: chain, at: last.position)
    try push(.comparison(next, first: first, chain: place, deepest: max(deepest, operand.depth)))
  }

  private mutating func pushCondition(whenTrue: Operand) throws(FormulaError) {
    if case .condition = pending.last?.kind { throw unexpected("else, or parentheses around the inner choice") }
    try assembler.addIf(at: position)
    try push(.condition(whenTrue: whenTrue))
  }

  private mutating func pushAlternative(condition: Operand) throws(FormulaError) {
    guard let last = pending.last, case .condition(let whenTrue) = last.kind else {
      throw unexpected("an operator or the end")
    }
    removeLastPending()
    let skip = try assembler.addElse(whenTrue, condition, at: last.position)
    let deepest = max(whenTrue.depth, condition.depth)
    try push(.alternative(start: whenTrue.start, skip: skip, deepest: deepest), at: last.position)
  }

  private mutating func pushArgument(_ argument: Operand) throws(FormulaError) {
    guard let last = pending.last, case .call(let function, let first, let count, let deepest) = last.kind else {
      throw unexpected("an operator or the end")
    }
    removeLastPending()
    try push(
      .call(function, first: first ?? argument, count: count + 1, deepest: max(deepest, argument.depth)),
      at: last.position)
  }

  /// Closes a parenthesis or a call; returns the operand it makes.
  private mutating func close(around operand: Operand) throws(FormulaError) -> Operand {
    guard let open = pending.last else { throw unexpected("an operator or the end") }
    switch open.kind {
    case .parentheses(let count):
      if count > 1 {
        pending[pending.count - 1].kind = .parentheses(count - 1)
      } else {
        removeLastPending()
      }
      try advance()
      return operand
    case .call(let function, let first, let count, let deepest):
      removeLastPending()
      try advance()
      return try assembler.add(
        callOf: function, first ?? operand, count: count + 1, deepest: max(deepest, operand.depth), at: open.position)
    default: throw unfinished(open)
    }
  }

  /// Completes all that waits and binds at least as tightly as `minimum`; returns the operand it makes.
  private mutating func reduce(
    _ operand: Operand, to minimum: PendingOperator.Precedence
  ) throws(FormulaError) -> Operand {
    var operand = operand
    while let last = pending.last, let precedence = last.kind.precedence, precedence >= minimum {
      removeLastPending()
      operand = try complete(last.kind, with: operand, at: last.position)
    }
    return operand
  }

  private mutating func complete(
    _ kind: PendingOperator.Kind, with operand: Operand, at position: Int
  ) throws(FormulaError) -> Operand {
    switch kind {
    case .plus: try assembler.add(prefix: .plus, to: operand, at: position)
    case .minus: try assembler.add(prefix: .minus, to: operand, at: position)
    case .not: try assembler.add(prefix: .not, to: operand, at: position)
    case .arithmetic(let operation, let left): try assembler.add(infix: operation, left, operand, at: position)
    case .comparison(let comparison, let first, let chain, let deepest):
      try assembler.add(
        comparison: comparison, first, chain: chain, deepest: max(deepest, operand.depth), at: position)
    case .and(let left, let place), .or(let left, let place):
      try assembler.complete(place, from: left, to: operand, at: position)
    case .alternative(let start, let skip, let deepest):
      try assembler.complete(choiceFrom: start, skip: skip, deepest: max(deepest, operand.depth), at: position)
    // These have no precedence and are never completed here.
    case .condition, .parentheses, .call: operand
    }
  }

  // MARK: Tokens and errors

  /// Lets the token at the place wait, and moves on.
  private mutating func push(_ kind: PendingOperator.Kind, at start: Int? = nil) throws(FormulaError) {
    if case .parentheses = kind {
    } else {
      guard pendingLevels < limits.depth else { throw .tooDeep(source, limits, at: position) }
      pendingLevels += 1
    }
    pending.append(PendingOperator(kind: kind, position: start ?? position))
    try advance()
  }

  private mutating func removeLastPending() {
    let last = pending.removeLast()
    if case .parentheses = last.kind { return }
    pendingLevels -= 1
  }

  private mutating func advance() throws(FormulaError) {
    token = try lexer.next()
    position = lexer.tokenStart
  }

  private func unexpected(_ expected: String) -> FormulaError {
    FormulaError(.syntax, at: position, in: source, "expected \(expected), found \(lexer.tokenText)")
  }

  private func unfinished(_ open: PendingOperator) -> FormulaError {
    switch open.kind {
    case .condition: unexpected("else, as in: a if condition else b")
    case .parentheses(let count):
      .unclosedParenthesis(source, at: lexer.place(ofParenthesis: count, from: open.position))
    default: .unclosedParenthesis(source, at: open.position)
    }
  }
}
