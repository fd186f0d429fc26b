import Expressions

/// Between what the dice of one term lie while its modifiers are applied: how many are kept, what each counts, how many are
/// drawn.
struct DiceInterval {
  private(set) var kept: ClosedRange<Int>
  private(set) var values: ClosedRange<Int>
  private var margin: ClosedRange<Int> = 0...0
  private var isNegated = false
  /// The most dice that are drawn.
  private(set) var drawn: Int
  let faces: ClosedRange<Int>
  private let diceMax: Int

  init(count: ClosedRange<Int>, faces: ClosedRange<Int>, diceMax: Int) {
    kept = count
    values = faces
    drawn = count.upperBound
    self.faces = faces
    self.diceMax = diceMax
  }

  mutating func apply(_ modifier: RollPlan.Modifier, sides: Int) {
    if kept.upperBound == 0, modifier.drawsDice { return }
    switch modifier.action {
    case .keep: keep(modifier.selectors)
    case .drop: drop(modifier.selectors)
    case .reroll(let isRepeated):
      values = min(values.lowerBound, faces.lowerBound)...max(values.upperBound, faces.upperBound)
      draw(isRepeated ? modifier.cap ?? diceMax : min(modifier.cap ?? kept.upperBound, kept.upperBound))
    case .explode(let explosion):
      values = min(values.lowerBound, faces.lowerBound)...max(values.upperBound, faces.upperBound)
      let most =
        switch explosion {
        case .repeated: modifier.cap ?? diceMax
        case .once: min(modifier.cap ?? kept.upperBound, kept.upperBound)
        case .single: min(1, modifier.cap ?? 1)
        }
      kept = kept.lowerBound...min(kept.upperBound + most, diceMax)
      draw(most)
    case .raise:
      values = max(values.lowerBound, modifier.amount)...max(values.upperBound, modifier.amount)
    case .lower:
      values = min(values.lowerBound, modifier.amount)...min(values.upperBound, modifier.amount)
    case .count: values = 0...1
    case .deduct: values = min(values.lowerBound, -1)...max(values.upperBound, -1)
    case .subtract:
      values = min(values.lowerBound, -values.upperBound)...max(values.upperBound, -values.lowerBound)
    case .margin(let isBelow):
      let amount = modifier.amount
      if isBelow {
        margin = amount - margin.upperBound...amount - margin.lowerBound
        isNegated.toggle()
      } else {
        margin = margin.lowerBound - amount...margin.upperBound - amount
      }
    }
  }

  private mutating func keep(_ selectors: [RollPlan.Selector]) {
    if selectors.count == 1, let selector = selectors.first, !selector.test.isByValue {
      let amount = selector.amount ?? 0
      kept = min(kept.lowerBound, amount)...min(kept.upperBound, amount)
    } else {
      kept = 0...kept.upperBound
    }
  }

  private mutating func drop(_ selectors: [RollPlan.Selector]) {
    if selectors.count == 1, let selector = selectors.first, !selector.test.isByValue {
      let amount = selector.amount ?? 0
      kept = max(0, kept.lowerBound - amount)...max(0, kept.upperBound - amount)
    } else {
      kept = 0...kept.upperBound
    }
  }

  private mutating func draw(_ more: Int) {
    drawn = min(drawn + min(more, diceMax), max(diceMax, drawn))
  }

  /// Between what their sum lies.
  var total: RollInterval {
    let corners = [
      kept.lowerBound * values.lowerBound, kept.upperBound * values.lowerBound, kept.lowerBound * values.upperBound,
      kept.upperBound * values.upperBound,
    ]
    var (low, high) = (corners.min() ?? 0, corners.max() ?? 0)
    if isNegated { (low, high) = (-high, -low) }
    return RollInterval(
      .integer(Int64(low + margin.lowerBound)), .integer(Int64(high + margin.upperBound)), isWhole: true)
  }
}

extension RollPlan.Modifier {
  /// Whether it would draw for ever once one die is there: every face matches, or a place in a row does.
  ///
  /// - Parameter values: what the dice can count before it; other than the faces where they were raised or lowered.
  func isEndless(on faces: ClosedRange<Int>, by step: Int, sides: Int, values: ClosedRange<Int>) -> Bool {
    switch action {
    case .reroll(isRepeated: true), .explode(.repeated): break
    default: return false
    }
    guard cap == nil else { return false }
    if case .reroll = action, selectors.contains(where: { !$0.test.isByValue && $0.amount ?? 0 > 0 }) { return true }
    return matchesAll(faces, by: step, sides: sides) && (values == faces || matchesAll(values, by: 1, sides: sides))
  }

  /// Whether every number of a row matches. Looks at no more of them than there are selectors, and one.
  private func matchesAll(_ numbers: ClosedRange<Int>, by step: Int, sides: Int) -> Bool {
    var number = numbers.lowerBound
    while number <= numbers.upperBound {
      guard let next = selectors.compactMap({ $0.end(ofMatchAt: number, sides: sides) }).max() else { return false }
      guard next <= numbers.upperBound else { return true }
      // A number between two of the row is none; the next one after it is.
      number += max(step, (next - number + step - 1) / step * step)
    }
    return true
  }
}

extension RollPlan.Selector {
  /// The first greater number that may not match, where this one does.
  fileprivate func end(ofMatchAt number: Int, sides: Int) -> Int? {
    guard test.isByValue, matches(number, sides: sides) else { return nil }
    return switch test {
    case .less: amount ?? sides
    case .lessOrEqual: (amount ?? sides) + 1
    case .greater, .greaterOrEqual: Int.max
    default: number + 1
    }
  }
}
