import Testing

@testable import Dice

@Suite("How rare a total is")
struct PercentileTests {
  private func percentile(_ text: String, _ total: Int64) throws -> Percentile? {
    try DiceExpression(parsing: text).bind().percentile(of: total)
  }

  /// Every total of so many dice, one for each way they can fall.
  private static func totals(_ count: Int, _ sides: Int64, _ total: ([Int64]) -> Int64) -> [Int64] {
    FairList.die(sides).sequences(count).map(total)
  }

  private static func sum(_ faces: [Int64]) -> Int64 { faces.reduce(0, +) }

  static let enumerated: [(text: String, totals: [Int64])] = [
    ("2d6", totals(2, 6, sum)), ("3d6", totals(3, 6, sum)), ("1d20", totals(1, 20, sum)),
    ("4d6kh3", totals(4, 6) { sum($0) - ($0.min() ?? 0) }), ("2d20kl1", totals(2, 20) { $0.min() ?? 0 }),
    ("5d6", totals(5, 6, sum)), ("2d4 - 3", totals(2, 4) { sum($0) - 3 }),
    ("3d6cs>=5", totals(3, 6) { Int64($0.count { $0 >= 5 }) }),
  ]

  @Test(arguments: enumerated.indices)
  func `the share is that of all ways the dice can fall, and the rarer side is told`(index: Int) throws {
    let (text, totals) = Self.enumerated[index]
    for total in Set(totals) {
      let (atLeast, atMost) = (totals.count { $0 >= total }, totals.count { $0 <= total })
      let found = try #require(try percentile(text, total))
      #expect(abs(found.atLeast - Double(atLeast) / Double(totals.count)) < 1e-15, "\(text) = \(total)")
      #expect(abs(found.atMost - Double(atMost) / Double(totals.count)) < 1e-15, "\(text) = \(total)")
      let side = atLeast <= atMost ? "top" : "bottom"
      let share = Self.inWords(min(atLeast, atMost), of: totals.count)
      #expect(found.description == "\(side) \(share) %", "\(text) = \(total)")
    }
  }

  /// Whole percents, or tenths below ten, in whole numbers: a half is rounded up.
  private static func inWords(_ count: Int, of all: Int) -> String {
    let tenths = (2_000 * count + all) / (2 * all)
    if tenths == 0 { return "<0.1" }
    if tenths >= 100 { return "\((200 * count + all) / (2 * all))" }
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }

  /// By hand: 300 of 1296, 512955 of 1679616, 21 of 36, 1 of 20, 1 of 6^5, 1 of 1000.
  @Test(
    arguments: [
      ("4d6kh3 + 2", 17, "top 23 %"), ("8d6", 31, "top 31 %"), ("2d6", 7, "top 58 %"), ("1d20", 20, "top 5 %"),
      ("1d20", 1, "bottom 5 %"), ("5d6", 30, "top <0.1 %"), ("5d6", 5, "bottom <0.1 %"), ("3d6", 18, "top 0.5 %"),
      ("3d10", 30, "top 0.1 %"), ("3d6", 10, "bottom 50 %"), ("3d6", 11, "top 50 %"), ("2d6", 2, "bottom 2.8 %"),
      ("-1d20", -20, "bottom 5 %"), ("1d20 >= 20", 1, "top 5 %"),
    ] as [(String, Int64, String)])
  func `it is told in whole percents, and in tenths below ten`(text: String, total: Int64, words: String) throws {
    #expect(try percentile(text, total)?.description == words)
  }

  @Test(
    arguments: [
      (0.000_499, "<0.1"), (0.000_5, "0.1"), (0.009_5, "1"), (0.010_6, "1.1"), (0.099_4, "9.9"), (0.099_6, "10"),
      (0.104, "10"), (0.106, "11"), (0.5, "50"),
    ])
  func `nothing that can come is told as nothing, and ten has no tenths`(share: Double, number: String) {
    #expect(Percentile(atLeast: share, atMost: 1).description == "top \(number) %")
    #expect(Percentile(atLeast: 1, atMost: share).description == "bottom \(number) %")
  }

  @Test(arguments: ["5", "0d6", "1d1 + 2", "3d6min6", "2 * 3"])
  func `what has one total has no chance`(text: String) throws {
    let roll = try DiceExpression(parsing: text).bind()
    #expect(roll.bounds.count == 1)
    #expect(roll.percentile(of: roll.bounds.lowerBound) == nil)
  }

  @Test func `a total that cannot come has none, unless explosions may have led to it`() throws {
    for total in [1, 13, -4, .max, .min] as [Int64] { #expect(try percentile("2d6", total) == nil) }
    #expect(try percentile("2 * 1d6", 7) == nil)
    #expect(try percentile("1d6x", 601)?.description == "top <0.1 %")
  }

  @Test func `odds that are not quickly known are not waited for`() throws {
    #expect(try percentile("1d1000000", 1) == nil)
    #expect(try percentile("40d20kh7ro1", 100) == nil)
  }

  @Test func `explosions without an end have a share too`() throws {
    // 12 or more of an exploding d6: two sixes.
    #expect(try percentile("1d6x", 12)?.description == "top 2.8 %")
  }
}
