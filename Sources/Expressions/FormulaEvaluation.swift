/// One walk over a formula's nodes. Costs 1 a node and stops at the bound; recurses at most the depth that parsing
/// allowed.
struct FormulaEvaluation {
  private let formula: Formula
  private let context: FormulaContext
  private let costMax: Int
  private var cost = 0

  init(of formula: Formula, in context: FormulaContext, costMax: Int) {
    self.formula = formula
    self.context = context
    self.costMax = costMax
  }

  mutating func value(at index: Int) throws(FormulaError) -> FormulaValue {
    let node = formula.nodes[index]
    cost += 1
    guard cost <= costMax else { throw .tooCostly(costMax, formula.source, at: node.position) }
    switch node.kind {
    case .constant(let value): return value
    case .name(let name): return try value(named: formula.names[name], at: node)
    case .plus(let operand): return FormulaValue(try value(at: operand).number)
    case .minus(let operand): return try negation(of: try value(at: operand), at: node)
    case .not(let operand): return .boolean(!(try value(at: operand).isTrue))
    case .arithmetic(let operation, let left, let right):
      return try combine(try value(at: left), operation, try value(at: right), at: node)
    case .comparison(let first, let links): return .boolean(try holds(from: try value(at: first), links))
    case .and(let left, let right):
      let value = try value(at: left)
      return value.isTrue ? try self.value(at: right) : value
    case .or(let left, let right):
      let value = try value(at: left)
      return value.isTrue ? value : try self.value(at: right)
    case .choice(let condition, let whenTrue, let whenFalse):
      return try value(at: try value(at: condition).isTrue ? whenTrue : whenFalse)
    case .call(let function, let arguments): return try call(function, arguments, at: node)
    }
  }

  private func value(named name: String, at node: FormulaNode) throws(FormulaError) -> FormulaValue {
    guard let value = context[name] else {
      throw .unknownName(name, context, formula.source, at: node.position)
    }
    return value
  }

  private func negation(of value: FormulaValue, at node: FormulaNode) throws(FormulaError) -> FormulaValue {
    do {
      return FormulaValue(try value.number.negated())
    } catch {
      throw FormulaError(error, "-\(value)", formula.source, at: node.position)
    }
  }

  private func combine(
    _ left: FormulaValue, _ operation: ArithmeticOperator, _ right: FormulaValue, at node: FormulaNode
  ) throws(FormulaError) -> FormulaValue {
    do {
      return FormulaValue(try Number.combine(left.number, operation, right.number))
    } catch {
      throw FormulaError(error, "\(left) \(operation.rawValue) \(right)", formula.source, at: node.position)
    }
  }

  /// `a < b < c` is `a < b and b < c`, each operand evaluated once and none after the first that fails.
  private mutating func holds(from first: FormulaValue, _ links: Range<Int>) throws(FormulaError) -> Bool {
    var left = first
    for link in formula.links[links] {
      let right = try value(at: link.operand)
      guard link.comparison.holds(Number.order(left.number, right.number)) else { return false }
      left = right
    }
    return true
  }

  private mutating func call(
    _ function: FormulaFunction, _ arguments: Range<Int>, at node: FormulaNode
  ) throws(FormulaError) -> FormulaValue {
    var result = try value(at: formula.arguments[arguments.lowerBound])
    guard arguments.count == 1 else {
      for argument in formula.arguments[arguments.dropFirst()] {
        let candidate = try value(at: argument)
        if function.prefers(candidate, over: result) { result = candidate }
      }
      return result
    }
    do {
      result = try function.apply(to: result.number)
    } catch {
      throw FormulaError(error, "\(function.rawValue)(\(result))", formula.source, at: node.position)
    }
    return result
  }
}
