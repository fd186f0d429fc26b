import Expressions
import Fuzzing

/// A formula is refused with a place, or has one value within the limits.
@_cdecl("FuzzFormula_main")
func run(_ count: CInt, _ arguments: Fuzzing.Arguments) -> CInt {
  Fuzzing.run(count, arguments) { start, count in
    guard let text = Fuzzing.text(start, count) else { return 0 }
    do {
      try evaluate(text)
    } catch let error as FormulaError {
      Fuzzing.demand("\(error)".utf8.count < 4_096, "a message of \("\(error)".utf8.count) bytes")
    } catch {
      Fuzzing.demand(false, "\(text): \(error)")
    }
    return 0
  }
}

private func evaluate(_ text: String) throws {
  let names = try FormulaContext(["level": 5, "str_mod": -1, "hp": .object(["max": 30]), "ready": true, "half": 0.5])
  let formula = try Formula(parsing: text)
  let value = try formula.value(in: names)
  switch value {
  case .integer(let integer): Fuzzing.demand((-1_000...1_000).contains(integer), "\(integer) is beyond the limit")
  case .double(let double): Fuzzing.demand(abs(double) <= 1_000, "\(double) is beyond the limit")
  case .boolean: break
  }
  Fuzzing.demand(try Formula(parsing: text).value(in: names) == value, "the second value is another")
}
