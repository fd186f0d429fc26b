import Testing

@testable import Dice

@Suite("Odds limits")
struct OddsLimitsTests {
  private func refusal(
    _ limits: OddsLimits = .standard, _ law: (inout OddsBudget) throws -> Law
  ) -> OddsError? {
    var budget = OddsBudget(limits)
    do {
      _ = try law(&budget)
      return nil
    } catch {
      return error as? OddsError
    }
  }

  @Test func `the standard limits are those of the product`() {
    #expect(OddsLimits.standard.states == 100_000)
    #expect(OddsLimits.standard.work == 20_000_000)
    let senseless = OddsLimits(states: -1, work: .max)
    #expect(senseless.states == 0 && senseless.work == OddsLimits.workCeiling)
    #expect(refusal(senseless) { try Law.die(sides: 1, &$0) }?.kind == .tooLarge)
  }

  @Test func `too many totals are refused with their number and the limit`() {
    let error = refusal { try Law.die(sides: 1_000, &$0).repeated(101, &$0) }
    #expect(error?.kind == .tooLarge)
    #expect(error?.estimate == 100_900 && error?.limit == 100_000)
    #expect(
      error?.message == "the exact odds would take about 100900 different totals; at most 100000 are allowed")
    #expect(refusal { try Law.die(sides: 1_000, &$0).repeated(100, &$0) } == nil)
    #expect(refusal { try Law.die(sides: 1_000_000, &$0) }?.estimate == 1_000_000)
  }

  @Test func `too much work is refused before it is done`() {
    let limits = OddsLimits(work: 1_000)
    #expect(refusal(limits) { try Law.die(sides: 6, &$0).repeated(8, &$0) } == nil)
    let error = refusal(limits) { try Law.die(sides: 6, &$0).repeated(40, &$0) }
    #expect(error?.limit == 1_000 && (error?.estimate ?? 0) > 1_000)
  }

  /// Each of these would run for minutes or take gigabytes, and is refused at once.
  @Test func `hostile requests are refused at once`() throws {
    let wide = try FairList(totals: (0..<5_000).map { $0 * $0 * 1_000_003 }).law()
    var generous = OddsBudget(OddsLimits(work: 1_000_000_000))
    let heavy = try Law.listed(
      [(1, Natural(1).shiftedLeft(by: 100_000)), (2, 1)], &generous)
    let requests: [(String, (inout OddsBudget) throws -> Law)] = [
      ("copies", { try Law.die(sides: 6, &$0).repeated(1_000_000_000_000, &$0) }),
      ("copies of a constant", { try FairList(totals: [1, 1]).law().repeated(.max, &$0) }),
      ("copies of a wide law", { try wide.repeated(100, &$0) }),
      ("a pair of wide laws", { try wide.plus(wide, &$0) }),
      ("a product", { try wide.combined(with: wide, &$0) { $0 &* $1 } }),
      ("copies of a heavy law", { try heavy.repeated(50, &$0) }),
      ("ranks of a heavy law", { try heavy.ranked([Bool](repeating: true, count: 50) + [false], &$0) }),
      ("ranks", { try Law.die(sides: 20, &$0).ranked((0..<1_000).map { $0 % 2 == 0 }, &$0) }),
      ("the middle of many", { try Law.die(sides: 6, &$0).ranked((0..<100_000).map { $0 == 50_000 }, &$0) }),
      ("ranks of a wide law", { try wide.ranked([true, true, false], &$0) }),
      ("rerolls", { try Law.die(sides: 6, &$0).rerolled(atMost: .max, &$0) { $0 == 1 } }),
      ("rerolls of a coin", { try Law.die(sides: 2, &$0).rerolled(atMost: 1_000_000, &$0) { $0 == 1 } }),
      ("explosions without number", { try Law.die(sides: 6, &$0).exploding(.atMost(.max), &$0) { $0 == 6 } }),
      (
        "explosions that hardly ever end",
        { budget in
          let die = try Law.listed([(1, 1), (2, Natural(.max))], &budget)
          return try die.exploding(.endless(bits: 900, depthMax: .max), &budget) { $0 == 2 }
        }
      ),
      ("explosions", { try Law.die(sides: 6, &$0).exploding(.atMost(1_000_000), &$0) { $0 == 6 } }),
      ("endless", { try Law.die(sides: 6, &$0).exploding(.endless(bits: 900, depthMax: .max), &$0) { $0 > 1 } }),
      (
        "a random number of dice",
        { budget in
          let die = try Law.die(sides: 6, &budget)
          return try Law.die(sides: 10_000, &budget).mixture(&budget) { try die.repeated(Int($0), &$1) }
        }
      ),
    ]
    let clock = ContinuousClock()
    for (name, request) in requests {
      let start = clock.now
      let error = refusal { try request(&$0) }
      #expect(error?.kind == .tooLarge, "\(name)")
      #expect((error?.estimate ?? 0) > (error?.limit ?? 0), "\(name)")
      #expect(clock.now - start < .seconds(20), "\(name)")
    }
  }

  @Test func `operations of one answer are paid from one budget`() throws {
    var budget = OddsBudget(OddsLimits(work: 2_000))
    let die = try Law.die(sides: 6, &budget)
    var rolled = 0
    while rolled < 100, (try? die.repeated(8, &budget)) != nil { rolled += 1 }
    #expect(rolled > 0 && rolled < 100)
    #expect(budget.spent <= 2_000)
  }

  @Test func `numbers of dice and sides that do not exist are refused`() {
    #expect(refusal { try Law.die(sides: 0, &$0) }?.kind == .range)
    #expect(refusal { try Law.die(sides: -6, &$0) }?.kind == .range)
    #expect(refusal { try Law.die(sides: 6, &$0).repeated(-1, &$0) }?.kind == .range)
    #expect(refusal { try Law.die(sides: 6, &$0).rerolled(atMost: -1, &$0) { $0 == 1 } }?.kind == .range)
    #expect(refusal { try Law.die(sides: 6, &$0).exploding(.atMost(-1), &$0) { $0 == 1 } }?.kind == .range)
    #expect(refusal { try Law.listed([], &$0) }?.kind == .nothingLeft)
    #expect(refusal { try Law.listed([(5, 0)], &$0) }?.kind == .nothingLeft)
  }
}
