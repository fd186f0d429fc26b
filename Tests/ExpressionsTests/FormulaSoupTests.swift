import Expressions
import Testing

@Suite("Formulas of random parts")
struct FormulaSoupTests {
  private static let parts = [
    "1", "0", "2.5", "-", "+", "*", "/", "//", "%", "(", ")", "(", ")", ",", "<", "<=", "==", "!=", " and ", " or ",
    " not ", " if ", " else ", "true", "a", "a.b", "min(", "abs(", "sqrt(", "round(", "9223372036854775807", "1e308",
    ".", "**", "=", "é", "😀", "\u{0}", "__a", " ", "@", "9223372036854775808", "\u{301}", "\u{fffd}", "'", "[", "{",
  ]

  /// Everything that can be said about any text at all: there is a finite value or an error that points into the text.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `any text has a finite value or an error with a place in it`(seed: UInt64) throws {
    var numbers = SeededNumbers(state: seed)
    let context = try FormulaContext(["a": ["b": 3]])
    var values = 0
    for _ in 0..<5_000 {
      let count = Int.random(in: 1...12, using: &numbers)
      let text = (0..<count).map { _ in Self.parts.randomElement(using: &numbers) ?? "" }.joined()
      do {
        let value = try Formula(parsing: text).value(in: context, limits: FormulaLimits(result: nil))
        #expect(value.number.isFinite, "\(text) (seed \(seed))")
        values += 1
      } catch {
        #expect((0...text.utf8.count).contains(error.position), "\(text): \(error) (seed \(seed))")
        #expect((1...text.count + 1).contains(error.column), "\(text): \(error) (seed \(seed))")
        #expect(!error.message.isEmpty)
      }
    }
    #expect(values > 50, "only \(values) texts had a value (seed \(seed))")
  }

  /// 100,000 in all. What is in the grammar is never refused as if it were not; the value, or the operation without a
  /// result, is the one that a walk of the tree finds; the cost is the number of nodes that the walk passed.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `any formula of the grammar has the value, the error and the cost of its tree`(seed: UInt64) throws {
    var numbers = SeededNumbers(state: seed)
    let context = try FormulaContext(RandomFormula.context)
    let limits = FormulaLimits(length: 100_000, nodes: 100_000, cost: 100_000, result: nil)
    var values = 0
    var faults = 0
    for round in 0..<25_000 {
      // Mostly small, since there is more to small ones than to large ones; one in a hundred as deep as it may be.
      let levels = round % 100 == 0 ? limits.depth : Int.random(in: 1...4, using: &numbers)
      let made = RandomFormula.made(levels: levels, using: &numbers)
      let text = made.text(using: &numbers)
      var cost = 0
      let expected = Result { () throws(ArithmeticFault) in try made.value(cost: &cost) }
      do throws(FormulaError) {
        let formula = try Formula(parsing: text, limits: limits)
        let found = try formula.value(in: context, limits: limits)
        values += 1
        if (try? expected.get())?.isSame(as: found) != true || !found.number.isFinite {
          Issue.record("\(text): \(found) is not \(expected) (seed \(seed))")
        }
        let exact = (try? formula.value(in: context, limits: FormulaLimits(cost: cost, result: nil))) != nil
        let short = (try? formula.value(in: context, limits: FormulaLimits(cost: cost - 1, result: nil))) == nil
        if !exact || !short || cost > made.nodes { Issue.record("\(text) does not cost \(cost) (seed \(seed))") }
      } catch {
        faults += 1
        guard case .failure(let fault) = expected, error.kind == FormulaError.Kind(fault) else {
          Issue.record("\(text): \(error) is not \(expected) (seed \(seed))")
          continue
        }
      }
    }
    #expect(values > 10_000 && faults > 1_000, "\(values) values and \(faults) faults (seed \(seed))")
  }
}

extension FormulaValue {
  /// Equal in type and, as doubles, in every bit.
  fileprivate func isSame(as other: FormulaValue) -> Bool {
    guard case .double(let left) = self, case .double(let right) = other else { return self == other }
    return left.bitPattern == right.bitPattern
  }
}

extension FormulaError.Kind {
  fileprivate init(_ fault: ArithmeticFault) {
    switch fault {
    case .overflow: self = .overflow
    case .divisionByZero: self = .divisionByZero
    case .notFinite: self = .notFinite
    case .negativeRoot: self = .negativeRoot
    }
  }
}
