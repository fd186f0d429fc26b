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
    case .dice(let term): return spoken(ofTerm: term, tags)
    case .group(let operand, let modifiers):
      return "the group \(spoken(operand)), end of group\(spoken(modifiers))\(tags)"
    case .unary(let sign, let operand): return (sign == .minus ? "minus " : "") + spoken(operand) + tags
    case .binary(let operation, let left, let right):
      return "\(spoken(left)), \(operation.spoken) \(spoken(right))"
    case .set(let members, let modifiers): return "the set of \(spoken(members)), end of set\(spoken(modifiers))\(tags)"
    case .pool(let members, let modifiers):
      return "the pool of \(spoken(members)), end of pool\(spoken(modifiers))\(tags)"
    case .call(let function, let arguments):
      return "\(function.spoken) \(arguments.map { spoken($0) }.joined(separator: " and "))\(tags)"
    }
  }

  private func spoken(_ members: [Int]) -> String {
    members.map { dropper(of: $0) == nil ? spoken($0) : "\(spoken($0)), dropped" }.joined(separator: "; ")
  }

  private func spoken(_ modifiers: Range<Int>) -> String {
    plan.modifiers[modifiers].map { " \($0.spoken)" }.joined()
  }

  private func spoken(_ number: Number) -> String {
    let text = number.plainText
    return text.hasPrefix("-") ? "minus \(text.dropFirst())" : text
  }

  private func spoken(ofTerm index: Int, _ tags: String) -> String {
    let term = plan.terms[index]
    let range = range(of: index)
    let initial = if case .known(let count) = term.count { count } else { range.count }
    let name = "\(initial)d\(term.face.spoken(sides(of: index)))\(spoken(term.modifiers))\(tags)"
    let counts = [term.count, term.sides].compactMap { if case .node(let node) = $0 { spoken(node) } else { nil } }
    let first = counts.isEmpty ? "" : ", for which \(counts.joined(separator: " and ")),"
    let kept = list(range, where: \.isKept)
    let dropped = list(range) { !$0.isKept }
    return "\(name)\(first) shows \(kept ?? "nothing")" + (dropped.map { " and drops \($0)" } ?? "")
  }

  private func list(_ range: Range<Int>, where isListed: (Die) -> Bool) -> String? {
    let all = dice[range].filter(isListed)
    guard !all.isEmpty else { return nil }
    let rest = all.count - Self.listedDiceMax
    return all.prefix(Self.listedDiceMax).map { "\($0.face)" }.joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension DieFace {
  fileprivate func spoken(_ sides: UInt32) -> String {
    switch self {
    case .numbered: "\(sides)"
    case .tens: " percent"
    case .fate: " fate"
    case .coin: " coin"
    }
  }
}

extension RollPlan.Modifier {
  fileprivate var spoken: String {
    let picked = selectors.map(\.spoken).joined(separator: " or ")
    return switch action {
    case .keep: "keeping \(picked)"
    case .drop: "dropping \(picked)"
    case .reroll(let isRepeated): "rerolling \(picked)\(isRepeated ? " until there is none" : " once")"
    case .explode(.repeated): "exploding on \(picked)"
    case .explode(.once): "exploding once on \(picked)"
    case .explode(.single): "adding one die for \(picked)"
    case .raise: "at least \(amount)"
    case .lower: "at most \(amount)"
    case .count: "counting \(picked)"
    case .deduct: "taking one off for \(picked)"
    case .subtract: "subtracting \(picked)"
    case .margin(let isBelow): isBelow ? "below \(amount) by" : "above \(amount) by"
    }
  }
}

extension RollPlan.Selector {
  fileprivate var spoken: String {
    let number = amount.map { "\($0)" } ?? "the most"
    return switch test {
    case .highest: "the highest \(number)"
    case .lowest: "the lowest \(number)"
    case .equal: number
    case .less: "less than \(number)"
    case .lessOrEqual: "\(number) or less"
    case .greater: "more than \(number)"
    case .greaterOrEqual: "\(number) or more"
    case .even: "even ones"
    case .odd: "odd ones"
    case .unsuccessful: "every miss"
    case .amount: number
    }
  }
}

extension DiceFunction {
  fileprivate var spoken: String {
    switch self {
    case .abs: "the size of"
    case .ceil: "rounded up"
    case .floor: "rounded down"
    case .int: "the whole part of"
    case .max: "the greatest of"
    case .min: "the least of"
    case .round: "rounded"
    case .sign: "the sign of"
    case .sqrt: "the square root of"
    }
  }
}

extension ResolvedFormula {
  fileprivate var spoken: String {
    exact.map { "\(source), which is \($0.plainText), cut to \(value)" } ?? "\(source), which is \(value)"
  }
}
