import Expressions

/// Writes an expression the one way this program writes it: `4d6kh3 + 2`.
struct CanonicalText {
  private let nodes: [DiceNode]
  private let formulas: [TemplateFormula]

  init(_ nodes: [DiceNode], _ formulas: [TemplateFormula]) {
    self.nodes = nodes
    self.formulas = formulas
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
      case .dice(let term): text(of: term)
      case .group(let operand): "(\(text(of: operand)))"
      case .unary(let sign, let operand): sign.rawValue + text(of: operand)
      case .binary(let operation, let left, let right):
        "\(text(of: left)) \(operation.rawValue) \(text(of: right))"
      }
    return text + node.annotations.map { "[\($0)]" }.joined()
  }

  private func text(of term: DiceTerm) -> String {
    "\(text(of: term.count))d\(text(of: term.sides))"
      + term.modifiers.map { $0.word + text(of: $0.quantity) }.joined()
  }

  private func text(of quantity: Quantity) -> String {
    switch quantity.source {
    case .literal(let value): String(value)
    case .formula(let formula): text(ofFormula: formula)
    }
  }

  private func text(ofFormula index: Int) -> String {
    "{\(formulas[index].formula.source)}"
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
