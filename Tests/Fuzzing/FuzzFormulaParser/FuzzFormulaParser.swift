import Expressions
import Fuzzing

/// A text is refused with a place in it, or is a formula; always the same one, whatever surrounds it and however wide the
/// limits are.
@_cdecl("FuzzFormulaParser_main")
func run(_ count: CInt, _ arguments: Fuzzing.Arguments) -> CInt {
  Fuzzing.run(count, arguments) { start, count in
    guard let text = Fuzzing.text(start, count) else { return 0 }
    do throws(FormulaError) {
      try read(try Formula(parsing: text))
    } catch {
      Fuzzing.demand("\(error)".utf8.count < 4_096, "a message of \("\(error)".utf8.count) bytes")
      Fuzzing.demand(error.position <= text.utf8.count, "\(error.position) lies outside the text")
      // What only the limits refused is a formula or is not; nobody may be hurt by looking.
      if error.kind == .limit { _ = try? Formula(parsing: text, limits: wide) }
    }
    return 0
  }
}

private let wide = FormulaLimits(length: 1 << 20, depth: 1_000, nodes: 1 << 20)

private func read(_ formula: Formula) throws(FormulaError) {
  let text = formula.source
  let wider = try Formula(parsing: "( (\t\(text)) )\n", limits: wide)
  Fuzzing.demand(wider.names == formula.names, "\(wider.names) in parentheses, \(formula.names) without")
  for name in formula.names {
    Fuzzing.demand(text.contains(name), "the name \(name) is not in the text")
    Fuzzing.demand(!name.contains("__class__"), "\(name) is a name")
    Fuzzing.demand((try? Formula(parsing: name))?.names == [name], "the name \(name) does not read as itself")
  }
  let names = try FormulaContext(["level": 5, "str_mod": -1, "hp": .object(["max": 30]), "ready": true, "half": 0.5])
  do throws(FormulaError) {
    let value = try formula.value(in: names)
    Fuzzing.demand(abs(value.number.asDouble) <= 1_000, "\(value) is beyond the limit")
    Fuzzing.demand(try wider.value(in: names) == value, "parentheses change the value")
  } catch {
    Fuzzing.demand(error.kind != .syntax, "what was read is refused: \(error)")
  }
}
