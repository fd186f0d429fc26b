import Expressions

/// What is done to parentheses, sets and pools.
extension RollPlan {
  /// Applies modifiers through parentheses: to the dice of a term, to the members of a set, or to the one part inside.
  func applyMembers(_ modifiers: Range<Int>, ofGroup operand: Int, _ rolled: inout RolledPlan) throws {
    guard !modifiers.isEmpty else { return }
    // The parentheses between here and what is inside say the new value too.
    var path: [Int] = []
    var inner = operand
    while case .group(let next, _) = nodes[inner].kind {
      path.append(inner)
      inner = next
    }
    switch nodes[inner].kind {
    case .dice(let term):
      let range = rolled.range(of: term)
      for modifier in modifiers { drop(modifier, in: range, of: term, &rolled) }
      rolled.values[inner] = .integer(rolled.sum(of: range))
    case .set(let members, _):
      rolled.values[inner] = try applyMembers(modifiers, to: members, &rolled, at: inner)
    default:
      _ = try applyMembers(modifiers, to: [inner], &rolled, at: inner)
    }
    let total = rolled.total(of: inner)
    for group in path.reversed() { rolled.values[group] = total }
  }

  /// Applies modifiers to members, and returns what they come to.
  func applyMembers(
    _ modifiers: Range<Int>, to members: [Int], _ rolled: inout RolledPlan, at node: Int
  ) throws -> Number {
    var margins: [(isBelow: Bool, amount: Int)] = []
    for index in modifiers {
      let modifier = self.modifiers[index]
      let picked = rolled.picked(modifier.selectors, of: members, dropsFirst: grammar.keepDropsFirst, modifier.action)
      for (member, isPicked) in zip(members, picked) where rolled.dropper(of: member) == nil {
        switch modifier.action {
        case .keep: if !isPicked { rolled.dropped[member] = Int16(clamping: index) }
        case .drop: if isPicked { rolled.dropped[member] = Int16(clamping: index) }
        case .count: rolled.counted[member] = isPicked ? 1 : 0
        case .deduct: if isPicked { rolled.counted[member] = -1 }
        case .subtract:
          if isPicked { rolled.counted[member] = try apply(.arithmetic(.subtract), 0, rolled.values[member], at: node) }
        case .margin, .reroll, .explode, .raise, .lower: break
        }
      }
      if case .margin(let isBelow) = modifier.action { margins.append((isBelow, modifier.amount)) }
    }
    var sum: Number = 0
    for member in members { sum = try apply(.arithmetic(.add), sum, rolled.total(of: member), at: node) }
    for margin in margins {
      let amount = Number.integer(Int64(margin.amount))
      sum =
        margin.isBelow
        ? try apply(.arithmetic(.subtract), amount, sum, at: node)
        : try apply(.arithmetic(.subtract), sum, amount, at: node)
    }
    return sum
  }

  /// Keeps or drops dice of a term that was rolled before.
  private func drop(_ index: Int, in range: Range<Int>, of term: Int, _ rolled: inout RolledPlan) {
    let sides = if case .known(let sides) = terms[term].sides { sides } else { 0 }
    let rest = Array(rolled.dice[range.upperBound...])
    rolled.dice.removeSubrange(range.upperBound...)
    rolled.pick(modifiers[index].selectors, from: range.lowerBound, UInt32(clamping: sides))
    if modifiers[index].action == .keep {
      rolled.dropUnpicked(from: range.lowerBound, by: index)
    } else {
      rolled.dropPicked(from: range.lowerBound, by: index)
    }
    rolled.dice += rest
  }
}

extension RolledPlan {
  fileprivate func sum(of range: Range<Int>) -> Int64 {
    dice[range].reduce(0) { $1.isKept ? $0 + Int64($1.value) : $0 }
  }

  /// Which of the members that are kept a modifier picks.
  fileprivate func picked(
    _ selectors: [RollPlan.Selector], of members: [Int], dropsFirst: Bool, _ action: Modifier.Action
  ) -> [Bool] {
    var picked = Array(repeating: false, count: members.count)
    let kept = members.indices.filter { dropper(of: members[$0]) == nil }
    for selector in selectors {
      if selector.test.isByValue {
        for place in kept where matches(selector, values[members[place]]) { picked[place] = true }
      } else {
        let isHighest = selector.test == .highest
        let isKeptLast = dropsFirst && action == .keep
        let ranked = kept.sorted { left, right in
          let order = Number.order(values[members[left]], values[members[right]])
          guard order != .equal else { return isKeptLast ? left > right : left < right }
          return order == (isHighest ? .greater : .less)
        }
        for place in ranked.prefix(selector.amount ?? 0) { picked[place] = true }
      }
    }
    return picked
  }

  private func matches(_ selector: RollPlan.Selector, _ value: Number) -> Bool {
    let order = Number.order(value, .integer(Int64(selector.amount ?? 0)))
    return switch selector.test {
    case .equal: order == .equal
    case .less: order == .less
    case .lessOrEqual: order != .greater
    case .greater: order == .greater
    case .greaterOrEqual: order != .less
    case .even: value.isMultipleOfTwo
    case .odd: !value.isMultipleOfTwo
    case .unsuccessful: value.isZero
    case .highest, .lowest, .amount: false
    }
  }
}

extension Number {
  fileprivate var isMultipleOfTwo: Bool {
    switch self {
    case .integer(let value): value.isMultiple(of: 2)
    case .double(let value): value.truncatingRemainder(dividingBy: 2) == 0
    }
  }
}
