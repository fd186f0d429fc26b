import Dice
import Expressions
import Testing

@Suite("Dice limits")
struct DiceLimitsTests {
  private func kind(of text: String, limits: DiceLimits = .standard) -> DiceError.Kind? {
    do {
      _ = try DiceExpression(parsing: text, limits: limits)
      return nil
    } catch {
      return error.kind
    }
  }

  @Test func `the standard limits are those of the product`() {
    let limits = DiceLimits.standard
    #expect((limits.length, limits.depth, limits.nodes) == (512, 24, 200))
    #expect((limits.dice, limits.count, limits.sides) == (1_000, 1_000, 1_000_000))
    #expect(limits.formula == .standard)
  }

  @Test func `length counts characters`() {
    #expect(kind(of: "1" + String(repeating: " ", count: 511)) == nil)
    #expect(kind(of: "1" + String(repeating: " ", count: 512)) == .limit)
    #expect(kind(of: "1[" + String(repeating: "ö", count: 509) + "]") == nil)
  }

  @Test func `depth counts parentheses, signs and operators`() {
    #expect(kind(of: String(repeating: "(", count: 23) + "1" + String(repeating: ")", count: 23)) == nil)
    #expect(kind(of: String(repeating: "(", count: 24) + "1" + String(repeating: ")", count: 24)) == .limit)
    #expect(kind(of: String(repeating: "-", count: 23) + "1") == nil)
    #expect(kind(of: String(repeating: "-", count: 24) + "1") == .limit)
    #expect(kind(of: Array(repeating: "1", count: 24).joined(separator: "+")) == nil)
    #expect(kind(of: Array(repeating: "1", count: 25).joined(separator: "+")) == .limit)
  }

  @Test func `nodes are counted`() {
    #expect(kind(of: "1+1+1", limits: DiceLimits(nodes: 5)) == nil)
    #expect(kind(of: "1+1+1+1", limits: DiceLimits(nodes: 5)) == .limit)
  }

  @Test func `the dice of all terms together are counted`() {
    #expect(kind(of: "1000d6") == nil)
    #expect(kind(of: "500d6 + 500d20") == nil)
    #expect(kind(of: "500d6 + 501d20") == .limit)
    #expect(kind(of: "1000d6 + 0d6") == nil)
    #expect(kind(of: "1d1000000 + 1d1") == nil)
  }

  @Test(arguments: [
    String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000),
    String(repeating: "-", count: 10_000) + "1", String(repeating: "1+", count: 10_000) + "1",
    String(repeating: "(", count: 1_000_000), String(repeating: "😀", count: 250_000),
    String(repeating: "9", count: 1_000_000) + "d6", "{" + String(repeating: "(", count: 10_000),
    "1d6" + String(repeating: "kh1", count: 100_000) + "!",
  ])
  func `hostile text is an error whatever the limits`(text: String) {
    let widest = DiceLimits(
      length: .max, depth: .max, nodes: .max, dice: .max, count: .max, sides: .max,
      formula: FormulaLimits(length: .max, depth: .max, nodes: .max, cost: .max, result: nil))
    #expect(kind(of: text) == .limit)
    #expect(kind(of: text, limits: widest) != nil)
  }

  @Test func `senseless limits refuse and do not trap`() {
    let none = DiceLimits(length: 9, depth: -1, nodes: -1, dice: -1, count: -1, sides: -1)
    #expect(kind(of: "1d6", limits: none) != nil)
    #expect(kind(of: "0d1", limits: none) == .limit)
    #expect(kind(of: "1", limits: DiceLimits(length: -1)) == .limit)
  }

  @Test func `an error does not carry a megabyte along`() {
    let error = #expect(throws: DiceError.self) { try DiceExpression(parsing: String(repeating: "x", count: 1 << 20)) }
    #expect((error?.source.utf8.count ?? .max) <= 64)
  }
}
