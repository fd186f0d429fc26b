import Expressions
import Fuzzing

/// A formula of the grammar has one finite value or one error, and means the same where nothing around it matters.
///
/// An input is not a text, most of which would be no formula: it is a whole number and a double of eight bytes each, then
/// a byte for each leaf and operator, operands first.
@_cdecl("FuzzFormulaEvaluator_main")
func run(_ count: CInt, _ arguments: Fuzzing.Arguments) -> CInt {
  Fuzzing.run(count, arguments) { start, count in
    let bytes = Fuzzing.bytes(start, count)
    let whole = Int64(truncatingIfNeeded: word(bytes.prefix(8)))
    let real = Double(bitPattern: word(bytes.dropFirst(8).prefix(8)))
    let entries: [String: FormulaContext.Entry] = [
      "whole": .integer(whole), "real": .double(real), "yes": true, "no": false,
    ]
    do throws(FormulaError) {
      try evaluate(formula(bytes.dropFirst(16)), in: try FormulaContext(entries))
    } catch {
      Fuzzing.demand(error.kind == .refusedContext && !real.isFinite, "\(error)")
    }
    return 0
  }
}

private func word(_ bytes: some Sequence<UInt8>) -> UInt64 {
  bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
}

private let limits = FormulaLimits(length: 1 << 14, depth: 200, nodes: 1 << 12, cost: 1 << 12, result: nil)

// MARK: A formula from bytes

private let leaves = ["whole", "real", "yes", "no", "0", "1", "2.5", "9007199254740993"]
private let infixes = ["+", "-", "*", "/", "//", "%", "<", "<=", ">", ">=", "==", "!=", "and", "or"]

/// Each byte takes the operands it needs from those that are there, and is passed over when they are too few.
private func formula(_ bytes: some Sequence<UInt8>) -> String {
  var operands: [String] = []
  for byte in bytes {
    let choice = Int(byte % 32)
    let (count, make) = part(choice, Int(byte / 32))
    guard operands.count >= count else { continue }
    let made = make(operands.suffix(count))
    guard made.utf8.count < 4_000 else { break }
    operands.removeLast(count)
    operands.append(made)
  }
  return operands.last ?? "0"
}

private func part(_ choice: Int, _ variant: Int) -> (operands: Int, make: (ArraySlice<String>) -> String) {
  switch choice {
  case 8..<22: return (2, { "(\($0.joined(separator: " \(infixes[choice - 8]) ")))" })
  case 22: return (1, { "(not \($0.joined()))" })
  case 23: return (1, { "-\($0.joined())" })
  case 24: return (1, { "+\($0.joined())" })
  case 25: return (3, { "(\($0[$0.startIndex]) if \($0[$0.startIndex + 1]) else \($0[$0.startIndex + 2]))" })
  case 26: return (3, { "(\($0.joined(separator: " \(infixes[6 + variant % 6]) ")))" })
  case 27..<30:
    let functions = FormulaFunction.allCases
    let function = functions[(variant * 3 + choice - 27) % functions.count]
    let count = function.arity == 1...1 ? 1 : 2
    return (count, { "\(function.rawValue)(\($0.joined(separator: ", ")))" })
  default: return (0, { _ in leaves[choice % leaves.count] })
  }
}

// MARK: What holds for every formula

private func evaluate(_ text: String, in context: FormulaContext) throws(FormulaError) {
  // Deeper than the limits: nothing to evaluate.
  guard let formula = try? Formula(parsing: text, limits: limits) else {
    _ = try? Formula(parsing: text)
    return
  }
  let outcome = outcome(of: formula, in: context)
  demand(outcome, equals: result(of: text, in: context), "the second time")
  demand(outcome, equals: result(of: "\(text) if yes else 1 / 0", in: context), "chosen")
  demand(outcome, equals: result(of: "1 / 0 if no else (\(text))", in: context), "chosen as the other")
  demand(outcome, equals: result(of: "yes and (\(text))", in: context), "after and")
  demand(outcome, equals: result(of: "no or (\(text))", in: context), "after or")
  demand(outcome, equals: result(of: "min(\(text), \(text))", in: context), "as the smaller of two")
  switch outcome {
  case .success(let value):
    Fuzzing.demand(value.number.isFinite, "\(text) is \(value)")
    demand(.success(.boolean(value.isTrue)), equals: result(of: "not not (\(text))", in: context), "denied twice")
    let bounded = try? formula.value(in: context)
    Fuzzing.demand((bounded != nil) == (abs(value.number.asDouble) <= 1_000), "\(text) is \(value) within the bound")
  case .failure(let error):
    Fuzzing.demand([.overflow, .divisionByZero, .notFinite, .negativeRoot].contains(error.kind), "\(text): \(error)")
    Fuzzing.demand(error.position < text.utf8.count && "\(error)".utf8.count < 4_096, "\(text): \(error)")
  }
}

private typealias Outcome = Result<FormulaValue, FormulaError>

private func outcome(of formula: Formula, in context: FormulaContext) -> Outcome {
  Outcome { () throws(FormulaError) in try formula.value(in: context, limits: limits) }
}

/// What `text` gives by itself.
private func result(of text: String, in context: FormulaContext) -> Outcome? {
  (try? Formula(parsing: text, limits: limits)).map { outcome(of: $0, in: context) }
}

/// The same value, to the last bit of a double, or the same kind of error.
private func demand(_ left: Outcome, equals right: Outcome?, _ place: String) {
  switch (left, right) {
  // Beyond the limits with what was put around it.
  case (_, nil): break
  case (.success(.double(let left)), .success(.double(let right))):
    Fuzzing.demand(left.bitPattern == right.bitPattern, "\(right) \(place) and not \(left)")
  case (.success(let left), .success(let right)): Fuzzing.demand(left == right, "\(right) \(place) and not \(left)")
  case (.failure(let left), .failure(let right)):
    Fuzzing.demand(left.kind == right.kind, "\(right) \(place) and not \(left)")
  default: Fuzzing.demand(false, "\(String(describing: right)) \(place) and not \(left)")
  }
}
