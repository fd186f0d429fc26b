/// The law of dice of one kind after what is done to them.
///
/// While modifiers look at one die at a time, the law is that of one die, copied. Once they look at ranks, it is that of the
/// dice in their order. What fits neither is ``NoLaw``.
struct TermOdds {
  /// So little of one die's outcomes may be left when its explosions are cut off: 2^−40, about one in a million millions.
  static let tailBits = 40
  /// So many dice one die may become.
  static let explosionsMax = 256

  let grammar: DiceGrammar
  let sides: Int
  let face: DieFace
  let modifiers: [RollPlan.Modifier]

  /// The law of what `count` dice come to.
  func law(of count: Int, _ budget: inout OddsBudget) throws -> Law {
    guard count > 0 else { return try adjusted(.constant(0)) }
    let ranked = modifiers.firstIndex { !$0.isByValue } ?? modifiers.endIndex
    var die = try DieLaw(raw(&budget), grammar: grammar, sides: sides)
    for (place, modifier) in modifiers[..<ranked].enumerated() {
      if case .explode = modifier.action {
        // Behind an explosion the dice of one are several.
        guard modifiers[(place + 1)...].allSatisfy(\.isMargin) else { throw NoLaw() }
        let law = try die.exploding(modifier, copies: count, &budget).repeated(count, &budget)
        return try adjusted(law)
      }
      try die.apply(modifier, copies: count, &budget)
    }
    guard ranked < modifiers.endIndex else { return try adjusted(die.values(&budget).repeated(count, &budget)) }
    var order = try RankedDice(die, count, &budget)
    for modifier in modifiers[ranked...] { try order.apply(modifier) }
    return try adjusted(order.law(&budget))
  }

  /// One die as it falls.
  private func raw(_ budget: inout OddsBudget) throws -> Law {
    switch face {
    case .numbered: try Law.die(sides: sides, &budget)
    case .tens: try Law.die(sides: 10, &budget).scaled(by: 10).shifted(by: -10)
    case .fate: try Law.die(sides: 3, &budget).shifted(by: -2)
    case .coin: try Law.die(sides: 2, &budget).shifted(by: -1)
    }
  }

  /// The margins, which come last.
  private func adjusted(_ law: Law) throws -> Law {
    var law = law
    for modifier in modifiers {
      guard case .margin(let isBelow) = modifier.action else { continue }
      law =
        isBelow ? try law.negated().shifted(by: Int64(modifier.amount)) : try law.shifted(by: -Int64(modifier.amount))
    }
    return law
  }
}

extension RollPlan.Modifier {
  fileprivate var isMargin: Bool { if case .margin = action { true } else { false } }

  /// Whether it looks at one die at a time.
  fileprivate var isByValue: Bool { selectors.allSatisfy(\.test.isByValue) }
}

extension Array where Element == RollPlan.Selector {
  /// Whether one of them picks a die by what it shows or counts.
  func match(_ outcome: DieOutcome, _ grammar: DiceGrammar, sides: Int) -> Bool {
    contains { selector in
      // What counts nothing is no matter of faces.
      let isFace = grammar.comparesFaces && selector.test != .unsuccessful
      return selector.matches(Int(isFace ? outcome.face : outcome.value), sides: sides)
    }
  }
}

/// How one die can lie there.
struct DieOutcome: Hashable {
  var face: Int64
  var value: Int64
  var isKept = true
}

/// The law of how one die lies there, while nothing looks at several.
struct DieLaw {
  /// As it falls.
  let raw: Law
  let grammar: DiceGrammar
  let sides: Int
  /// Of places in `outcomes`, or of faces while nothing was done.
  private(set) var law: Law
  /// Nil while a die counts what it shows.
  private var outcomes: [DieOutcome]?
  /// Whether nothing was done to it.
  private var isRaw = true

  init(_ raw: Law, grammar: DiceGrammar, sides: Int) {
    self.raw = raw
    self.grammar = grammar
    self.sides = sides
    law = raw
  }

  private func outcome(_ code: Int64) -> DieOutcome { outcomes?[Int(code)] ?? DieOutcome(face: code, value: code) }

  private func isPicked(_ outcome: DieOutcome, by modifier: RollPlan.Modifier) -> Bool {
    outcome.isKept && modifier.selectors.match(outcome, grammar, sides: sides)
  }

  mutating func apply(_ modifier: RollPlan.Modifier, copies: Int, _ budget: inout OddsBudget) throws {
    let before = self
    switch modifier.action {
    case .keep: try change(&budget) { if !before.isPicked($0, by: modifier) { $0.isKept = false } }
    case .drop: try change(&budget) { if before.isPicked($0, by: modifier) { $0.isKept = false } }
    case .raise: try change(&budget) { $0.value = max($0.value, Int64(modifier.amount)) }
    case .lower: try change(&budget) { $0.value = min($0.value, Int64(modifier.amount)) }
    case .count: try change(&budget) { $0.value = before.isPicked($0, by: modifier) ? 1 : 0 }
    case .deduct: try change(&budget) { if before.isPicked($0, by: modifier) { $0.value = -1 } }
    case .subtract: try change(&budget) { if before.isPicked($0, by: modifier) { $0.value = -$0.value } }
    case .reroll(let isRepeated): try reroll(modifier, isRepeated, copies: copies, &budget)
    case .margin: break
    case .explode: throw NoLaw()
    }
  }

  /// Does the same to every outcome.
  private mutating func change(_ budget: inout OddsBudget, _ body: (inout DieOutcome) -> Void) throws {
    var table = OutcomeTable()
    law = try law.mapped(&budget) { code in
      var outcome = outcome(code)
      body(&outcome)
      return table.code(of: outcome)
    }
    outcomes = table.outcomes
    isRaw = false
  }

  private mutating func reroll(
    _ modifier: RollPlan.Modifier, _ isRepeated: Bool, copies: Int, _ budget: inout OddsBudget
  ) throws {
    // A cap is shared by all dice of the term.
    let capMin = isRepeated ? Int.max : copies
    guard modifier.cap ?? .max >= capMin || (copies == 1 && modifier.cap ?? 0 >= 0) else { throw NoLaw() }
    let rerolls = isRepeated ? modifier.cap : min(modifier.cap ?? 1, 1)
    let matches: (Int64) -> Bool = {
      modifier.selectors.match(DieOutcome(face: $0, value: $0), grammar, sides: sides)
    }
    let again: Law
    if let rerolls {
      guard rerolls > 0 else { return }
      if isRaw {
        law = try raw.rerolled(atMost: rerolls, &budget, where: matches)
        isRaw = false
        return
      }
      again = try raw.rerolled(atMost: rerolls - 1, &budget, where: matches)
    } else {
      again = try raw.rerolledUntilNone(&budget, where: matches)
      if isRaw {
        law = again
        isRaw = false
        return
      }
    }
    var table = OutcomeTable()
    let mapped = try again.mapped(&budget) { table.code(of: DieOutcome(face: $0, value: $0)) }
    law = try law.mixture(&budget) { code, _ in
      let outcome = outcome(code)
      return isPicked(outcome, by: modifier) ? mapped : .constant(table.code(of: outcome))
    }
    outcomes = table.outcomes
    isRaw = false
  }

  /// What one die counts.
  func values(_ budget: inout OddsBudget) throws -> Law {
    guard outcomes != nil else { return law }
    return try law.mapped(&budget) { code in outcome(code).isKept ? outcome(code).value : 0 }
  }

  /// What one die, and those that it adds, count.
  func exploding(_ modifier: RollPlan.Modifier, copies: Int, _ budget: inout OddsBudget) throws -> Law {
    guard modifier.cap ?? .max >= copies || copies == 1, modifier.cap == nil || copies == 1 else { throw NoLaw() }
    let matches: (Int64) -> Bool = {
      modifier.selectors.match(DieOutcome(face: $0, value: $0), grammar, sides: sides)
    }
    let endless = Law.Explosions.endless(bits: TermOdds.tailBits, depthMax: TermOdds.explosionsMax)
    let most: Law.Explosions
    switch (modifier.action, modifier.cap) {
    case (.explode(.repeated), nil): most = endless
    case (.explode(.repeated), let cap?): most = .atMost(cap)
    case (.explode(.once), _): most = .atMost(min(modifier.cap ?? 1, 1))
    default:
      // One die for all of the term.
      guard copies == 1 else { throw NoLaw() }
      most = .atMost(min(modifier.cap ?? 1, 1))
    }
    guard !isRaw else { return try raw.exploding(most, &budget, where: matches) }
    let added: Law
    switch most {
    case .atMost(0): return try values(&budget)
    case .atMost(let dice): added = try raw.exploding(.atMost(dice - 1), &budget, where: matches)
    case .endless: added = try raw.exploding(endless, &budget, where: matches)
    }
    return try law.mixture(&budget) { code, _ in
      let outcome = outcome(code)
      let value = outcome.isKept ? outcome.value : 0
      return isPicked(outcome, by: modifier) ? try added.shifted(by: value) : .constant(value)
    }
  }

  /// The law of what ranks go by, and what a die counts for each; nil where that is more than one thing.
  func keys(_ budget: inout OddsBudget) throws -> (law: Law, values: [Int64: Int64])? {
    guard let outcomes else {
      let values = law.possible.map { law.support[$0] }
      return (law, Dictionary(values.map { ($0, $0) }, uniquingKeysWith: { $1 }))
    }
    var values: [Int64: Int64] = [:]
    for outcome in outcomes {
      let key = grammar.comparesFaces ? outcome.face : outcome.value
      guard outcome.isKept, values[key] ?? outcome.value == outcome.value else { return nil }
      values[key] = outcome.value
    }
    return (
      try law.mapped(&budget) { grammar.comparesFaces ? outcome($0).face : outcome($0).value }, values
    )
  }
}

/// Outcomes, each once.
private struct OutcomeTable {
  private(set) var outcomes: [DieOutcome] = []
  private var codes: [DieOutcome: Int64] = [:]

  mutating func code(of outcome: DieOutcome) -> Int64 {
    if let code = codes[outcome] { return code }
    let code = Int64(outcomes.count)
    codes[outcome] = code
    outcomes.append(outcome)
    return code
  }
}

/// Dice in the order of what they show, of which some ranks are kept.
struct RankedDice {
  private let law: Law
  private let grammar: DiceGrammar
  private let sides: Int
  /// From the highest down.
  private var isKept: [Bool]
  /// What a die counts, by what ranks go by; nil where it is dropped.
  private var values: [Int64: Int64?]
  /// Whether ranks can still be told: not once dice were dropped by what they show.
  private var isRanked = true

  init(_ die: DieLaw, _ count: Int, _ budget: inout OddsBudget) throws {
    guard let (law, values) = try die.keys(&budget) else { throw NoLaw() }
    self.law = law
    self.values = values.mapValues { $0 }
    grammar = die.grammar
    sides = die.sides
    isKept = Array(repeating: true, count: count)
  }

  mutating func apply(_ modifier: RollPlan.Modifier) throws {
    let isByRank = modifier.selectors.contains { !$0.test.isByValue }
    let before = self
    switch modifier.action {
    case .keep, .drop:
      guard isByRank else {
        isRanked = false
        let drops = modifier.action == .drop
        return change { key, value in before.picks(modifier, key, value) == drops ? nil : value }
      }
      try select(modifier)
    case .raise: change { _, value in max(value, Int64(modifier.amount)) }
    case .lower: change { _, value in min(value, Int64(modifier.amount)) }
    case .count where !isByRank: change { key, value in before.picks(modifier, key, value) ? 1 : 0 }
    case .deduct where !isByRank: change { key, value in before.picks(modifier, key, value) ? -1 : value }
    case .subtract where !isByRank: change { key, value in before.picks(modifier, key, value) ? -value : value }
    case .margin: break
    case .reroll, .explode, .count, .deduct, .subtract: throw NoLaw()
    }
  }

  private func picks(_ modifier: RollPlan.Modifier, _ key: Int64, _ value: Int64) -> Bool {
    modifier.selectors.match(DieOutcome(face: key, value: value), grammar, sides: sides)
  }

  private mutating func change(_ body: (Int64, Int64) -> Int64?) {
    for (key, value) in values { if let value { values[key] = .some(body(key, value)) } }
  }

  private mutating func select(_ modifier: RollPlan.Modifier) throws {
    // Of equal dice both ends pick the first rolled, and may so pick one die twice: that is no matter of ranks.
    guard isRanked, Set(modifier.selectors.map(\.test)).count == 1 else { throw NoLaw() }
    let kept = isKept.indices.filter { isKept[$0] }
    var picked: Set<Int> = []
    for selector in modifier.selectors {
      let amount = min(selector.amount ?? 0, kept.count)
      picked.formUnion(selector.test == .highest ? kept.prefix(amount) : kept.suffix(amount))
    }
    for rank in kept { isKept[rank] = picked.contains(rank) == (modifier.action == .keep) }
  }

  func law(_ budget: inout OddsBudget) throws -> Law {
    try law.ranked(isKept, &budget) { key in (values[key] ?? nil) ?? 0 }
  }
}
