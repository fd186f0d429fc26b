import Expressions

/// A flat object with a `kind`: `{"kind":"number","value":3,"annotations":[]}`.
extension RollNode: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind, value, annotations
    case notation, sides, dice, formulas
    case source, exact
    case `operator`, left, right, operand
    case why, members, function, arguments, operands
  }

  private enum Name: String, Codable {
    case dice, number, formula, binary, unary, group, set, pool, call
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .kind)
    try container.encode(value, forKey: .value)
    try container.encode(annotations, forKey: .annotations)
    // Most dice are counted beforehand.
    if !operands.isEmpty { try container.encode(operands, forKey: .operands) }
    switch kind {
    case .number: break
    case .dice(let notation, let sides, let dice, let formulas):
      try container.encode(notation, forKey: .notation)
      try container.encode(sides, forKey: .sides)
      try container.encode(dice, forKey: .dice)
      try container.encode(formulas, forKey: .formulas)
    case .formula(let formula):
      try container.encode(formula.source, forKey: .source)
      try container.encode(formula.exact, forKey: .exact)
    case .binary(let operation, let left, let right):
      try container.encode(operation, forKey: .operator)
      try container.encode(left, forKey: .left)
      try container.encode(right, forKey: .right)
    case .unary(let operation, let operand):
      try container.encode(operation, forKey: .operator)
      try container.encode(operand, forKey: .operand)
    case .group(let operand, let notation, let why):
      try container.encode(operand, forKey: .operand)
      // Most parentheses only group.
      if !notation.isEmpty { try container.encode(notation, forKey: .notation) }
      try container.encodeIfPresent(why, forKey: .why)
    case .set(let notation, let members), .pool(let notation, let members):
      try container.encode(notation, forKey: .notation)
      try container.encode(members, forKey: .members)
    case .call(let function, let arguments):
      try container.encode(function, forKey: .function)
      try container.encode(arguments, forKey: .arguments)
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    value = try container.decode(Number.self, forKey: .value)
    annotations = try container.decode([String].self, forKey: .annotations)
    operands = try container.decodeIfPresent([RollNode].self, forKey: .operands) ?? []
    kind = try Self.kind(try container.decode(Name.self, forKey: .kind), in: container)
  }

  private static func kind(_ name: Name, in container: KeyedDecodingContainer<CodingKeys>) throws -> Kind {
    switch name {
    case .number: .number
    case .dice:
      .dice(
        notation: try container.decode(String.self, forKey: .notation),
        sides: try container.decode(UInt32.self, forKey: .sides),
        dice: try container.decode([RolledDie].self, forKey: .dice),
        formulas: try container.decode([ResolvedFormula].self, forKey: .formulas))
    case .formula:
      .formula(
        ResolvedFormula(
          source: try container.decode(String.self, forKey: .source),
          value: try container.decode(Int64.self, forKey: .value),
          exact: try container.decode(Number?.self, forKey: .exact)))
    case .binary:
      .binary(
        operator: try container.decode(String.self, forKey: .operator),
        left: try container.decode(RollNode.self, forKey: .left),
        right: try container.decode(RollNode.self, forKey: .right))
    case .unary:
      .unary(
        operator: try container.decode(String.self, forKey: .operator),
        operand: try container.decode(RollNode.self, forKey: .operand))
    case .group:
      .group(
        try container.decode(RollNode.self, forKey: .operand),
        notation: try container.decodeIfPresent(String.self, forKey: .notation) ?? "",
        why: try container.decodeIfPresent(String.self, forKey: .why))
    case .set:
      .set(
        notation: try container.decode(String.self, forKey: .notation),
        members: try container.decode([Member].self, forKey: .members))
    case .pool:
      .pool(
        notation: try container.decode(String.self, forKey: .notation),
        members: try container.decode([Member].self, forKey: .members))
    case .call:
      .call(
        function: try container.decode(String.self, forKey: .function),
        arguments: try container.decode([RollNode].self, forKey: .arguments))
    }
  }

  private var name: Name {
    switch kind {
    case .dice: .dice
    case .number: .number
    case .formula: .formula
    case .binary: .binary
    case .unary: .unary
    case .group: .group
    case .set: .set
    case .pool: .pool
    case .call: .call
    }
  }
}

extension RollNode.Member: Codable {
  private enum CodingKeys: String, CodingKey {
    case node, value, why
  }

  /// Says `null` while it is kept.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(node, forKey: .node)
    try container.encode(value, forKey: .value)
    try container.encode(why, forKey: .why)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      node: try container.decode(RollNode.self, forKey: .node),
      value: try container.decode(Number.self, forKey: .value),
      why: try container.decode(String?.self, forKey: .why))
  }
}
