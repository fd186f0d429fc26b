import Expressions
import Testing

@Suite("Formulas of random parts")
struct FormulaSoupTests {
  private static let parts = [
    "1", "0", "2.5", "-", "+", "*", "/", "//", "%", "(", ")", "(", ")", ",", "<", "<=", "==", "!=", " and ", " or ",
    " not ", " if ", " else ", "true", "a", "a.b", "min(", "abs(", "sqrt(", "round(", "9223372036854775807", "1e308",
    ".", "**", "=", "é", "😀", "\u{0}", "__a", " ",
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
}
