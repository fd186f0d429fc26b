import Dice
import Expressions
import Testing

@Suite("Dice expressions of random parts")
struct DiceSoupTests {
  private static let parts = [
    "1", "0", "20", "2.5", "d", "d6", "D%", "kh", "kl2", "dh1", "dl", "k", "+", "-", "*", "//", "(", ")", "[x]", "[",
    "]", "{a}", "{", "}", "{a/2}", " ", "#", "9223372036854775807", ".", "/", "é", "😀", "\u{0}", "4d6", "!",
  ]

  /// Everything that can be said about any text at all: it can be rolled, or there is an error that points into it.
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `any text can be rolled or has an error with a place in it`(seed: UInt64) throws {
    var numbers = SeededNumbers(state: seed)
    let context = try FormulaContext(["a": 3])
    var rolled = 0
    for roll in 0..<5_000 as Range<UInt64> {
      let count = Int.random(in: 1...8, using: &numbers)
      let text = (0..<count).map { _ in Self.parts.randomElement(using: &numbers) ?? "" }.joined()
      do {
        var stream = ChaChaStream(key: try countingKey(), stream: 0, roll: roll)
        let prepared = try DiceExpression(parsing: text).bind(to: context)
        #expect(prepared.bounds.contains(try prepared.roll(using: &stream).total), "\(text) (seed \(seed))")
        rolled += 1
      } catch let error as DiceError {
        #expect((0...text.utf8.count).contains(error.position), "\(text): \(error) (seed \(seed))")
        #expect((1...text.count + 1).contains(error.column), "\(text): \(error) (seed \(seed))")
      }
    }
    #expect(rolled > 50, "only \(rolled) texts could be rolled (seed \(seed))")
  }
}
