import Expressions

extension RolledPlan {
  func total() throws(DiceError) -> Int64 {
    do {
      return try values[rootIndex].truncated()
    } catch {
      throw DiceError(error, "the total \(values[rootIndex]) is too large", plan.source, at: 0)
    }
  }

  /// The tree below a node. Recurses as deep as the expression, which its limits bound.
  func node(at index: Int) -> RollNode {
    RollNode(kind: kind(of: index), value: values[index], annotations: plan.nodes[index].annotations)
  }

  private func kind(of index: Int) -> RollNode.Kind {
    switch plan.nodes[index].kind {
    case .number: .number
    case .formula(let formula): .formula(plan.formulas[formula])
    case .dice(let term): dice(of: plan.terms[term])
    case .group(let operand): .group(node(at: operand))
    case .unary(let sign, let operand): .unary(operator: sign.rawValue, operand: node(at: operand))
    case .binary(let operation, let left, let right):
      .binary(operator: operation.rawValue, left: node(at: left), right: node(at: right))
    }
  }

  private func dice(of term: RollPlan.Term) -> RollNode.Kind {
    .dice(
      notation: term.notation, sides: term.sides,
      dice: term.dice.map { index in
        RolledDie(
          sides: term.sides, faces: [dice[index].face], draws: [index], value: Int64(dice[index].face),
          state: dice[index].isKept ? .kept : .dropped,
          why: dice[index].modifier.map { term.modifiers[$0].notation })
      },
      formulas: term.formulas)
  }

  /// Follows the left edge of the expression down to its first leaf.
  var critical: RollResult.Critical? {
    var index = rootIndex
    while true {
      switch plan.nodes[index].kind {
      case .binary(_, let left, _): index = left
      case .unary(_, let operand), .group(let operand): index = operand
      case .number, .formula: return nil
      case .dice(let term): return critical(of: plan.terms[term])
      }
    }
  }

  private func critical(of term: RollPlan.Term) -> RollResult.Critical? {
    let kept = dice[term.dice].filter(\.isKept)
    guard term.sides == 20, kept.count == 1 else { return nil }
    return switch kept[0].face {
    case 20: .success
    case 1: .failure
    default: nil
    }
  }
}
