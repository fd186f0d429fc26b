import Testing

@testable import Dice

/// Each operation against all outcomes written out.
@Suite("Laws")
struct LawTests {
  private func die(_ sides: Int) throws -> Law {
    var budget = OddsBudget()
    return try Law.die(sides: sides, &budget)
  }

  @Test func `a die shows each side equally often`() throws {
    try expectOutcomes(.die(6)) { try Law.die(sides: 6, &$0) }
    try expectOutcomes(.die(1)) { try Law.die(sides: 1, &$0) }
  }

  @Test func `listed totals are put in order and equal ones together`() throws {
    try expectOutcomes(FairList(totals: [-5, 7, 7, 7, 9])) {
      try Law.listed([(9, 1), (7, 1), (-5, 1), (8, 0), (7, 2)], &$0)
    }
    try expectOutcomes(FairList(totals: [.min, 0, .max])) { try Law.listed([(.max, 1), (.min, 1), (0, 1)], &$0) }
  }

  @Test(arguments: [(0, 6), (1, 6), (2, 6), (4, 6), (3, 20), (9, 2), (5, 1), (2, 1), (6, 3)])
  func `dice are added up`(count: Int, sides: Int) throws {
    try expectOutcomes(FairList.die(Int64(sides)).ofSequences(count) { $0.reduce(0, +) }) {
      try Law.die(sides: sides, &$0).repeated(count, &$0)
    }
  }

  @Test(
    arguments: [
      [0, 1], [1, 1, 2], [1, 2, 2], [3, 3, 3, 5], [-2, 0, 0, 5], [0, 10, 20, 20], [7, 7], [0, 1, 1_000_000_000_000],
      [1, 2, 1_000], [-9, -9, -3, 1], [0, 0, 0, 1, 1, 3, 3, 3, 3],
    ] as [[Int64]])
  func `copies of any law are added up`(totals: [Int64]) throws {
    let list = FairList(totals: totals)
    for copies in 0...4 {
      try expectOutcomes(list.ofSequences(copies) { $0.reduce(0, +) }) { try list.law().repeated(copies, &$0) }
    }
  }

  @Test func `two laws are added whatever their steps`() throws {
    let lists = [
      [1, 2, 3, 3], [0, 10, 20], [4], [4, 4], [-7, 0, 7, 7], [0, 1, 1_000_000_000], [5, 9], [0, 6, 6, 15],
    ]
    .map { FairList(totals: $0.map(Int64.init)) }
    for one in lists {
      for other in lists {
        try expectOutcomes(one.combined(with: other, +)) { try one.law().plus(other.law(), &$0) }
      }
    }
  }

  @Test func `a constant leaves the denominator as it is`() throws {
    var budget = OddsBudget()
    let law = try die(6).plus(.constant(10), &budget)
    #expect(law.denominator == 6)
    #expect(try Odds(law) == Odds(die(6).shifted(by: 10)))
    #expect(try Odds(Law.constant(10).plus(die(6), &budget)) == Odds(law))
  }

  @Test(arguments: [[1, 2, 3, 3], [5], [0, 3, 1_000_000_000_000], [-4, -4, 0, 4]] as [[Int64]])
  func `signs, shifts and factors move every total`(totals: [Int64]) throws {
    let (list, law) = try (FairList(totals: totals), FairList(totals: totals).law())
    try expectOutcomes(FairList(totals: totals.map { -$0 })) { _ in try law.negated() }
    for number in [-3, -1, 0, 1, 2, 1_000_000] as [Int64] {
      try expectOutcomes(FairList(totals: totals.map { $0 + number })) { _ in try law.shifted(by: number) }
      try expectOutcomes(FairList(totals: totals.map { $0 * number })) { _ in try law.scaled(by: number) }
    }
    #expect(difference(of: law, from: list) == nil)
  }

  @Test func `totals at the ends of the range move as far as they can`() throws {
    let far = FairList(totals: [-3_000_000_000_000_000_000, 3_000_000_000_000_000_000])
    try expectOutcomes(FairList(totals: far.totals.map { $0 * -3 })) { _ in try far.law().scaled(by: -3) }
    let ends = FairList(totals: [.min + 1, .max])
    try expectOutcomes(ends) { _ in try ends.law().negated() }
    try expectOutcomes(ends) { _ in try ends.law().scaled(by: -1) }
    try expectOutcomes(FairList(totals: [.min, .max - 1])) { _ in try ends.law().shifted(by: -1) }
    try expectOutcomes(FairList(totals: [0, 1, 1, 2].map { .min + $0 })) {
      try FairList(totals: [.min / 2, .min / 2 + 1]).law().repeated(2, &$0)
    }
  }

  @Test func `a total beyond 64 bits is an error`() throws {
    var budget = OddsBudget()
    let (low, high) = try (FairList(totals: [.min, 0]).law(), FairList(totals: [0, .max]).law())
    #expect(kind { try low.negated() } == .overflow)
    #expect(kind { try low.shifted(by: -1) } == .overflow)
    #expect(kind { try high.shifted(by: 1) } == .overflow)
    #expect(kind { try high.scaled(by: 2) } == .overflow)
    #expect(kind { try low.scaled(by: -1) } == .overflow)
    #expect(kind { try high.plus(high, &budget) } == .overflow)
    #expect(kind { try high.repeated(2, &budget) } == .overflow)
    #expect(kind { try high.ranked([true, true, false], &budget) } == .overflow)
    #expect(kind { try FairList(totals: [0, 1, .max]).law().ranked([true, false], &budget) } == .tooLarge)
  }

  private func kind(_ body: () throws -> Law) -> OddsError.Kind? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? OddsError)?.kind
    }
  }

  @Test func `a function of the total is applied to each`() throws {
    try expectOutcomes(FairList(totals: [2, 2, 3, 4, 5, 6])) { try die(6).mapped(&$0) { max(2, $0) } }
    try expectOutcomes(FairList(totals: [0, 0, 0, 0, 1, 1])) { try die(6).mapped(&$0) { $0 >= 5 ? 1 : 0 } }
    try expectOutcomes(FairList(totals: [1, 4, 9, 1_000_000])) {
      try FairList(totals: [-1, 2, 3, 1_000]).law().mapped(&$0) { $0 * $0 }
    }
  }

  @Test func `a function never sees a total that cannot occur`() throws {
    struct Impossible: Error {}
    // 1 and 3 leave a gap where 2 would be.
    let law = try FairList(totals: [1, 3, 4, 4]).law()
    func checked(_ total: Int64) throws -> Int64 {
      guard total != 2 else { throw Impossible() }
      return total
    }
    try expectOutcomes(FairList(totals: [1, 3, 4, 4])) { try law.mapped(&$0, checked) }
    try expectOutcomes(FairList(totals: [1, 3, 4, 4])) {
      try law.combined(with: .constant(0), &$0) { try checked($0) + $1 }
    }
    try expectOutcomes(FairList(totals: [0, 0, 0, 0, 1, 3, 4, 4])) { budget in
      try FairList(totals: [0, 1]).law().mixture(&budget) { zero, budget in
        try zero == 0 ? .constant(0) : law.mapped(&budget, checked)
      }
    }
  }

  @Test func `what a function throws comes through`() throws {
    struct Refused: Error {}
    var budget = OddsBudget()
    let die = try die(6)
    #expect(throws: Refused.self) { try die.mapped(&budget) { _ in throw Refused() } }
    #expect(throws: Refused.self) { try die.combined(with: die, &budget) { _, _ in throw Refused() } }
    #expect(throws: Refused.self) { try die.mixture(&budget) { _, _ in throw Refused() } }
    #expect(throws: Refused.self) { try die.ranked([true, false], &budget) { _ in throw Refused() } }
  }

  @Test func `a function of two totals is applied to each pair`() throws {
    let (one, other) = (FairList.die(6), FairList(totals: [-2, 1, 1, 40]))
    for combine in [{ $0 * $1 }, { $0 - $1 }, max, { $0 == $1 ? 1 : 0 }, { $0 * $1 * 1_000_000_007 }]
      as [(Int64, Int64) -> Int64]
    {
      try expectOutcomes(one.combined(with: other, combine)) { try one.law().combined(with: other.law(), &$0, combine) }
    }
  }

  @Test func `a random number of dice is rolled`() throws {
    let expected = FairList.die(4).followed { count in
      FairList.die(3).ofSequences(Int(count)) { $0.reduce(0, +) }
    }
    #expect(expected.count == 4 * 81)
    try expectOutcomes(expected) { budget in
      let three = try die(3)
      return try die(4).mixture(&budget) { try three.repeated(Int($0), &$1) }
    }
  }

  @Test func `totals of a mixture may lie far apart`() throws {
    let expected = FairList.die(2).followed { FairList(totals: [$0, $0 * 1_000, $0 * 1_000_000_000]) }
    try expectOutcomes(expected) { budget in
      try die(2).mixture(&budget) { face, _ in try FairList(totals: [face, face * 1_000, face * 1_000_000_000]).law() }
    }
  }

  @Test func `denominators of a mixture become their least common multiple`() throws {
    let lists = [2: FairList.die(6), 3: FairList(totals: [7, 7, 8, 9]), 5: FairList.die(10)] as [Int64: FairList]
    let first = FairList(totals: [2, 2, 3, 5, 5, 5])
    let expected = first.followed { lists[$0] ?? .die(1) }
    #expect(expected.count == 6 * 60)
    try expectOutcomes(expected) { try first.law().mixture(&$0) { total, _ in try (lists[total] ?? .die(1)).law() } }
  }

  @Test(
    arguments: [
      "1110", "1100", "1000", "0001", "0011", "0111", "0110", "1001", "1011", "0100", "0000", "1111", "01", "10", "1",
      "0", "", "10101", "01010", "00110", "11011",
    ])
  func `any ranks can be kept`(ranks: String) throws {
    let kept = ranks.map { $0 == "1" }
    for list in [FairList.die(4), FairList(totals: [-1, 2, 2, 9]), FairList(totals: [0, 5, 5])] {
      try expectOutcomes(list.ranked(kept)) { try list.law().ranked(kept, &$0) }
      try expectOutcomes(list.ranked(kept) { max($0, 2) }) { try list.law().ranked(kept, &$0) { max($0, 2) } }
      try expectOutcomes(list.ranked(kept) { -$0 * $0 }) { try list.law().ranked(kept, &$0) { -$0 * $0 } }
    }
  }

  @Test func `keeping can be followed by rolling the kept ones again`() throws {
    // Of a d3, what is kept and shows a 1 is rolled again once; three outcomes follow any face.
    func again(_ face: Int64) -> FairList { face == 1 ? .die(3) : FairList(totals: [face, face, face]) }
    for kept in [[true, true, false], [false, true, true], [false, true, false], [true, true], [false, false]] {
      let sequences = FairList.die(3).sequences(kept.count).map { $0.sorted(by: >) }
      let expected = FairList(totals: Array(0..<Int64(sequences.count))).followed { index in
        zip(sequences[Int(index)], kept).reduce(FairList(totals: [0])) { sum, next in
          next.1 ? sum.combined(with: again(next.0), +) : sum
        }
      }
      try expectOutcomes(expected) { try die(3).ranked(kept, &$0) { face, _ in try again(face).law() } }
    }
  }
}
