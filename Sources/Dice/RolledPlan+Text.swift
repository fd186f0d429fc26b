import Expressions

extension RolledPlan {
  /// Most dice of one term that a text lists; the tree has them all.
  static let listedDiceMax = 40

  /// `4d6kh3 (6, 5, 4, ~1~) + 2 = 17`, dropped dice between tildes.
  func text(total: Int64) -> String {
    "\(text(of: rootIndex)) = \(total)"
  }

  private func text(of index: Int) -> String {
    let tags = plan.nodes[index].annotations.map { "[\($0)]" }.joined()
    return switch plan.nodes[index].kind {
    case .number(let number): number.plainText + tags
    case .formula(let formula): "{\(plan.formulas[formula].source)}\(tags) (\(plan.formulas[formula].valueText))"
    case .dice(let term): "\(plan.terms[term].notation)\(tags) (\(list(plan.terms[term].dice)))"
    case .group(let operand): "(\(text(of: operand)))" + tags
    case .unary(let sign, let operand): sign.rawValue + text(of: operand) + tags
    case .binary(let operation, let left, let right):
      "\(text(of: left)) \(operation.rawValue) \(text(of: right))"
    }
  }

  private func list(_ range: Range<Int>) -> String {
    let listed = dice[range].prefix(Self.listedDiceMax).map { $0.isKept ? "\($0.face)" : "~\($0.face)~" }
    let rest = range.count - listed.count
    return (listed + (rest > 0 ? ["… \(rest) more"] : [])).joined(separator: ", ")
  }
}

extension ResolvedFormula {
  /// `4`, or `4.5 → 4` where a fraction was cut off.
  fileprivate var valueText: String {
    exact.map { "\($0.plainText) → \(value)" } ?? "\(value)"
  }
}
