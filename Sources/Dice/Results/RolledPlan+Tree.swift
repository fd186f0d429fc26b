import Expressions

extension RolledPlan {
  func total() throws(DiceError) -> Int64 {
    do {
      return try total(of: rootIndex).truncated()
    } catch {
      throw DiceError(error, "the total \(values[rootIndex]) is too large", plan.source, at: 0)
    }
  }

  /// The tree below a node. Recurses as deep as the expression, which its limits bound.
  func node(at index: Int) -> RollNode {
    RollNode(
      kind: kind(of: index), value: values[index], annotations: plan.nodes[index].annotations,
      operands: operands(of: index).map { node(at: $0) })
  }

  /// What was rolled first for the dice of a node.
  private func operands(of index: Int) -> [Int] {
    guard case .dice(let term) = plan.nodes[index].kind else { return [] }
    return [plan.terms[term].count, plan.terms[term].sides].compactMap {
      if case .node(let node) = $0 { node } else { nil }
    }
  }

  private func kind(of index: Int) -> RollNode.Kind {
    switch plan.nodes[index].kind {
    case .number: .number
    case .formula(let formula): .formula(plan.formulas[formula])
    case .dice(let term): dice(ofTerm: term)
    case .group(let operand, let modifiers):
      .group(node(at: operand), notation: notation(modifiers), why: why(operand))
    case .unary(let sign, let operand): .unary(operator: sign.rawValue, operand: node(at: operand))
    case .binary(let operation, let left, let right):
      .binary(operator: operation.symbol, left: node(at: left), right: node(at: right))
    case .set(let members, let modifiers):
      .set(notation: notation(modifiers), members: members.map { member($0) })
    case .pool(let members, let modifiers):
      .pool(notation: notation(modifiers), members: members.map { member($0) })
    case .call(let function, let arguments):
      .call(function: function.rawValue, arguments: arguments.map { node(at: $0) })
    }
  }

  private func member(_ index: Int) -> RollNode.Member {
    RollNode.Member(node: node(at: index), value: total(of: index), why: why(index))
  }

  /// What dropped a node.
  private func why(_ index: Int) -> String? { dropper(of: index).map { plan.modifiers[$0].notation } }

  func notation(_ modifiers: Range<Int>) -> String { plan.modifiers[modifiers].map(\.notation).joined() }

  // MARK: Dice

  private func dice(ofTerm index: Int) -> RollNode.Kind {
    let term = plan.terms[index]
    let sides = sides(of: index)
    return .dice(
      notation: term.notation, sides: sides, dice: range(of: index).map { die(at: $0, sides) },
      formulas: term.formulas)
  }

  /// How many sides the dice of a term have.
  func sides(of term: Int) -> UInt32 {
    switch plan.terms[term].sides {
    case .known(let sides): UInt32(clamping: sides)
    case .node(let node): UInt32(clamping: (try? total(of: node).truncated()) ?? 0)
    }
  }

  private func die(at index: Int, _ sides: UInt32) -> RolledDie {
    let die = dice[index]
    let why = die.cause < 0 ? nil : plan.modifiers[Int(die.cause)].notation
    let exploded = die.exploded < 0 ? nil : plan.modifiers[Int(die.exploded)].notation
    if events.isEmpty, die.value == die.face {
      return RolledDie(
        sides: sides, face: Int64(die.face), draw: Int(die.draw), state: die.state.name, why: why, exploded: exploded)
    }
    let changes = events.filter { Int($0.die) == index }
    let drawn = changes.filter { $0.draw >= 0 }
    return RolledDie(
      sides: sides, faces: [Int64(firstFace(of: index))] + drawn.map { Int64($0.face) },
      draws: [Int(die.draw)] + drawn.map { Int($0.draw) }, value: Int64(die.value), state: die.state.name,
      why: why, exploded: exploded,
      changes: changes.map { event in
        RolledDie.Change(
          by: plan.modifiers[Int(event.modifier)].notation, value: Int64(event.face),
          draw: event.draw < 0 ? nil : Int(event.draw))
      })
  }

  /// What a die showed before anything was done to it.
  func firstFace(of die: Int) -> Int32 { firstFaces[die] ?? dice[die].face }

  // MARK: Criticals

  /// Follows the left edge of the expression down to its first leaf.
  var critical: RollResult.Critical? {
    var index = rootIndex
    while true {
      switch plan.nodes[index].kind {
      case .binary(_, let left, _): index = left
      case .unary(_, let operand), .group(let operand, _): index = operand
      case .set(let members, _), .pool(let members, _):
        guard let first = members.first else { return nil }
        index = first
      case .number, .formula, .call: return nil
      case .dice(let term): return dropper(of: index) == nil ? critical(ofTerm: term) : nil
      }
    }
  }

  private func critical(ofTerm index: Int) -> RollResult.Critical? {
    let kept = dice[range(of: index)].filter(\.isKept)
    guard plan.terms[index].face == .numbered, sides(of: index) == 20, kept.count == 1 else { return nil }
    return switch kept[0].value {
    case 20: .success
    case 1: .failure
    default: nil
    }
  }
}

extension RolledPlan.Die.State {
  fileprivate var name: RolledDie.State {
    switch self {
    case .kept: .kept
    case .dropped: .dropped
    case .replaced: .replaced
    }
  }
}
