import Testing

@testable import Dice

/// Dice rolled again, and dice that add dice.
@Suite("Rerolls and explosions")
struct RerollTests {
  private let lists = [FairList.die(4), FairList(totals: [0, 3, 3, 7]), FairList(totals: [-2, 1])]

  @Test(arguments: [0, 1, 2, 3])
  func `a die is rolled again at most so often`(rerolls: Int) throws {
    for list in lists {
      let expected = list.ofSequences(rerolls + 1) { rolls in rolls.first { $0 > 1 } ?? rolls.last ?? 0 }
      try expectOutcomes(expected) { try list.law().rerolled(atMost: rerolls, &$0) { $0 <= 1 } }
    }
  }

  @Test func `a die that nothing matches is left alone`() throws {
    try expectOutcomes(.die(6)) { try Law.die(sides: 6, &$0).rerolled(atMost: 3, &$0) { $0 > 6 } }
    try expectOutcomes(.die(6)) { try Law.die(sides: 6, &$0).rerolledUntilNone(&$0) { $0 > 6 } }
    try expectOutcomes(.die(6)) { try Law.die(sides: 6, &$0).exploding(.atMost(3), &$0) { $0 > 6 } }
  }

  @Test func `a die where everything matches is rolled to the end`() throws {
    try expectOutcomes(FairList.die(4).ofSequences(3) { $0[2] }) {
      try Law.die(sides: 4, &$0).rerolled(atMost: 2, &$0) { _ in true }
    }
  }

  @Test func `a die rolled again until none matches shows the others`() throws {
    for list in lists {
      try expectOutcomes(FairList(totals: list.totals.filter { $0 > 0 })) {
        try list.law().rerolledUntilNone(&$0) { $0 <= 0 }
      }
    }
    try expectOutcomes(FairList(totals: [1, 1_000_000])) {
      try FairList(totals: [0, 1, 1_000_000]).law().rerolledUntilNone(&$0) { $0 == 0 }
    }
    var budget = OddsBudget()
    let error = #expect(throws: OddsError.self) {
      try Law.die(sides: 4, &budget).rerolledUntilNone(&budget) { $0 < 9 }
    }
    #expect(error?.kind == .nothingLeft)
  }

  @Test(arguments: [0, 1, 2, 3])
  func `a die explodes at most so often`(most: Int) throws {
    for list in lists {
      let expected = list.ofSequences(most + 1) { rolls in
        let counted = (rolls.firstIndex { $0 < 3 } ?? most) + 1
        return rolls.prefix(counted).reduce(0, +)
      }
      // Where nothing can explode one die is enough.
      let short = list.totals.allSatisfy { $0 < 3 } ? list : expected
      try expectOutcomes(short) { try list.law().exploding(.atMost(most), &$0) { $0 >= 3 } }
    }
  }

  @Test(arguments: [0, 1, 2, 4])
  func `what an endless explosion leaves open is in the tail`(depth: Int) throws {
    for list in lists.prefix(2) {
      var expected = FairList(totals: [])
      for rolls in list.sequences(depth + 1) {
        guard let last = rolls.firstIndex(where: { $0 < 3 }) else {
          expected.unresolved += 1
          continue
        }
        expected.totals.append(rolls[...last].reduce(0, +))
      }
      try expectOutcomes(expected) {
        try list.law().exploding(.endless(bits: 999, depthMax: depth), &$0) { $0 >= 3 }
      }
    }
  }

  @Test(arguments: [(6, 8), (6, 40), (20, 20), (2, 10)])
  func `an endless explosion goes on until the rest is small enough`(sides: Int, bits: Int) throws {
    var budget = OddsBudget()
    let law = try Law.die(sides: sides, &budget).exploding(.endless(bits: bits, depthMax: 1_000), &budget) { face in
      face == Int64(sides)
    }
    let share = Odds(law).tailShare
    #expect(share > 0 && share <= Double(sign: .plus, exponent: -bits, significand: 1))
    #expect(share * Double(sides) > Double(sign: .plus, exponent: -bits, significand: 1))
  }

  @Test func `an endless explosion of every face has no total`() throws {
    var budget = OddsBudget()
    let error = #expect(throws: OddsError.self) {
      try Law.die(sides: 2, &budget).exploding(.endless(bits: 40, depthMax: 10), &budget) { _ in true }
    }
    #expect(error?.kind == .nothingLeft)
  }

  /// Of sums is unresolved where any part is.
  @Test func `tails grow as laws are combined`() throws {
    var budget = OddsBudget()
    // 1 or 2 of four outcomes, one more of which explodes and is cut off, and so is one after it.
    let die = try Law.die(sides: 3, &budget).exploding(.endless(bits: 0, depthMax: 0), &budget) { $0 == 3 }
    #expect(die.tail == 1 && die.denominator == 3)
    let list = FairList(totals: [1, 2], unresolved: 1)
    func unresolved(_ expected: FairList, of count: Int) -> FairList {
      FairList(totals: expected.totals, unresolved: count - expected.totals.count)
    }
    try expectOutcomes(unresolved(list.combined(with: list, +), of: 9)) { try die.plus(die, &$0) }
    try expectOutcomes(unresolved(list.combined(with: list, *), of: 9)) { try die.combined(with: die, &$0, *) }
    try expectOutcomes(unresolved(list.ofSequences(3) { $0.reduce(0, +) }, of: 27)) { try die.repeated(3, &$0) }
    for kept in [[true, true, false], [false, true, true], [true, false, true], [false, false, false]] {
      try expectOutcomes(unresolved(list.ranked(kept), of: 27)) { try die.ranked(kept, &$0) }
    }
    try expectOutcomes(FairList(totals: [5, 5], unresolved: 1)) { try die.mapped(&$0) { _ in 5 } }
    try expectOutcomes(FairList(totals: [0, 0], unresolved: 1)) { _ in try die.scaled(by: 0) }
    try expectOutcomes(FairList(totals: [2], unresolved: 1)) { try die.rerolledUntilNone(&$0) { $0 == 1 } }
    // 1 is rolled again: (2, any), (1, 1), (1, 2) are known.
    try expectOutcomes(FairList(totals: [2, 2, 2, 1, 2], unresolved: 4)) {
      try die.rerolled(atMost: 1, &$0) { $0 == 1 }
    }
    // After 1 comes a d2, after 2 the die itself: of 3 times 6, known are 6 and two thirds of 6.
    try expectOutcomes(FairList(totals: [1, 1, 1, 2, 2, 2, 1, 1, 2, 2], unresolved: 8)) { budget in
      try die.mixture(&budget) { try $0 == 1 ? Law.die(sides: 2, &$1) : die }
    }
    // Of two kept ones each is drawn from the die again.
    try expectOutcomes(unresolved(FairList(totals: [1, 1, 1, 1, 2, 2, 2, 2]), of: 27)) { budget in
      try die.ranked([true, false], &budget) { _, _ in die }
    }
  }
}
