import Expressions

/// A formula made at random as a tree: what it is written as, and what it must give by walking the tree.
///
/// The walk knows nothing of parsing, of steps or of skipping them. What both must agree on is the meaning.
indirect enum RandomFormula {
  case leaf(String, FormulaValue)
  case prefix(String, RandomFormula)
  case infix(RandomFormula, ArithmeticOperator, RandomFormula)
  case chain(RandomFormula, [(operation: String, operand: RandomFormula)])
  case and(RandomFormula, RandomFormula)
  case or(RandomFormula, RandomFormula)
  case choice(RandomFormula, condition: RandomFormula, otherwise: RandomFormula)
  case call(FormulaFunction, [RandomFormula])

  static let context: [String: FormulaContext.Entry] = [
    "level": 7, "hp": ["now": -3, "max": 31], "half": 0.5, "zero": 0, "top": .integer(.max), "bottom": .integer(.min),
    "wide": 4_611_686_018_427_387_905, "huge": 1.7e308, "tiny": 1e-300, "minus_zero": -0.0, "yes": true, "no": false,
  ]

  private static let leaves: [(String, FormulaValue)] = [
    ("0", .integer(0)), ("1", .integer(1)), ("2", .integer(2)), ("3", .integer(3)), ("20", .integer(20)),
    ("1.5", .double(1.5)), ("0.25", .double(0.25)), ("2.5", .double(2.5)), ("1e308", .double(1e308)),
    ("9223372036854775807", .integer(.max)), ("3037000500", .integer(3_037_000_500)), ("true", .boolean(true)),
    ("False", .boolean(false)), ("level", .integer(7)), ("hp.now", .integer(-3)), ("@hp.max", .integer(31)),
    ("half", .double(0.5)), ("zero", .integer(0)), ("top", .integer(.max)), ("bottom", .integer(.min)),
    ("wide", .integer(4_611_686_018_427_387_905)), ("huge", .double(1.7e308)), ("tiny", .double(1e-300)),
    ("minus_zero", .double(-0.0)), ("yes", .boolean(true)), ("no", .boolean(false)),
  ]

  /// At most so many levels deep.
  static func made(levels: Int, using numbers: inout SeededNumbers) -> RandomFormula {
    func inner() -> RandomFormula { made(levels: levels - 1, using: &numbers) }
    guard levels > 1, Int.random(in: 0..<8, using: &numbers) > 0 else {
      let leaf = leaves[Int.random(in: 0..<leaves.count, using: &numbers)]
      return .leaf(leaf.0, leaf.1)
    }
    switch Int.random(in: 0..<16, using: &numbers) {
    case 0...5:
      let operation = ArithmeticOperator.allCases[Int.random(in: 0..<6, using: &numbers)]
      return .infix(inner(), operation, inner())
    case 6, 7: return .prefix(["-", "+", "not "][Int.random(in: 0..<3, using: &numbers)], inner())
    case 8, 9:
      let first = inner()
      let links = (0..<Int.random(in: 1...3, using: &numbers)).map { _ in
        (["<", "<=", ">", ">=", "==", "!="][Int.random(in: 0..<6, using: &numbers)], inner())
      }
      return .chain(first, links)
    case 10: return .and(inner(), inner())
    case 11: return .or(inner(), inner())
    case 12, 13: return .choice(inner(), condition: inner(), otherwise: inner())
    default:
      let function = FormulaFunction.allCases[Int.random(in: 0..<FormulaFunction.allCases.count, using: &numbers)]
      let count = function.arity == 1...1 ? 1 : Int.random(in: 2...4, using: &numbers)
      return .call(function, (0..<count).map { _ in inner() })
    }
  }
}

extension RandomFormula {
  /// As it is written, with the parentheses that it needs and, sometimes, some that it does not.
  func text(using numbers: inout SeededNumbers) -> String {
    func inner(_ operand: RandomFormula, atLeast level: Int) -> String {
      let text = operand.text(using: &numbers)
      let isNeeded = operand.level < level
      return isNeeded || Int.random(in: 0..<10, using: &numbers) == 0 ? "(\(text))" : text
    }
    let space = Bool.random(using: &numbers) ? " " : ""
    switch self {
    case .leaf(let text, _): return text
    case .prefix(let sign, let operand): return sign + inner(operand, atLeast: level)
    case .infix(let left, let operation, let right):
      return inner(left, atLeast: level) + space + operation.rawValue + space + inner(right, atLeast: level + 1)
    case .chain(let first, let links):
      return links.reduce(inner(first, atLeast: level + 1)) { text, link in
        text + space + link.operation + space + inner(link.operand, atLeast: level + 1)
      }
    case .and(let left, let right): return inner(left, atLeast: level) + " and " + inner(right, atLeast: level + 1)
    case .or(let left, let right): return inner(left, atLeast: level) + " or " + inner(right, atLeast: level + 1)
    case .choice(let whenTrue, let condition, let otherwise):
      return inner(whenTrue, atLeast: level + 1) + " if " + inner(condition, atLeast: level + 1) + " else "
        + inner(otherwise, atLeast: level)
    case .call(let function, let arguments):
      return "\(function.rawValue)(\(arguments.map { inner($0, atLeast: 0) }.joined(separator: ",\(space)")))"
    }
  }

  /// How tightly it binds: a choice least, a leaf most.
  private var level: Int {
    switch self {
    case .choice: 0
    case .or: 1
    case .and: 2
    case .prefix("not ", _): 3
    case .chain: 4
    case .infix(_, .add, _), .infix(_, .subtract, _): 5
    case .infix: 6
    case .prefix: 7
    case .leaf, .call: 8
    }
  }

  /// Operators, calls and leaves.
  var nodes: Int {
    switch self {
    case .leaf: 1
    case .prefix(_, let operand): operand.nodes + 1
    case .infix(let left, _, let right), .and(let left, let right), .or(let left, let right):
      left.nodes + right.nodes + 1
    case .chain(let first, let links): links.reduce(first.nodes) { $0 + $1.operand.nodes + 1 }
    case .choice(let whenTrue, let condition, let otherwise):
      whenTrue.nodes + condition.nodes + otherwise.nodes + 1
    case .call(_, let arguments): arguments.reduce(1) { $0 + $1.nodes }
    }
  }

  /// The value; adds to `cost` the nodes that were evaluated. The error is that of the operation that has no result.
  func value(cost: inout Int) throws(ArithmeticFault) -> FormulaValue {
    defer { cost += 1 }
    switch self {
    case .leaf(_, let value): return value
    case .prefix("not ", let operand): return .boolean(!(try operand.value(cost: &cost).isTrue))
    case .prefix("-", let operand): return FormulaValue(try operand.value(cost: &cost).number.negated())
    case .prefix(_, let operand): return FormulaValue(try operand.value(cost: &cost).number)
    case .infix(let left, let operation, let right):
      let left = try left.value(cost: &cost).number
      return FormulaValue(try Number.combine(left, operation, try right.value(cost: &cost).number))
    case .chain(let first, let links):
      cost -= 1
      var left = try first.value(cost: &cost).number
      for link in links {
        let right = try link.operand.value(cost: &cost).number
        cost += 1
        guard Self.holds(link.operation, Number.order(left, right)) else { return .boolean(false) }
        left = right
      }
      return .boolean(true)
    case .and(let left, let right):
      let value = try left.value(cost: &cost)
      return value.isTrue ? try right.value(cost: &cost) : value
    case .or(let left, let right):
      let value = try left.value(cost: &cost)
      return value.isTrue ? value : try right.value(cost: &cost)
    case .choice(let whenTrue, let condition, let otherwise):
      return try (try condition.value(cost: &cost).isTrue ? whenTrue : otherwise).value(cost: &cost)
    case .call(let function, let arguments):
      var values: [FormulaValue] = []
      for argument in arguments { values.append(try argument.value(cost: &cost)) }
      return try Self.call(function, values)
    }
  }

  private static func holds(_ operation: String, _ order: NumberOrder) -> Bool {
    switch operation {
    case "<": order == .less
    case "<=": order != .greater
    case ">": order == .greater
    case ">=": order != .less
    case "==": order == .equal
    default: order != .equal
    }
  }

  private static func call(
    _ function: FormulaFunction, _ values: [FormulaValue]
  ) throws(ArithmeticFault) -> FormulaValue {
    let number = values[0].number
    switch function {
    case .min: return values.dropFirst().reduce(values[0]) { Number.order($1.number, $0.number) == .less ? $1 : $0 }
    case .max: return values.dropFirst().reduce(values[0]) { Number.order($1.number, $0.number) == .greater ? $1 : $0 }
    case .abs: return FormulaValue(try number.absolute())
    case .floor: return .integer(try number.whole(.down))
    case .int: return .integer(try number.whole(.towardZero))
    case .round: return .integer(try number.whole(.toNearestOrEven))
    case .ceil: return .integer(try number.whole(.up))
    case .sqrt: return FormulaValue(try number.squareRoot())
    case .sign: return .integer(number.sign)
    }
  }
}
