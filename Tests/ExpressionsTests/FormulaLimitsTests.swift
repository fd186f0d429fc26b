import Expressions
import Testing

@Suite("Formula limits")
struct FormulaLimitsTests {
  private func kind(of text: String, limits: FormulaLimits = .standard) -> FormulaError.Kind? {
    do {
      _ = try Formula(parsing: text, limits: limits).value(limits: limits)
      return nil
    } catch {
      return error.kind
    }
  }

  @Test func `the standard limits are those of the product`() {
    let limits = FormulaLimits.standard
    #expect(limits.length == 512)
    #expect(limits.depth == 10)
    #expect(limits.nodes == 200)
    #expect(limits.cost == 1_000)
    #expect(limits.result == 1_000)
  }

  @Test func `length counts characters and includes the last one allowed`() {
    #expect(kind(of: "1" + String(repeating: " ", count: 511)) == nil)
    #expect(kind(of: "1" + String(repeating: " ", count: 512)) == .limit)
    let name = String(repeating: "ö", count: 512)
    #expect(kind(of: name) == .unknownName)
    #expect(kind(of: name + "ö") == .limit)
  }

  @Test func `depth counts levels of the tree`() {
    #expect(kind(of: "abs(abs(abs(abs(abs(abs(abs(abs(abs(1)))))))))") == nil)
    #expect(kind(of: "abs(abs(abs(abs(abs(abs(abs(abs(abs(abs(1))))))))))") == .limit)
    #expect(kind(of: "1+1+1+1+1+1+1+1+1+1") == nil)
    #expect(kind(of: "1+1+1+1+1+1+1+1+1+1+1") == .limit)
  }

  @Test func `parentheses do not count as depth`() {
    let text = String(repeating: "(", count: 200) + "7" + String(repeating: ")", count: 200)
    #expect(kind(of: text) == nil)
  }

  @Test func `nodes are counted`() {
    let limits = FormulaLimits(nodes: 5)
    #expect(kind(of: "1+1+1", limits: limits) == nil)
    #expect(kind(of: "1+1+1+1", limits: limits) == .limit)
  }

  @Test func `cost counts the nodes that are evaluated`() throws {
    let formula = try Formula(parsing: "1 + 2 if true else 3 * 4 * 5 * 6")
    #expect(try formula.value(limits: FormulaLimits(cost: 5)) == .integer(3))
    let error = #expect(throws: FormulaError.self) { try formula.value(limits: FormulaLimits(cost: 4)) }
    #expect(error?.kind == .limit)
  }

  @Test(arguments: [("1000", true), ("-1000", true), ("1001", false), ("-1001", false), ("1000.5", false)])
  func `the result is held to the bound`(text: String, isAllowed: Bool) {
    #expect(kind(of: text) == (isAllowed ? nil : .limit))
    #expect(kind(of: text, limits: FormulaLimits(result: nil)) == nil)
  }

  @Test func `bounds belong to the evaluation so that one formula serves several`() throws {
    let formula = try Formula(parsing: "600 * 2")
    #expect(try formula.value(limits: FormulaLimits(result: 5_000)) == .integer(1_200))
    #expect(throws: FormulaError.self) { try formula.value(limits: FormulaLimits(result: 500)) }
    #expect(throws: FormulaError.self) { try formula.value(limits: FormulaLimits(result: .min)) }
  }

  @Test func `a kind of operation bounds results without touching the other limits`() throws {
    let limits = FormulaLimits(length: 20, depth: 3, nodes: 5, cost: 7).bounding(result: 10)
    #expect(limits == FormulaLimits(length: 20, depth: 3, nodes: 5, cost: 7, result: 10))
    #expect(limits.bounding(result: nil).result == nil)
  }

  @Test(arguments: [-1, .min])
  func `negative limits allow nothing and trap nowhere`(number: Int) {
    #expect(kind(of: "1", limits: FormulaLimits(length: number)) == .limit)
    #expect(kind(of: "1", limits: FormulaLimits(depth: number)) == .limit)
    #expect(kind(of: "1", limits: FormulaLimits(nodes: number)) == .limit)
    #expect(kind(of: "1", limits: FormulaLimits(cost: number)) == .limit)
    #expect(kind(of: "1", limits: FormulaLimits(result: Int64(number))) == .limit)
    #expect(kind(of: "0", limits: FormulaLimits(result: Int64(number))) == nil)
  }

  @Test func `each comparison of a chain is a node`() {
    #expect(kind(of: "1<2<3", limits: FormulaLimits(nodes: 5)) == nil)
    #expect(kind(of: "1<2<3", limits: FormulaLimits(nodes: 4)) == .limit)
  }

  @Test func `an error does not carry a megabyte along`() {
    let error = #expect(throws: FormulaError.self) { try Formula(parsing: String(repeating: "x", count: 1 << 20)) }
    #expect((error?.source.utf8.count ?? .max) <= 64)
  }
}
