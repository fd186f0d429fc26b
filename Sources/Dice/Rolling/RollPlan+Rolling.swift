import Expressions

extension RollPlan {
  /// Walks the nodes in their order, which is from left to right and operands first.
  @specialized(where Source == ChaChaStream)
  @specialized(where Source == RecordingDraws<ChaChaStream>)
  func roll<Source: DrawSource>(using source: inout Source) throws -> RolledPlan {
    var rolled = RolledPlan(plan: self, values: [], dice: [])
    rolled.values.reserveCapacity(nodes.count)
    rolled.dice.reserveCapacity(diceCount ?? 16)
    if hasMembers { rolled.dropped = Array(repeating: -1, count: nodes.count) }
    var draws = 0
    for index in nodes.indices {
      let value: Number
      switch nodes[index].kind {
      case .number(let number): value = number
      case .formula(let formula): value = .integer(formulas[formula].value)
      case .dice(let term): value = .integer(try roll(term, &rolled, &draws, using: &source))
      case .unary(.plus, let operand): value = rolled.total(of: operand)
      case .unary(.minus, let operand): value = try negated(rolled.total(of: operand), at: index)
      case .binary(let operation, let left, let right):
        value = try apply(operation, rolled.total(of: left), rolled.total(of: right), at: index)
      case .group(let operand, let modifiers):
        try applyMembers(modifiers, ofGroup: operand, &rolled)
        value = rolled.total(of: operand)
      case .set(let members, let modifiers), .pool(let members, let modifiers):
        value = try applyMembers(modifiers, to: members, &rolled, at: index)
      case .call(let function, let arguments):
        value = try call(function, arguments.map { rolled.total(of: $0) }, at: index)
      }
      rolled.values.append(value)
    }
    return rolled
  }

  // MARK: Arithmetic

  private func negated(_ number: Number, at node: Int) throws(DiceError) -> Number {
    do {
      return try number.negated()
    } catch {
      throw DiceError(error, "-\(number) has no result", source, at: nodes[node].position)
    }
  }

  func apply(
    _ operation: DiceOperator, _ left: Number, _ right: Number, at node: Int
  ) throws(DiceError) -> Number {
    do {
      return try operation.apply(left, right)
    } catch {
      throw DiceError(
        error, "\(left) \(operation.symbol) \(right) has no result", source, at: nodes[node].position)
    }
  }

  func call(_ function: DiceFunction, _ arguments: [Number], at node: Int) throws(DiceError) -> Number {
    do {
      return try function.apply(to: arguments, dialect)
    } catch {
      let list = arguments.map { "\($0)" }.joined(separator: ", ")
      throw DiceError(error, "\(function.rawValue)(\(list)) has no result", source, at: nodes[node].position)
    }
  }

  // MARK: Dice

  /// Draws the dice of a term, applies its modifiers, and returns what they come to.
  private func roll(
    _ index: Int, _ rolled: inout RolledPlan, _ draws: inout Int, using source: inout some DrawSource
  ) throws -> Int64 {
    let count: Int
    let sides: Int
    switch terms[index].count {
    case .known(let number): count = number
    case .node(let node): count = try amount(node, "the number of dice", 0...limits.count, rolled)
    }
    switch terms[index].sides {
    case .known(let number): sides = number
    case .node(let node): sides = try amount(node, "the number of sides", 1...limits.sides, rolled)
    }
    let start = rolled.dice.count
    let table = DiceTable(
      plan: self, term: index, sides: UInt32(clamping: sides), face: terms[index].face, start: start)
    for _ in 0..<count { try table.add(to: &rolled, &draws, using: &source) }
    for modifier in terms[index].modifiers { try table.apply(modifier, to: &rolled, &draws, using: &source) }
    if fixedRanges == nil {
      rolled.ranges.append(Int32(clamping: start)..<Int32(clamping: rolled.dice.count))
    }
    var total = rolled.sum(from: start)
    for modifier in modifiers[terms[index].modifiers] {
      guard case .margin(let isBelow) = modifier.action else { continue }
      total = isBelow ? Int64(modifier.amount) - total : total - Int64(modifier.amount)
    }
    return total
  }

  /// A count or a number of sides that was rolled.
  private func amount(
    _ node: Int, _ what: String, _ allowed: ClosedRange<Int>, _ rolled: RolledPlan
  ) throws(DiceError) -> Int {
    let value = rolled.total(of: node)
    guard case .integer(let whole) = value.normalized, let number = Int(exactly: whole), allowed.contains(number) else {
      throw .outOfRange(what, "\(value)", allowed, source, at: nodes[node].position)
    }
    return number
  }
}

extension RolledPlan {
  /// What the kept dice from a place on come to.
  func sum(from start: Int) -> Int64 {
    var sum: Int64 = 0
    for index in start..<dice.count where dice[index].isKept { sum += Int64(dice[index].value) }
    return sum
  }
}
