import Expressions

extension RolledPlan {
  /// Most dice of one term that a text lists; the tree has them all.
  static let listedDiceMax = 40

  /// `4d6kh3 (6, 5, 4, ~1~) + 2 = 17`: dropped dice between tildes, `1→4` for one that was rerolled or changed, `6!` for one
  /// that exploded.
  func text(total: Int64) -> String {
    "\(text(of: rootIndex)) = \(total)"
  }

  private func text(of index: Int) -> String {
    let tags = plan.nodes[index].annotations.map { "[\($0)]" }.joined()
    return switch plan.nodes[index].kind {
    case .number(let number): number.plainText + tags
    case .formula(let formula): "{\(plan.formulas[formula].source)}\(tags) (\(plan.formulas[formula].valueText))"
    case .dice(let term): "\(head(of: term))\(tags) (\(list(range(of: term))))"
    case .group(let operand, let modifiers): "(\(struck(operand)))\(notation(modifiers))\(tags)"
    case .unary(let sign, let operand): sign.rawValue + text(of: operand) + tags
    case .binary(let operation, let left, let right):
      "\(text(of: left)) \(operation.symbol) \(text(of: right))"
    case .set(let members, let modifiers): "(\(list(members)))\(notation(modifiers))\(tags)"
    case .pool(let members, let modifiers): "{\(list(members))}\(notation(modifiers))\(tags)"
    case .call(let function, let arguments):
      "\(function.rawValue)(\(arguments.map { text(of: $0) }.joined(separator: ", ")))\(tags)"
    }
  }

  /// The notation of dice, with what was rolled for their count and sides.
  private func head(of index: Int) -> String {
    let term = plan.terms[index]
    guard term.isCounted else { return term.notation }
    return "\(text(of: term.count))d\(text(of: term.sides))\(notation(term.modifiers))"
  }

  private func text(of amount: RollPlan.Amount) -> String {
    switch amount {
    case .known(let number): return "\(number)"
    case .node(let node):
      let text = text(of: node)
      if case .group = plan.nodes[node].kind { return text }
      return "(\(text))"
    }
  }

  private func list(_ members: [Int]) -> String { members.map { struck($0) }.joined(separator: ", ") }

  private func struck(_ member: Int) -> String {
    dropper(of: member) == nil ? text(of: member) : "~\(text(of: member))~"
  }

  private func list(_ range: Range<Int>) -> String {
    let listed = range.prefix(Self.listedDiceMax).map { dice[$0].isKept ? history(of: $0) : "~\(history(of: $0))~" }
    let rest = range.count - listed.count
    return (listed + (rest > 0 ? ["… \(rest) more"] : [])).joined(separator: ", ")
  }

  /// What a die showed and came to count: `1→4`, `6!`.
  private func history(of die: Int) -> String {
    let faces = [firstFace(of: die)] + events.filter { Int($0.die) == die }.map(\.face)
    return faces.map { "\($0)" }.joined(separator: "→") + (dice[die].exploded < 0 ? "" : "!")
  }
}

extension ResolvedFormula {
  /// `4`, or `4.5 → 4` where a fraction was cut off.
  fileprivate var valueText: String {
    exact.map { "\($0.plainText) → \(value)" } ?? "\(value)"
  }
}
