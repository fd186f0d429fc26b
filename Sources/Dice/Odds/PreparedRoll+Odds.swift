import Expressions

extension PreparedRoll {
  /// The exact odds of every total. Draws nothing.
  ///
  /// Dice that explode without an end are followed until less than 2^−40 of the outcomes of each is left; ``Odds/tail`` says how much
  /// that is. The limit on the dice of one roll is not looked at: a roll that reaches it is rarer than that.
  ///
  /// - Throws: ``OddsError`` where it would take more than the limits allow, with the estimate; ``DiceError`` where an
  ///   outcome has no result, as when a divisor of dice shows zero.
  public func odds(limits: OddsLimits = .standard) throws -> Odds {
    do {
      var computer = OddsComputer(plan, OddsBudget(limits))
      return Odds(try computer.law())
    } catch is NoLaw {
      return Odds(try Exhaustion(plan, limits).law())
    }
  }
}

/// What is done to the dice has no law that is put together from those of single dice: every outcome must be gone through.
struct NoLaw: Error {}

/// Computes the odds of a plan node by node: parts of an expression share no dice, so that their laws are independent.
struct OddsComputer {
  private let plan: RollPlan
  private var budget: OddsBudget
  private var parts: [PartLaw] = []

  init(_ plan: RollPlan, _ budget: OddsBudget) {
    self.plan = plan
    self.budget = budget
  }

  /// The law of the total.
  mutating func law() throws -> Law {
    for index in plan.nodes.indices { parts.append(try part(at: index)) }
    guard let root = parts.last else { return .constant(0) }
    guard let numbers = root.numbers else { return root.law }
    return try root.law.mapped(&budget) { code in try numbers[Int(code)].truncated() }
  }

  private mutating func part(at index: Int) throws -> PartLaw {
    switch plan.nodes[index].kind {
    case .number(let number): PartLaw(number)
    case .formula(let formula): PartLaw(.integer(plan.formulas[formula].value))
    case .dice(let term): PartLaw(law: try law(ofTerm: term, []))
    case .unary(.plus, let operand): parts[operand]
    case .unary(.minus, let operand):
      try combined(PartLaw(0), .arithmetic(.subtract), parts[operand], at: index)
    case .binary(let operation, let left, let right):
      try combined(parts[left], operation, parts[right], at: index)
    case .group(let operand, let modifiers): try group(operand, modifiers)
    case .set(let members, let modifiers), .pool(let members, let modifiers):
      try sum(of: members, modifiers, at: index)
    case .call(let function, let arguments): try called(function, arguments, at: index)
    }
  }

  // MARK: Operators and functions

  private mutating func combined(
    _ left: PartLaw, _ operation: DiceOperator, _ right: PartLaw, at node: Int
  ) throws -> PartLaw {
    if left.numbers == nil, right.numbers == nil {
      switch operation {
      case .arithmetic(.add): return PartLaw(law: try left.law.plus(right.law, &budget))
      case .arithmetic(.subtract): return PartLaw(law: try left.law.plus(try right.law.negated(), &budget))
      default: break
      }
    }
    var table = NumberTable()
    let law = try left.law.combined(with: right.law, &budget) { one, other in
      table.code(of: try plan.apply(operation, left.number(one), right.number(other), at: node))
    }
    return try table.part(law, &budget)
  }

  private mutating func called(_ function: DiceFunction, _ arguments: [Int], at node: Int) throws -> PartLaw {
    guard let first = arguments.first else { return PartLaw(0) }
    var result = parts[first]
    if arguments.count == 1 {
      var table = NumberTable()
      let part = result
      let law = try part.law.mapped(&budget) { code in
        table.code(of: try plan.call(function, [part.number(code)], at: node))
      }
      return try table.part(law, &budget)
    }
    // Of three, the least is the lesser of the third and the least of two.
    for argument in arguments.dropFirst() {
      var table = NumberTable()
      let (left, right) = (result, parts[argument])
      let law = try left.law.combined(with: right.law, &budget) { one, other in
        table.code(of: try plan.call(function, [left.number(one), right.number(other)], at: node))
      }
      result = try table.part(law, &budget)
    }
    return result
  }

  // MARK: Parentheses, sets and pools

  private mutating func group(_ operand: Int, _ modifiers: Range<Int>) throws -> PartLaw {
    guard !modifiers.isEmpty else { return parts[operand] }
    var inner = operand
    var all = Array(modifiers)
    while case .group(let next, let before) = plan.nodes[inner].kind {
      all = Array(before) + all
      inner = next
    }
    switch plan.nodes[inner].kind {
    case .dice(let term): return PartLaw(law: try law(ofTerm: term, all))
    case .set(let members, let before): return try sum(of: members, Array(before) + all, at: inner)
    default: return try sum(of: [inner], all, at: inner)
    }
  }

  private mutating func sum(of members: [Int], _ modifiers: Range<Int>, at node: Int) throws -> PartLaw {
    guard !modifiers.isEmpty else {
      var sum = PartLaw(0)
      for member in members { sum = try combined(sum, .arithmetic(.add), parts[member], at: node) }
      return sum
    }
    return try sum(of: members, Array(modifiers), at: node)
  }

  /// What members come to after something was done to them: every combination of their totals is gone through.
  private mutating func sum(of members: [Int], _ modifiers: [Int], at node: Int) throws -> PartLaw {
    var rows: [[Number]] = [[]]
    var joint = Law.constant(0)
    for member in members {
      let part = parts[member]
      let known = rows
      rows = []
      joint = try joint.combined(with: part.law, &budget) { row, code in
        rows.append(known[Int(row)] + [part.number(code)])
        return Int64(rows.count - 1)
      }
    }
    var table = NumberTable()
    let all = rows
    let law = try joint.mapped(&budget) { row in
      var members = MemberTable(values: all[Int(row)])
      return table.code(of: try plan.sum(of: &members, modifiers, at: node))
    }
    return try table.part(law, &budget)
  }

  // MARK: Dice

  /// - Parameter more: what parentheses around the dice do to them.
  private mutating func law(ofTerm index: Int, _ more: [Int]) throws -> Law {
    let term = plan.terms[index]
    let modifiers = (Array(term.modifiers) + more).map { plan.modifiers[$0] }
    let (counts, sidesAllowed) = (0...plan.limits.count, 1...plan.limits.sides)
    switch (term.count, term.sides) {
    case (.known(let count), .known(let sides)):
      return try law(count, sides, term.face, modifiers)
    case (.node(let node), .known(let sides)):
      return try mixture(over: node, counts) { try $0.law($1, sides, term.face, modifiers) }
    case (.known(let count), .node(let node)):
      return try mixture(over: node, sidesAllowed) { try $0.law(count, $1, term.face, modifiers) }
    case (.node(let count), .node(let sides)):
      return try mixture(over: count, counts) { computer, count in
        try computer.mixture(over: sides, sidesAllowed) { try $0.law(count, $1, term.face, modifiers) }
      }
    }
  }

  private mutating func law(
    _ count: Int, _ sides: Int, _ face: DieFace, _ modifiers: [RollPlan.Modifier]
  ) throws -> Law {
    try TermOdds(grammar: plan.grammar, sides: sides, face: face, modifiers: modifiers).law(of: count, &budget)
  }

  /// The law of dice whose number, or sides, is rolled first.
  private mutating func mixture(
    over node: Int, _ allowed: ClosedRange<Int>, _ law: (inout OddsComputer, Int) throws -> Law
  ) throws -> Law {
    let part = parts[node]
    let plan = plan
    var laws: [Int64: Law] = [:]
    for code in part.law.possible.map({ part.law.support[$0] }) {
      let value = part.number(code)
      guard case .integer(let whole) = value, let number = Int(exactly: whole), allowed.contains(number) else {
        throw DiceError.outOfRange(
          "what stands in parentheses before or behind the d", "\(value)", allowed, plan.source,
          at: plan.nodes[node].position)
      }
      laws[code] = try law(&self, number)
    }
    return try part.law.mixture(&budget) { code, _ in laws[code] ?? .constant(0) }
  }
}

/// The law of one part: of whole numbers, or of places in a list of numbers.
struct PartLaw {
  let law: Law
  var numbers: [Number]?

  init(law: Law, numbers: [Number]? = nil) {
    self.law = law
    self.numbers = numbers
  }

  /// A number that is certain.
  init(_ number: Number) {
    if case .integer(let value) = number {
      self.init(law: .constant(value))
    } else {
      self.init(law: .constant(0), numbers: [number])
    }
  }

  func number(_ code: Int64) -> Number { numbers?[Int(code)] ?? .integer(code) }
}

/// Numbers that are not all whole, each once.
private struct NumberTable {
  private var numbers: [Number] = []
  private var codes: [Number: Int64] = [:]

  mutating func code(of number: Number) -> Int64 {
    let number = number.normalized
    if let code = codes[number] { return code }
    let code = Int64(numbers.count)
    codes[number] = code
    numbers.append(number)
    return code
  }

  /// The law of the codes as that of a part, of whole numbers where they all are.
  func part(_ law: Law, _ budget: inout OddsBudget) throws -> PartLaw {
    let whole = numbers.compactMap { if case .integer(let value) = $0 { value } else { nil } }
    guard whole.count == numbers.count else { return PartLaw(law: law, numbers: numbers) }
    return PartLaw(law: try law.mapped(&budget) { whole[Int($0)] })
  }
}
