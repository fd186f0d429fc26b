/// A formula's nodes while they are put together, held to the limits of size.
struct FormulaTree {
  private let source: String
  private let limits: FormulaLimits
  private(set) var nodes: [FormulaNode] = []
  private(set) var links: [FormulaNode.Link] = []
  private(set) var arguments: [Int] = []
  /// Each name once, in the order of appearance.
  private(set) var names: [String] = []
  /// The levels from each node down.
  private var depths: [Int] = []

  init(source: String, limits: FormulaLimits) {
    self.source = source
    self.limits = limits
    nodes.reserveCapacity(16)
    depths.reserveCapacity(16)
  }

  // Each adds a node over nodes already there and returns its index.

  mutating func add(constant value: FormulaValue, at position: Int) throws(FormulaError) -> Int {
    try add(.constant(value), above: 0, at: position)
  }

  mutating func add(name: String, at position: Int) throws(FormulaError) -> Int {
    let index = names.firstIndex(of: name) ?? names.count
    if index == names.count { names.append(name) }
    return try add(.name(index), above: 0, at: position)
  }

  mutating func add(_ kind: FormulaNode.Kind, over operand: Int, at position: Int) throws(FormulaError) -> Int {
    try add(kind, above: depths[operand], at: position)
  }

  mutating func add(
    _ kind: FormulaNode.Kind, over left: Int, _ right: Int, at position: Int
  ) throws(FormulaError) -> Int {
    try add(kind, above: max(depths[left], depths[right]), at: position)
  }

  mutating func add(
    choice whenTrue: Int, _ condition: Int, _ whenFalse: Int, at position: Int
  ) throws(FormulaError) -> Int {
    try add(
      .choice(condition: condition, whenTrue: whenTrue, whenFalse: whenFalse),
      above: max(depths[whenTrue], depths[condition], depths[whenFalse]), at: position)
  }

  mutating func add(
    comparisonOf first: Int, _ chain: [FormulaNode.Link], at position: Int
  ) throws(FormulaError) -> Int {
    links.append(contentsOf: chain)
    let depth = chain.reduce(depths[first]) { max($0, depths[$1.operand]) }
    return try add(
      .comparison(first: first, links: links.count - chain.count..<links.count), above: depth, at: position)
  }

  mutating func add(
    callOf function: FormulaFunction, _ given: [Int], at position: Int
  ) throws(FormulaError) -> Int {
    guard function.arity.contains(given.count) else {
      throw .argumentCount(function, given.count, source, at: position)
    }
    arguments.append(contentsOf: given)
    let depth = given.reduce(0) { max($0, depths[$1]) }
    return try add(
      .call(function, arguments: arguments.count - given.count..<arguments.count), above: depth, at: position)
  }

  private mutating func add(
    _ kind: FormulaNode.Kind, above depth: Int, at position: Int
  ) throws(FormulaError) -> Int {
    guard depth < limits.depth else { throw .tooDeep(source, limits, at: position) }
    guard nodes.count < limits.nodes else { throw .tooManyNodes(source, limits, at: position) }
    nodes.append(FormulaNode(kind: kind, position: position))
    depths.append(depth + 1)
    return nodes.count - 1
  }
}
