import Expressions

extension RolledPlan {
  /// `Total 17: 4d6 keeping the highest 3 shows 6, 5, 4 and drops 1, plus 2.`
  func spoken(total: Int64) -> String {
    let verdict =
      switch critical {
      case .success: " Critical success."
      case .failure: " Critical failure."
      case nil: ""
      }
    return "Total \(spoken(.integer(total))): \(spoken(rootIndex)).\(verdict)"
  }

  private func spoken(_ index: Int) -> String {
    let tags = plan.nodes[index].annotations.map { " \($0)" }.joined()
    switch plan.nodes[index].kind {
    case .number(let number): return spoken(number) + tags
    case .formula(let formula): return "\(plan.formulas[formula].spoken)\(tags)"
    case .dice(let term): return spoken(plan.terms[term], tags)
    case .group(let operand): return "the group \(spoken(operand)), end of group\(tags)"
    case .unary(let sign, let operand): return (sign == .minus ? "minus " : "") + spoken(operand) + tags
    case .binary(let operation, let left, let right):
      return "\(spoken(left)), \(operation.spoken) \(spoken(right))"
    }
  }

  private func spoken(_ number: Number) -> String {
    let text = number.plainText
    return text.hasPrefix("-") ? "minus \(text.dropFirst())" : text
  }

  private func spoken(_ term: RollPlan.Term, _ tags: String) -> String {
    let name = "\(term.dice.count)d\(term.sides)" + term.modifiers.map { " \($0.spoken)" }.joined() + tags
    let kept = list(term.dice, where: \.isKept)
    let dropped = list(term.dice) { !$0.isKept }
    return "\(name) shows \(kept ?? "nothing")" + (dropped.map { " and drops \($0)" } ?? "")
  }

  private func list(_ range: Range<Int>, where isListed: (Die) -> Bool) -> String? {
    let all = dice[range].filter(isListed)
    guard !all.isEmpty else { return nil }
    let rest = all.count - Self.listedDiceMax
    return all.prefix(Self.listedDiceMax).map { "\($0.face)" }.joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension RollPlan.Modifier {
  fileprivate var spoken: String {
    "\(isKeep ? "keeping" : "dropping") the \(end == .highest ? "highest" : "lowest") \(count)"
  }
}

extension ResolvedFormula {
  fileprivate var spoken: String {
    exact.map { "\(source), which is \($0.plainText), cut to \(value)" } ?? "\(source), which is \(value)"
  }
}

extension ArithmeticOperator {
  fileprivate var spoken: String {
    switch self {
    case .add: "plus"
    case .subtract: "minus"
    case .multiply: "times"
    case .divide: "divided by"
    case .floorDivide: "divided and rounded down by"
    case .remainder: "modulo"
    }
  }
}
