import Expressions
import Foundation
import Synchronization
import Testing

@Suite("Hostile formulas")
struct FormulaHostileTests {
  /// The widest limits there can be.
  private let widest = FormulaLimits(length: .max, depth: .max, nodes: .max, cost: .max, result: nil)

  private func failure(of text: String, limits: FormulaLimits = .standard) -> FormulaError? {
    do {
      _ = try Formula(parsing: text, limits: limits).value(limits: limits)
      return nil
    } catch {
      return error
    }
  }

  // MARK: Known attacks

  @Test(arguments: FormulaAttacks.walks)
  func `attribute walks and calls end at the grammar`(text: String, kind: FormulaError.Kind) {
    expectRefused(text, kind)
  }

  @Test(arguments: FormulaAttacks.amplifications)
  func `there is no text and there are no lists to amplify`(text: String, kind: FormulaError.Kind) {
    expectRefused(text, kind)
  }

  @Test(arguments: FormulaAttacks.towers)
  func `there are no powers, shifts or infinities`(text: String, kind: FormulaError.Kind) {
    expectRefused(text, kind)
  }

  @Test(arguments: FormulaAttacks.constructs)
  func `constructs of other languages are not understood`(text: String, kind: FormulaError.Kind) {
    expectRefused(text, kind)
  }

  @Test(arguments: FormulaAttacks.characters)
  func `characters that look like others are not taken for them`(text: String, kind: FormulaError.Kind) {
    expectRefused(text, kind)
  }

  /// Under the standard limits and under none: no limit is what keeps these out.
  private func expectRefused(_ text: String, _ kind: FormulaError.Kind) {
    for limits in [.standard, widest] {
      let error = failure(of: text, limits: limits)
      #expect(error?.kind == kind, "\(text)")
      #expect((0...text.utf8.count).contains(error?.position ?? -1), "\(text)")
      #expect((1..<400).contains(error?.message.count ?? 0), "\(text): \(error?.message ?? "")")
    }
  }

  @Test(arguments: [
    ("1 +", "expected a number, a name, a function or '(', found the end"),
    ("1 2", "expected an operator or the end, found '2'"),
    ("(1", "this '(' is never closed; expected ')'"),
    ("1 if 2", "expected else, as in: a if condition else b, found the end"),
    ("9**9", "'**' is not allowed; the operators are + - * / // % == != < <= > >= and or not if else"),
    ("'x'", "''' is not allowed; the operators are + - * / // % == != < <= > >= and or not if else"),
    ("x = 1", "'=' is not an operator; write == to compare"),
    ("x.__class__", "'__class__' cannot be used: names must not begin with two underscores"),
    ("rand()", "'rand' is not a function; the functions are abs, ceil, floor, int, max, min, round, sign, sqrt"),
    ("max(1)", "max takes at least two, not 1 arguments"), ("@ x", "'@' must stand right before a name, as in @level"),
    ("1.2.3", "a number ends where letters or another point begin; write 2 * x, 1.5 or 1e3"),
  ])
  func `an error says what was expected`(text: String, message: String) {
    #expect(failure(of: text)?.message == message)
  }

  // MARK: Size

  private static let towering = [
    String(repeating: "(", count: 1 << 20),
    String(repeating: "(", count: 1 << 19) + "1" + String(repeating: ")", count: 1 << 19),
    String(repeating: ")", count: 1 << 20), String(repeating: "-", count: 3_000) + "1",
    String(repeating: "1 + ", count: 5_000) + "1", String(repeating: "not ", count: 3_000) + "1",
    String(repeating: "abs(", count: 3_000) + "1" + String(repeating: ")", count: 3_000),
    String(repeating: "(-", count: 3_000) + "1" + String(repeating: ")", count: 3_000),
    String(repeating: "1 if 1 else ", count: 3_000) + "1", String(repeating: "1 < ", count: 100_000) + "1",
    String(repeating: "(1 if 1 else ", count: 3_000) + "1" + String(repeating: ")", count: 3_000),
    String(repeating: "(", count: 3_000) + "1" + String(repeating: " if 1 else 1)", count: 3_000),
    "max(" + String(repeating: "1, ", count: 100_000) + "1)", String(repeating: "a.", count: 200_000) + "a",
    String(repeating: "9", count: 1 << 20), "0." + String(repeating: "3", count: 1 << 20),
    "1e" + String(repeating: "9", count: 1 << 20), String(repeating: "\u{301}", count: 1 << 18),
    String(repeating: " ", count: 1 << 20), String(repeating: "é", count: 1 << 19),
    String(repeating: "@", count: 1 << 20),
    "a" + (0..<5_000).map { " and b\($0)" }.joined(), String(repeating: "\u{0}", count: 1 << 20),
  ]

  @Test(arguments: towering.indices)
  func `what is too large is refused before it is read`(index: Int) {
    let error = failure(of: Self.towering[index])
    #expect(error?.kind == .limit)
    #expect((error?.source.utf8.count ?? .max) <= 256, "an error does not carry a megabyte along")
    #expect((error?.message.utf8.count ?? .max) <= 256)
  }

  /// Who sets no limits gets a value or an error for every text, on the smallest of stacks.
  @Test(.timeLimit(.minutes(1)), arguments: towering.indices)
  func `without limits, and on a stack of 128 kilobytes, nothing traps`(index: Int) throws {
    let text = Self.towering[index]
    let widest = widest
    let outcome = try onSmallStack { () -> String in
      do {
        let formula = try Formula(parsing: text, limits: widest)
        return "\(try formula.value(in: .empty, limits: widest))"
      } catch {
        return "\(error)"
      }
    }
    #expect(!outcome.isEmpty)
  }

  @Test func `parentheses are no levels, however many there are`() throws {
    let text = String(repeating: "(", count: 100_000) + "7" + String(repeating: ")", count: 100_000)
    #expect(try Formula(parsing: text, limits: FormulaLimits(length: .max, depth: 1, nodes: 1)).value() == .integer(7))
    let twice = "(( 1 + \(String(repeating: "(", count: 300))2\(String(repeating: ")", count: 300)) ) * 3)"
    #expect(try Formula(parsing: twice, limits: FormulaLimits(length: .max, depth: 3)).value() == .integer(9))
  }

  @Test func `the deepest tree there can be is evaluated on the smallest of stacks`() throws {
    let count = FormulaLimits.depthCeiling - 1
    let text = String(repeating: "1 + (", count: count) + "1" + String(repeating: ")", count: count)
    let widest = widest
    let outcome = try onSmallStack {
      Result { () throws(FormulaError) in try Formula(parsing: text, limits: widest).value(limits: widest) }
    }
    #expect(try outcome.get() == .integer(Int64(FormulaLimits.depthCeiling)))
    let error = failure(of: "1 + (\(text))", limits: widest)
    #expect(error?.kind == .limit)
  }

  private func onSmallStack<Outcome: Sendable>(_ work: @escaping @Sendable () -> Outcome) throws -> Outcome {
    let box = Box<Outcome>()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      box.content.withLock { $0 = work() }
      done.signal()
    }
    thread.stackSize = 128 << 10
    thread.start()
    done.wait()
    return try #require(box.content.withLock { $0 })
  }

  private final class Box<Content: Sendable>: Sendable {
    let content = Mutex<Content?>(nil)
  }

  // MARK: Arithmetic

  private static let edges: [String: FormulaContext.Entry] = [
    "top": .integer(.max), "bottom": .integer(.min), "huge": 1.7e308, "minus_huge": -1.7e308, "tiny": 5e-300, "zero": 0,
    "no": false, "nil": 0.0, "minus_nil": -0.0,
  ]

  /// `%` has no case: what it leaves is smaller than the divisor. Nor has a true division of whole numbers.
  @Test(arguments: [
    ("top + 1", FormulaError.Kind.overflow), ("bottom + -1", .overflow), ("top + true", .overflow),
    ("bottom + bottom", .overflow),
    ("huge + huge", .notFinite), ("minus_huge + minus_huge", .notFinite), ("bottom - 1", .overflow),
    ("0 - bottom", .overflow),
    ("top - -1", .overflow), ("huge - minus_huge", .notFinite), ("top * 2", .overflow), ("bottom * -1", .overflow),
    ("-1 * bottom", .overflow), ("3037000500 * 3037000500", .overflow), ("huge * 2", .notFinite),
    ("huge * top", .notFinite),
    ("huge / tiny", .notFinite), ("huge / 0.5", .notFinite), ("top / tiny * top", .notFinite),
    ("bottom // -1", .overflow),
    ("huge // tiny", .notFinite), ("huge // 0.5", .notFinite), ("-bottom", .overflow), ("abs(bottom)", .overflow),
    ("floor(huge)", .overflow), ("ceil(huge)", .overflow), ("int(minus_huge)", .overflow), ("round(huge)", .overflow),
    ("floor(9223372036854775808.0)", .overflow), ("ceil(-9223372036854777856.0)", .overflow),
    ("sqrt(bottom)", .negativeRoot), ("sqrt(minus_huge)", .negativeRoot), ("sqrt(-tiny)", .negativeRoot),
  ])
  func `no operator and no function leaves 64 bits or becomes infinite`(text: String, kind: FormulaError.Kind) throws {
    try expectFault(text, kind)
  }

  @Test(arguments: ["/", "//", "%"], ["zero", "no", "nil", "minus_nil", "(1 - true)", "(0.5 - 0.5)", "0 * -1"])
  func `no operator divides by zero, however zero is spelled`(operation: String, zero: String) throws {
    for number in ["1", "1.5", "true", "0", "0.0", "top", "bottom", "huge", "minus_nil"] {
      try expectFault("\(number) \(operation) (\(zero))", .divisionByZero)
    }
  }

  /// A whole number within 64 bits, a finite double, or an error: for every operator on every pair of edges.
  @Test(arguments: ["+", "-", "*", "/", "//", "%", "<", "==", "and", "or"])
  func `every operator takes every pair of edges`(operation: String) throws {
    let context = try FormulaContext(Self.edges)
    for left in context.names {
      for right in context.names {
        let formula = try Formula(parsing: "\(left) \(operation) \(right)")
        do {
          let value = try formula.value(in: context, limits: widest)
          #expect(value.number.isFinite, "\(formula.source)")
        } catch {
          #expect([.overflow, .notFinite, .divisionByZero].contains(error.kind), "\(formula.source): \(error)")
        }
      }
    }
  }

  @Test(arguments: FormulaFunction.allCases)
  func `every function takes every edge`(function: FormulaFunction) throws {
    let context = try FormulaContext(Self.edges)
    for name in context.names {
      let arguments = function.arity == 1...1 ? name : "\(name), zero, \(name)"
      let formula = try Formula(parsing: "\(function.rawValue)(\(arguments))")
      do {
        let value = try formula.value(in: context, limits: widest)
        #expect(value.number.isFinite, "\(formula.source)")
      } catch {
        #expect([.overflow, .negativeRoot].contains(error.kind), "\(formula.source): \(error)")
      }
    }
  }

  private func expectFault(_ text: String, _ kind: FormulaError.Kind) throws {
    let context = try FormulaContext(Self.edges)
    let error = #expect(throws: FormulaError.self, "\(text)") {
      try Formula(parsing: text).value(in: context, limits: widest)
    }
    #expect(error?.kind == kind, "\(text)")
    #expect(error?.message.contains("has no result") == true, "\(text)")
  }

  // MARK: Contexts

  @Test(arguments: FormulaFunction.allCases)
  func `a context cannot take the place of a function`(function: FormulaFunction) throws {
    let error = #expect(throws: FormulaError.self) { try FormulaContext([function.rawValue: 1]) }
    #expect(error?.kind == .refusedContext)
    #expect(error?.source == function.rawValue)
    // As a part of a name it is a name and cannot be called.
    let context = try FormulaContext(["gear": [function.rawValue: 3]])
    #expect(try Formula(parsing: "gear.\(function.rawValue)").value(in: context) == .integer(3))
    #expect(failure(of: "gear.\(function.rawValue)(1)")?.kind == .unknownFunction)
  }

  @Test func `texts that are no Unicode arrive as replacement characters and are refused`() {
    let lone = String(decoding: [0x31, 0x2b, 0xD800, 0x31], as: UTF16.self)
    let broken = String(decoding: [0x31, 0x2b, 0xED, 0xA0, 0x80, 0xFF] as [UInt8], as: UTF8.self)
    for text in [lone, broken] {
      #expect(failure(of: text)?.kind == .syntax)
      #expect(failure(of: text)?.position == 2)
    }
  }

  // MARK: Time

  /// The best of ten tries, since a test shares its processor. Optimized it is microseconds; this bound is for a build
  /// that is not.
  @Test(.timeLimit(.minutes(1)))
  func `every attack is answered within milliseconds`() {
    let clock = ContinuousClock()
    let attacks = FormulaAttacks.walks + FormulaAttacks.amplifications + FormulaAttacks.towers
    for text in attacks.map(\.0) + FormulaAttacks.constructs.map(\.0) + Self.towering {
      let best = (0..<10).map { _ in clock.measure { _ = failure(of: text) } }.min() ?? .zero
      #expect(best < .milliseconds(20), "\(text.prefix(80))")
    }
  }
}
