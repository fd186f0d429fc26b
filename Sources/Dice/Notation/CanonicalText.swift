import Expressions

/// Writes an expression the one way this program writes it: `4d6kh3 + 2`.
struct CanonicalText {
  private let nodes: [DiceNode]
  private let formulas: [TemplateFormula]
  private let dialect: DiceDialect
  /// What a formula came to, where the text is to have numbers.
  private let value: ((Int) -> Int64)?

  init(
    _ nodes: [DiceNode], _ formulas: [TemplateFormula], _ dialect: DiceDialect, value: ((Int) -> Int64)? = nil
  ) {
    self.nodes = nodes
    self.formulas = formulas
    self.dialect = dialect
    self.value = value
  }

  var text: String {
    text(of: nodes.count - 1)
  }

  private func text(of index: Int) -> String {
    let node = nodes[index]
    let text =
      switch node.kind {
      case .number(let number): number.plainText
      case .formula(let formula): text(ofFormula: formula)
      case .dice(let term): head(of: term) + text(of: term.modifiers)
      case .group(let operand, let modifiers): "(\(text(of: operand)))" + text(of: modifiers)
      case .set(let members, let modifiers):
        // One member needs the comma that tells a set from parentheses.
        "(\(list(members))\(members.count == 1 ? "," : ""))" + text(of: modifiers)
      case .pool(let members, let modifiers):
        dialect == .native
          ? "{{\(list(members))}}" + text(of: modifiers) : "{\(list(members))}" + text(of: modifiers)
      case .call(let function, let arguments): "\(function.rawValue)(\(list(arguments)))"
      case .unary(let sign, let operand): sign.rawValue + text(of: operand)
      case .binary(let operation, let left, let right):
        "\(text(of: left)) \(operation.symbol) \(text(of: right))"
      }
    return text + node.annotations.map { "[\($0)]" }.joined()
  }

  private func list(_ members: [Int]) -> String { members.map { text(of: $0) }.joined(separator: ", ") }

  /// `4d6`
  func head(of term: DiceTerm) -> String {
    let sides =
      switch term.face {
      case .numbered: text(of: term.sides)
      case .tens: "%"
      case .fate: dialect == .native ? "F" : "f"
      case .coin: dialect == .native ? "C" : "c"
      }
    return "\(text(of: term.count))d\(sides)"
  }

  private func text(of quantity: Quantity) -> String {
    switch quantity.source {
    case .literal(let value): String(value)
    case .formula(let formula): text(ofFormula: formula)
    case .node(let node):
      // A group writes its own parentheses; the part of a count does not.
      if case .group = nodes[node].kind { text(of: node) } else { "(\(text(of: node)))" }
    case .sides: ""
    }
  }

  private func text(ofFormula index: Int) -> String {
    value.map { String($0(index)) } ?? formulas[index].text
  }

  // MARK: Modifiers

  private func text(of modifiers: [Modifier]) -> String { modifiers.map { text(of: $0) }.joined() }

  /// `kh3`, `ro<2`, `x3=6`; one word for each selector.
  func text(of modifier: Modifier) -> String {
    let cap = modifier.cap.map { text(of: $0) } ?? ""
    return modifier.selectors.map { "\(modifier.word)\(cap)\(text(of: $0, capped: modifier.cap != nil))" }.joined()
  }

  private func text(of selector: Selector, capped: Bool) -> String {
    guard let quantity = selector.quantity else { return "" }
    let number = text(of: quantity)
    return switch selector.test {
    case .highest: "h\(number)"
    case .lowest: "l\(number)"
    case .equal: capped ? "=\(number)" : number
    case .less: "<\(number)"
    case .lessOrEqual: "<=\(number)"
    case .greater: ">\(number)"
    case .greaterOrEqual: ">=\(number)"
    case .even, .odd, .unsuccessful: ""
    case .amount: number
    }
  }
}

extension Number {
  /// The number without an exponent, as dice notation writes it: `0.00001`.
  var plainText: String {
    let text = description
    guard let mark = text.lastIndex(where: { $0 == "e" }), let exponent = Int(text[text.index(after: mark)...]),
      exponent < 0
    else { return text }
    let digits = text[..<mark].filter(\.isNumber)
    let sign = text.hasPrefix("-") ? "-" : ""
    return "\(sign)0.\(String(repeating: "0", count: -exponent - 1))\(digits)"
  }
}
