import Expressions

/// Turns a parsed expression and the values of its formulas into a plan, and refuses what could not be rolled: counts
/// and sides out of range, too many dice, dice that would be drawn for ever, a total that could leave `Int64`. Draws
/// nothing.
struct RollPlanner {
  let expression: DiceExpression
  let limits: DiceLimits
  let grammar: DiceGrammar
  private(set) var formulas: [ResolvedFormula] = []
  private var nodes: [RollPlan.Node] = []
  private var terms: [RollPlan.Term] = []
  private var modifiers: [RollPlan.Modifier] = []
  private(set) var intervals: [RollInterval] = []
  private var diceMax = 0
  /// The dice that are drawn for certain.
  private var diceCount = 0

  init(_ expression: DiceExpression) {
    self.expression = expression
    limits = expression.limits
    grammar = DiceGrammar(expression.dialect)
  }

  mutating func plan(in context: FormulaContext) throws(DiceError) -> PreparedRoll {
    for template in expression.formulas { formulas.append(try resolved(template, in: context)) }
    for node in expression.nodes { try add(node) }
    let plan = RollPlan(
      expression, nodes: nodes, terms: terms, modifiers: modifiers, formulas: formulas,
      diceMax: min(diceMax, limits.dice))
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
    let (kind, interval): (RollPlan.Node.Kind, RollInterval) =
      switch node.kind {
      case .number(let number): (.number(number), RollInterval(number))
      case .formula(let formula): (.formula(formula), RollInterval(.integer(formulas[formula].value)))
      case .dice(let term): (.dice(terms.count), try add(term, at: node.position))
      case .unary(let sign, let operand):
        (
          .unary(sign, operand: operand),
          sign == .plus ? intervals[operand] : try negated(intervals[operand], at: node.position)
        )
      case .binary(let operation, let left, let right):
        (
          .binary(operation, left: left, right: right),
          try combined(left, operation, right, at: node.position)
        )
      case .group(let operand, let modifiers):
        (.group(operand, try add(modifiers)), intervals[operand].afterKeeping(modifiers.isEmpty))
      case .set(let members, let modifiers):
        (.set(members, try add(modifiers)), try sum(of: members, modifiers, at: node.position))
      case .pool(let members, let modifiers):
        (.pool(members, try add(modifiers)), try sum(of: members, modifiers, at: node.position))
      case .call(let function, let arguments):
        (.call(function, arguments), try called(function, arguments, at: node.position))
      }
    nodes.append(RollPlan.Node(kind: kind, annotations: node.annotations, position: node.position))
    intervals.append(interval)
  }

  private mutating func add(_ added: [Modifier]) throws(DiceError) -> Range<Int> {
    let start = modifiers.count
    for modifier in added {
      if modifier.selectors.contains(where: \.needsSides) {
        throw DiceError(
          .syntax, at: modifier.position, in: expression.source,
          "'\(modifier.word)' needs a number here; only dice have a highest face")
      }
      modifiers.append(try resolved(modifier, sides: nil))
    }
    return start..<modifiers.count
  }

  private mutating func add(_ term: DiceTerm, at position: Int) throws(DiceError) -> RollInterval {
    let count = try amount(term.count, "the number of dice", 0...limits.count)
    let sides = try amount(term.sides, "the number of sides", 1...limits.sides)
    let start = modifiers.count
    let sidesMax = try greatest(sides, 1...limits.sides)
    let knownSides = if case .known(let sides) = sides { sides } else { nil as Int? }
    var interval = DiceInterval(
      count: try range(of: count, 0...limits.count), faces: term.face.range(sides: sidesMax), diceMax: limits.dice)
    for modifier in term.modifiers {
      let resolved = try resolved(modifier, sides: knownSides)
      if let knownSides, interval.kept.lowerBound > 0,
        resolved.isEndless(
          on: interval.faces, by: term.face.step, sides: knownSides,
          values: grammar.comparesFaces ? interval.faces : interval.values)
      {
        throw .endless(resolved.notation, expression.source, at: modifier.position)
      }
      interval.apply(resolved, sides: sidesMax)
      modifiers.append(resolved)
    }
    diceMax += interval.drawn
    diceCount += try range(of: count, 0...limits.count).lowerBound
    guard diceCount <= limits.dice else { throw .tooManyDice(diceCount, expression.source, limits, at: position) }
    let range = start..<modifiers.count
    terms.append(
      RollPlan.Term(
        count: count, sides: sides, face: term.face, modifiers: range,
        notation: notation(of: term, modifiers[range]),
        formulas: term.quantities.compactMap { formula(of: $0) }, node: nodes.count))
    return interval.total
  }

  /// `4d6kh3`, every number spelled out that is known.
  private func notation(of term: DiceTerm, _ modifiers: ArraySlice<RollPlan.Modifier>) -> String {
    let text = CanonicalText(expression.nodes, expression.formulas, expression.dialect) {
      formulas[$0].value
    }
    return text.head(of: term) + modifiers.map(\.notation).joined()
  }

  private func resolved(_ modifier: Modifier, sides: Int?) throws(DiceError) -> RollPlan.Modifier {
    var selectors: [RollPlan.Selector] = []
    for selector in modifier.selectors {
      var amount: Int?
      if let quantity = selector.quantity { amount = try number(of: quantity, for: selector) ?? sides }
      selectors.append(RollPlan.Selector(test: selector.test, amount: amount ?? (selector.quantity == nil ? 0 : nil)))
    }
    var cap: Int?
    if let quantity = modifier.cap { cap = try number(quantity, "the number of a modifier", 0...limits.sides) }
    let text = CanonicalText(expression.nodes, expression.formulas, expression.dialect) { formulas[$0].value }
    return RollPlan.Modifier(
      action: modifier.action, selectors: selectors, cap: cap, notation: text.text(of: modifier),
      position: modifier.position)
  }

  private func number(of quantity: Quantity, for selector: Selector) throws(DiceError) -> Int? {
    if case .sides = quantity.source { return nil }
    return try number(
      quantity, "the number of a modifier",
      0...(selector.test.isByValue ? limits.sides : max(limits.count, limits.sides)))
  }

  private func amount(
    _ quantity: Quantity, _ what: String, _ allowed: ClosedRange<Int>
  ) throws(DiceError) -> RollPlan.Amount {
    if case .node(let node) = quantity.source { return .node(node) }
    return .known(try number(quantity, what, allowed) ?? allowed.lowerBound)
  }

  /// What an amount can be, within what is allowed.
  private func range(of amount: RollPlan.Amount, _ allowed: ClosedRange<Int>) throws(DiceError) -> ClosedRange<Int> {
    switch amount {
    case .known(let number): return number...number
    case .node(let node):
      let interval = intervals[node]
      let low = (try? interval.low.whole(.down)).flatMap { Int(exactly: $0) } ?? Int.min
      let high = (try? interval.high.whole(.up)).flatMap { Int(exactly: $0) } ?? Int.max
      guard high >= allowed.lowerBound, low <= allowed.upperBound else {
        throw .outOfRange(
          "what stands in parentheses before or behind the d", "\(interval.low)…\(interval.high)", allowed,
          expression.source, at: expression.nodes[node].position)
      }
      return low.clamped(to: allowed)...high.clamped(to: allowed)
    }
  }

  private func greatest(_ amount: RollPlan.Amount, _ allowed: ClosedRange<Int>) throws(DiceError) -> Int {
    try range(of: amount, allowed).upperBound
  }

  /// The number a quantity stands for; nil for the sides. A literal was checked when it was read; a formula's value is
  /// checked here.
  private func number(
    _ quantity: Quantity, _ what: String, _ allowed: ClosedRange<Int>
  ) throws(DiceError) -> Int? {
    switch quantity.source {
    case .literal(let value): return value
    case .sides, .node: return nil
    case .formula(let index):
      let value = formulas[index].value
      guard let count = Int(exactly: value), allowed.contains(count) else {
        throw .outOfRange(
          what, "\(expression.formulas[index].text) = \(value)", allowed, expression.source, at: quantity.position)
      }
      return count
    }
  }

  private func formula(of quantity: Quantity) -> ResolvedFormula? {
    guard case .formula(let index) = quantity.source else { return nil }
    return formulas[index]
  }
}

extension DiceTerm {
  /// Its numbers in the order they are written.
  fileprivate var quantities: [Quantity] {
    [count, sides] + modifiers.flatMap { [$0.cap].compactMap { $0 } + $0.selectors.compactMap(\.quantity) }
  }
}

extension Selector {
  fileprivate var needsSides: Bool { if case .sides = quantity?.source { true } else { false } }
}

extension Comparable {
  func clamped(to range: ClosedRange<Self>) -> Self {
    min(max(self, range.lowerBound), range.upperBound)
  }
}
