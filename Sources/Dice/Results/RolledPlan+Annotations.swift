import Expressions

extension RolledPlan {
  /// What the parts under each tag add to the total. Walks the nodes in order; each passes what its parts contribute on
  /// to the node that uses it, and adds its own tags.
  var totalsByAnnotation: [String: Int64] {
    guard plan.nodes.contains(where: { !$0.annotations.isEmpty }) else { return [:] }
    var shares: [Shares] = []
    for (index, node) in plan.nodes.enumerated() {
      var share = Shares()
      switch node.kind {
      case .number, .formula, .dice: break
      case .group(let operand, _), .unary(.plus, let operand): share = self.shares(of: operand, shares)
      case .unary(.minus, let operand): share = shares[operand].scaled(.multiply, by: -1)
      case .set(let members, _), .pool(let members, _):
        for member in members { share = share.merging(self.shares(of: member, shares)) }
      case .call(let function, let arguments): share = self.share(of: function, arguments, index, shares)

      case .binary(let operation, let left, let right):
        share = combine((shares[left], values[left]), operation, (shares[right], values[right]))
      }
      for annotation in node.annotations { share.set(values[index], for: annotation) }
      shares.append(share)
    }
    return shares[rootIndex].totals
  }

  /// What a part passes on: nothing where it is dropped.
  private func shares(of node: Int, _ shares: [Shares]) -> Shares {
    dropper(of: node) == nil ? shares[node] : Shares()
  }

  /// A function passes on what its argument has; `min` and `max` that of the argument they took.
  private func share(of function: DiceFunction, _ arguments: [Int], _ node: Int, _ shares: [Shares]) -> Shares {
    switch function {
    case .min, .max:
      let taken = arguments.first { Number.order(total(of: $0), values[node]) == .equal }
      return taken.map { shares[$0] } ?? Shares()
    case .abs:
      guard let only = arguments.first else { return Shares() }
      return total(of: only).sign < 0 ? shares[only].scaled(.multiply, by: -1) : shares[only]
    case .ceil, .floor, .int, .round: return arguments.first.map { shares[$0] } ?? Shares()
    case .sign, .sqrt: return Shares()
    }
  }

  private func combine(
    _ left: (shares: Shares, value: Number), _ operation: DiceOperator, _ right: (shares: Shares, value: Number)
  ) -> Shares {
    switch operation {
    case .compare: Shares()
    case .remainderTowardZero: left.shares.scaled(.remainder, by: right.value)
    case .arithmetic(let operation): combine(left, operation, right)
    }
  }

  private func combine(
    _ left: (shares: Shares, value: Number), _ operation: ArithmeticOperator, _ right: (shares: Shares, value: Number)
  ) -> Shares {
    switch operation {
    case .add: left.shares.merging(right.shares)
    case .subtract: left.shares.merging(right.shares.scaled(.multiply, by: -1))
    case .multiply:
      left.shares.scaled(.multiply, by: right.value)
        .merging(right.shares.scaled(.multiply, by: left.value))
    case .divide, .floorDivide, .remainder: left.shares.scaled(operation, by: right.value)
    }
  }
}

/// The contribution of each tag to the value of a node.
private struct Shares {
  private var values: [String: Number] = [:]

  var totals: [String: Int64] {
    values.mapValues { (try? $0.truncated()) ?? ($0.sign < 0 ? .min : .max) }
  }

  /// The whole value belongs to the tag, whatever its parts contributed.
  mutating func set(_ value: Number, for annotation: String) {
    values[annotation] = value
  }

  func merging(_ other: Shares) -> Shares {
    var merged = self
    merged.values.merge(other.values) { Self.combine($0, .add, $1) }
    return merged
  }

  func scaled(_ operation: ArithmeticOperator, by factor: Number) -> Shares {
    var scaled = self
    scaled.values = values.mapValues { Self.combine($0, operation, factor) }
    return scaled
  }

  /// The result, or the end of `Int64` on its side: a share may be larger than the total it is part of.
  private static func combine(_ left: Number, _ operation: ArithmeticOperator, _ right: Number) -> Number {
    if let result = try? Number.combine(left, operation, right) { return result }
    let isNegative = operation == .add ? left.sign < 0 : left.sign != right.sign
    return .integer(isNegative ? .min : .max)
  }
}
