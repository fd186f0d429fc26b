import Expressions

/// Turns a parsed expression and the values of its formulas into a plan, and refuses what could not be rolled: counts
/// and sides out of range, too many dice, a total that could leave `Int64`. Draws nothing.
struct RollPlanner {
  private let expression: DiceExpression
  private let limits: DiceLimits
  private var formulas: [ResolvedFormula] = []
  private var nodes: [RollPlan.Node] = []
  private var terms: [RollPlan.Term] = []
  private var intervals: [RollInterval] = []
  private var diceCount = 0

  init(_ expression: DiceExpression) {
    self.expression = expression
    limits = expression.limits
  }

  mutating func plan(in context: FormulaContext) throws(DiceError) -> PreparedRoll {
    for template in expression.formulas { formulas.append(try resolved(template, in: context)) }
    for node in expression.nodes { try add(node) }
    let plan = RollPlan(
      source: expression.source, expression: expression.canonicalText, nodes: nodes, terms: terms, formulas: formulas)
    return PreparedRoll(plan: plan, bounds: try bounds())
  }

  private func resolved(
    _ template: TemplateFormula, in context: FormulaContext
  ) throws(DiceError) -> ResolvedFormula {
    let formula = template.formula
    let exact: Number
    do {
      exact = try formula.value(in: context, limits: limits.formula).number.normalized
    } catch {
      throw DiceError(error, startingAt: template.position, in: expression.source)
    }
    do {
      let value = try exact.truncated()
      return ResolvedFormula(source: formula.source, value: value, exact: exact == .integer(value) ? nil : exact)
    } catch {
      throw DiceError(
        error, "the formula gives \(exact), which is too large", expression.source, at: template.position)
    }
  }

  // MARK: Nodes

  private mutating func add(_ node: DiceNode) throws(DiceError) {
    let kind: RollPlan.Node.Kind
    let interval: RollInterval
    switch node.kind {
    case .number(let number): (kind, interval) = (.number(number), RollInterval(number))
    case .formula(let formula):
      (kind, interval) = (.formula(formula), RollInterval(.integer(formulas[formula].value)))
    case .dice(let term):
      kind = .dice(terms.count)
      interval = try add(term, at: node.position)
    case .group(let operand): (kind, interval) = (.group(operand), intervals[operand])
    case .unary(let sign, let operand):
      kind = .unary(sign, operand: operand)
      interval = sign == .plus ? intervals[operand] : try negated(intervals[operand], at: node.position)
    case .binary(let operation, let left, let right):
      kind = .binary(operation, left: left, right: right)
      interval = try combined(left, operation, right, at: node.position)
    }
    nodes.append(RollPlan.Node(kind: kind, annotations: node.annotations, position: node.position))
    intervals.append(interval)
  }

  private mutating func add(_ term: DiceTerm, at position: Int) throws(DiceError) -> RollInterval {
    let count = try number(term.count, "the number of dice", 0...limits.count)
    let sides = try number(term.sides, "the number of sides", 1...limits.sides)
    var modifiers: [RollPlan.Modifier] = []
    var kept = count
    for modifier in term.modifiers {
      modifiers.append(try resolved(modifier))
      kept = modifiers[modifiers.count - 1].remaining(of: kept)
    }
    guard diceCount + count <= limits.dice else {
      throw .tooManyDice(diceCount + count, expression.source, limits, at: position)
    }
    terms.append(
      RollPlan.Term(
        sides: UInt32(sides), dice: diceCount..<diceCount + count, modifiers: modifiers,
        notation: "\(count)d\(sides)" + modifiers.map(\.notation).joined(),
        formulas: term.quantities.compactMap { formula(of: $0) }))
    diceCount += count
    return RollInterval(count: kept, sides: sides)
  }

  private func resolved(_ modifier: Modifier) throws(DiceError) -> RollPlan.Modifier {
    let count = try number(modifier.quantity, "the number of a modifier", 0...limits.count)
    return switch modifier {
    case .keep(let end, _): RollPlan.Modifier(isKeep: true, end: end, count: count)
    case .drop(let end, _): RollPlan.Modifier(isKeep: false, end: end, count: count)
    }
  }

  /// The number a quantity stands for. A literal was checked when it was read; a formula's value is checked here.
  private func number(
    _ quantity: Quantity, _ what: String, _ allowed: ClosedRange<Int>
  ) throws(DiceError) -> Int {
    switch quantity.source {
    case .literal(let value): return value
    case .formula(let index):
      let value = formulas[index].value
      guard let count = Int(exactly: value), allowed.contains(count) else {
        throw .outOfRange(
          what, "{\(formulas[index].source)} = \(value)", allowed, expression.source, at: quantity.position)
      }
      return count
    }
  }

  private func formula(of quantity: Quantity) -> ResolvedFormula? {
    guard case .formula(let index) = quantity.source else { return nil }
    return formulas[index]
  }

  // MARK: Bounds

  private func negated(_ interval: RollInterval, at position: Int) throws(DiceError) -> RollInterval {
    do {
      return try interval.negated()
    } catch {
      throw DiceError(error, "the number cannot change its sign", expression.source, at: position)
    }
  }

  private func combined(
    _ left: Int, _ operation: ArithmeticOperator, _ right: Int, at position: Int
  ) throws(DiceError) -> RollInterval {
    do {
      return try RollInterval.combine(intervals[left], operation, intervals[right])
    } catch {
      let reason = error == .divisionByZero ? "the divisor can be zero" : "the result can be too large"
      throw DiceError(error, reason, expression.source, at: position)
    }
  }

  private func bounds() throws(DiceError) -> ClosedRange<Int64> {
    let total = intervals[intervals.count - 1]
    do {
      return try total.low.truncated()...total.high.truncated()
    } catch {
      throw DiceError(error, "the total can be too large", expression.source, at: 0)
    }
  }
}

extension DiceTerm {
  /// Its numbers in the order they are written.
  fileprivate var quantities: [Quantity] {
    [count, sides] + modifiers.map(\.quantity)
  }
}
