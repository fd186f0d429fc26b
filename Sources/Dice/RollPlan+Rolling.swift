import Expressions

extension RollPlan {
  /// Walks the nodes in their order, which is from left to right and operands first.
  @specialized(where Source == ChaChaStream)
  @specialized(where Source == RecordingDraws<ChaChaStream>)
  func roll<Source: DrawSource>(using source: inout Source) throws -> RolledPlan {
    var values: [Number] = []
    var dice: [RolledPlan.Die] = []
    values.reserveCapacity(nodes.count)
    dice.reserveCapacity(diceCount)
    for index in nodes.indices {
      switch nodes[index].kind {
      case .number(let number): values.append(number)
      case .formula(let formula): values.append(.integer(formulas[formula].value))
      case .dice(let term): values.append(.integer(try roll(term, at: index, &dice, using: &source)))
      case .group(let operand), .unary(.plus, let operand): values.append(values[operand])
      case .unary(.minus, let operand): values.append(try combine(0, .subtract, values[operand], at: index))
      case .binary(let operation, let left, let right):
        values.append(try combine(values[left], operation, values[right], at: index))
      }
    }
    return RolledPlan(plan: self, values: values, dice: dice)
  }

  /// Draws the dice of a term, applies its modifiers, and returns the sum of the dice kept.
  private func roll(
    _ index: Int, at node: Int, _ dice: inout [RolledPlan.Die], using source: inout some DrawSource
  ) throws -> Int64 {
    let sides = terms[index].sides
    for _ in terms[index].dice {
      let face = try source.draw(sides: sides)
      guard face >= 1, face <= sides else {
        throw DiceError.invalidDraw(face, sides: sides, self.source, at: nodes[node].position)
      }
      dice.append(RolledPlan.Die(face: face))
    }
    for (number, modifier) in terms[index].modifiers.enumerated() {
      modifier.apply(as: number, to: &dice, in: terms[index].dice, sides: sides)
    }
    return dice[terms[index].dice].reduce(0) { $1.isKept ? $0 + Int64($1.face) : $0 }
  }

  private func combine(
    _ left: Number, _ operation: ArithmeticOperator, _ right: Number, at node: Int
  ) throws(DiceError) -> Number {
    do {
      return try Number.combine(left, operation, right).normalized
    } catch {
      throw DiceError(
        error, "\(left) \(operation.rawValue) \(right) has no result", source, at: nodes[node].position)
    }
  }
}
