/// The dice of one term while they are rolled. They lie at the end of the roll's dice, so that more can be added.
struct DiceTable {
  let plan: RollPlan
  let term: Int
  let sides: UInt32
  let face: DieFace
  /// Where its first die lies.
  let start: Int

  private var position: Int { plan.nodes[plan.terms[term].node].position }

  /// Draws one face.
  private func draw(_ draws: inout Int, using source: inout some DrawSource) throws -> Int32 {
    guard draws < plan.limits.dice else { throw DiceError.moreDice(plan.source, plan.limits, at: position) }
    let side = try source.draw(sides: sides)
    guard side >= 1, side <= sides else {
      throw DiceError.invalidDraw(side, sides: sides, plan.source, at: position)
    }
    draws += 1
    return face.shown(side)
  }

  /// Adds a die.
  func add(to rolled: inout RolledPlan, _ draws: inout Int, using source: inout some DrawSource) throws {
    let number = draws
    rolled.dice.append(RolledPlan.Die(face: try draw(&draws, using: &source), draw: number))
  }

  func apply(
    _ index: Int, to rolled: inout RolledPlan, _ draws: inout Int, using source: inout some DrawSource
  ) throws {
    let modifier = plan.modifiers[index]
    switch modifier.action {
    case .keep:
      if plan.grammar.keepDropsFirst, let selector = modifier.selectors.first, let rest = rest(selector, in: rolled) {
        rolled.pick([rest], from: start, sides)
        rolled.dropPicked(from: start, by: index)
      } else {
        pick(modifier, in: &rolled)
        rolled.dropUnpicked(from: start, by: index)
      }
    case .drop:
      pick(modifier, in: &rolled)
      rolled.dropPicked(from: start, by: index)
    case .reroll(let isRepeated):
      try reroll(index, modifier, isRepeated, &rolled, &draws, using: &source)
    case .explode(let explosion):
      try explode(index, modifier, explosion, &rolled, &draws, using: &source)
    case .raise: clamp(&rolled, by: index) { max($0, Int32(clamping: modifier.amount)) }
    case .lower: clamp(&rolled, by: index) { min($0, Int32(clamping: modifier.amount)) }
    case .count:
      pick(modifier, in: &rolled)
      rolled.count(from: start) { $0.isPicked ? 1 : 0 }
    case .deduct:
      pick(modifier, in: &rolled)
      rolled.count(from: start) { $0.isPicked ? -1 : $0.value }
    case .subtract:
      pick(modifier, in: &rolled)
      rolled.count(from: start) { $0.isPicked ? -$0.value : $0.value }
    case .margin: break
    }
  }

  // MARK: Picking

  private func pick(_ modifier: RollPlan.Modifier, in rolled: inout RolledPlan) {
    rolled.pick(modifier.selectors, from: start, sides)
  }

  /// What a keep leaves over: the other end, of which Foundry drops the die rolled first when two are equal.
  private func rest(_ selector: RollPlan.Selector, in rolled: RolledPlan) -> RollPlan.Selector? {
    guard !selector.test.isByValue else { return nil }
    let kept = rolled.dice[start...].count(where: \.isKept)
    return RollPlan.Selector(
      test: selector.test == .highest ? .lowest : .highest, amount: max(0, kept - (selector.amount ?? 0)))
  }

  // MARK: Drawing again

  private func reroll(
    _ index: Int, _ modifier: RollPlan.Modifier, _ isRepeated: Bool, _ rolled: inout RolledPlan, _ draws: inout Int,
    using source: inout some DrawSource
  ) throws {
    var left = modifier.cap ?? .max
    var isDone = false
    while !isDone, left > 0 {
      pick(modifier, in: &rolled)
      isDone = !isRepeated
      let end = rolled.dice.count
      var isAny = false
      for die in start..<end where rolled.dice[die].isPicked && left > 0 {
        isAny = true
        left -= 1
        if plan.grammar.rerollAdds {
          rolled.dice[die].drop(by: index, .replaced)
          try add(to: &rolled, &draws, using: &source)
        } else {
          let number = draws
          let shown = try draw(&draws, using: &source)
          if rolled.firstFaces[die] == nil { rolled.firstFaces[die] = rolled.dice[die].face }
          rolled.events.append(
            RolledPlan.Event(
              die: Int32(clamping: die), draw: Int32(clamping: number), face: shown, modifier: Int16(clamping: index)))
          rolled.dice[die].face = shown
          rolled.dice[die].value = shown
        }
      }
      if !isAny { isDone = true }
    }
  }

  private func explode(
    _ index: Int, _ modifier: RollPlan.Modifier, _ explosion: Modifier.Explosion, _ rolled: inout RolledPlan,
    _ draws: inout Int, using source: inout some DrawSource
  ) throws {
    var left = min(modifier.cap ?? .max, explosion == .single ? 1 : .max)
    var isDone = false
    while !isDone, left > 0 {
      isDone = true
      if explosion == .single {
        pickFirst(modifier, in: &rolled)
      } else {
        pick(modifier, in: &rolled)
      }
      for die in start..<rolled.dice.count
      where rolled.dice[die].isPicked && rolled.dice[die].exploded != Int16(clamping: index) && left > 0 {
        isDone = explosion != .repeated
        left -= 1
        rolled.dice[die].exploded = Int16(clamping: index)
        try add(to: &rolled, &draws, using: &source)
      }
    }
  }

  /// Picks one die: the first that the first selector with a match finds.
  private func pickFirst(_ modifier: RollPlan.Modifier, in rolled: inout RolledPlan) {
    for selector in modifier.selectors {
      let single =
        selector.test.isByValue
        ? selector : RollPlan.Selector(test: selector.test, amount: min(1, selector.amount ?? 0))
      rolled.pick([single], from: start, sides)
      guard let first = rolled.dice[start...].firstIndex(where: \.isPicked) else { continue }
      for die in (first + 1)..<rolled.dice.count { rolled.dice[die].isPicked = false }
      return
    }
  }

  // MARK: Values

  private func clamp(_ rolled: inout RolledPlan, by index: Int, _ bound: (Int32) -> Int32) {
    for die in start..<rolled.dice.count where rolled.dice[die].isKept {
      let value = bound(rolled.dice[die].value)
      guard value != rolled.dice[die].value else { continue }
      rolled.dice[die].value = value
      rolled.events.append(
        RolledPlan.Event(die: Int32(clamping: die), draw: -1, face: value, modifier: Int16(clamping: index)))
    }
  }
}
