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
  ) throws(DiceError) -> Number {
    var table = MemberTable(values: members.map { rolled.values[$0] })
    for (place, member) in members.enumerated() {
      table.dropped[place] = rolled.dropper(of: member)
      table.counted[place] = rolled.counted[member]
    }
    let sum = try sum(of: &table, Array(modifiers), at: node)
    guard !modifiers.isEmpty else { return sum }
    for (place, member) in members.enumerated() {
      if let dropper = table.dropped[place] { rolled.dropped[member] = Int16(clamping: dropper) }
      if let counted = table.counted[place] { rolled.counted[member] = counted }
    }
    return sum
  }

  /// What members come to after modifiers.
  func sum(of table: inout MemberTable, _ modifiers: [Int], at node: Int) throws(DiceError) -> Number {
    for index in modifiers {
      do {
        try table.apply(self.modifiers[index], index, dropsFirst: grammar.keepDropsFirst)
      } catch {
        throw DiceError(error, "a member cannot change its sign", source, at: nodes[node].position)
      }
    }
    var sum: Number = 0
    for place in table.values.indices { sum = try apply(.arithmetic(.add), sum, table.total(place), at: node) }
    for index in modifiers {
      guard case .margin(let isBelow) = self.modifiers[index].action else { continue }
      let amount = Number.integer(Int64(self.modifiers[index].amount))
      let (left, right) = isBelow ? (amount, sum) : (sum, amount)
      sum = try apply(.arithmetic(.subtract), left, right, at: node)
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
}

/// The members of a set or a pool while something is done to them.
struct MemberTable {
  /// Their totals.
  let values: [Number]
  /// The modifier that dropped each; nil while it is kept.
  var dropped: [Int?]
  /// What each counts instead of its total.
  var counted: [Number?]

  init(values: [Number]) {
    self.values = values
    dropped = Array(repeating: nil, count: values.count)
    counted = Array(repeating: nil, count: values.count)
  }

  /// What a member adds.
  func total(_ place: Int) -> Number { dropped[place] == nil ? counted[place] ?? values[place] : 0 }

  mutating func apply(
    _ modifier: RollPlan.Modifier, _ index: Int, dropsFirst: Bool
  ) throws(ArithmeticFault) {
    let picked = picked(modifier, dropsFirst: dropsFirst)
    for place in values.indices where dropped[place] == nil {
      switch modifier.action {
      case .keep: if !picked.contains(place) { dropped[place] = index }
      case .drop: if picked.contains(place) { dropped[place] = index }
      case .count: counted[place] = picked.contains(place) ? 1 : 0
      case .deduct: if picked.contains(place) { counted[place] = -1 }
      case .subtract: if picked.contains(place) { counted[place] = try values[place].negated() }
      case .margin, .reroll, .explode, .raise, .lower: break
      }
    }
  }

  /// Which of the members that are kept a modifier picks.
  private func picked(_ modifier: RollPlan.Modifier, dropsFirst: Bool) -> Set<Int> {
    var picked: Set<Int> = []
    let kept = values.indices.filter { dropped[$0] == nil }
    for selector in modifier.selectors {
      if selector.test.isByValue {
        picked.formUnion(kept.filter { matches(selector, $0) })
      } else {
        let isHighest = selector.test == .highest
        let isKeptLast = dropsFirst && modifier.action == .keep
        let ranked = kept.sorted { left, right in
          let order = Number.order(values[left], values[right])
          guard order != .equal else { return isKeptLast ? left > right : left < right }
          return order == (isHighest ? .greater : .less)
        }
        picked.formUnion(ranked.prefix(selector.amount ?? 0))
      }
    }
    return picked
  }

  private func matches(_ selector: RollPlan.Selector, _ place: Int) -> Bool {
    let value = selector.test == .unsuccessful ? total(place) : values[place]
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
