/// Puts the steps of a formula together while it is parsed, held to the limits of size.
///
/// Every method that takes operands is called when the steps of these, in the order of the source, are the last ones.
struct FormulaAssembler {
  /// What is complete: the steps that push one value.
  struct Operand {
    /// Where its steps begin; they end where the next operand's begin.
    let start: Int
    /// The levels of its tree.
    let depth: Int
  }

  private let source: String
  private let limits: FormulaLimits
  private(set) var steps: [FormulaStep] = []
  /// Each name once, in the order of appearance.
  private(set) var names: [String] = []
  /// Most values that lie on the stack at once.
  private(set) var stackMax = 0
  /// Values on the stack when the steps so far have run.
  private var height = 0
  private var nodes = 0
  /// The place of each name in `names`, once they are too many to look through.
  private var indexes: [String: Int] = [:]

  /// Names that are looked through one by one.
  private static let scannedMax = 8

  init(source: String, limits: FormulaLimits) {
    self.source = source
    self.limits = limits
    steps.reserveCapacity(16)
  }

  // MARK: Values

  mutating func add(constant value: FormulaValue, at position: Int) throws(FormulaError) -> Operand {
    try addLeaf(.constant(value), at: position)
  }

  mutating func add(name: String, at position: Int) throws(FormulaError) -> Operand {
    try addLeaf(.name(index(of: name)), at: position)
  }

  private mutating func addLeaf(_ action: FormulaStep.Action, at position: Int) throws(FormulaError) -> Operand {
    let operand = Operand(start: steps.count, depth: try depth(above: 0, at: position))
    try add(action, pushing: 1, at: position)
    return operand
  }

  private mutating func index(of name: String) -> Int {
    if names.count <= Self.scannedMax, let index = names.firstIndex(of: name) { return index }
    if let index = indexes[name] { return index }
    names.append(name)
    if names.count > Self.scannedMax {
      if indexes.isEmpty { for (index, name) in names.enumerated() { indexes[name] = index } }
      indexes[name] = names.count - 1
    }
    return names.count - 1
  }

  // MARK: What takes values

  /// A sign or `not`.
  mutating func add(
    prefix action: FormulaStep.Action, to operand: Operand, at position: Int
  ) throws(FormulaError) -> Operand {
    let depth = try depth(above: operand.depth, at: position)
    try add(action, pushing: 0, at: position)
    return Operand(start: operand.start, depth: depth)
  }

  /// An arithmetic operator.
  mutating func add(
    infix operation: ArithmeticOperator, _ left: Operand, _ right: Operand, at position: Int
  ) throws(FormulaError) -> Operand {
    let depth = try depth(above: max(left.depth, right.depth), at: position)
    try add(.arithmetic(operation), pushing: -1, at: position)
    return Operand(start: left.start, depth: depth)
  }

  mutating func add(
    callOf function: FormulaFunction, _ first: Operand, count: Int, deepest: Int, at position: Int
  ) throws(FormulaError) -> Operand {
    guard function.arity.contains(count) else { throw .argumentCount(function, count, source, at: position) }
    let depth = try depth(above: deepest, at: position)
    try add(count == 1 ? .apply(function) : .choose(function, count: count), pushing: 1 - count, at: position)
    return Operand(start: first.start, depth: depth)
  }

  // MARK: What skips

  /// A comparison that another one follows. `previous` is the place of the one before it in the chain; returns its own.
  mutating func addChained(
    _ comparison: ComparisonOperator, after previous: Int?, at position: Int
  ) throws(FormulaError) -> Int {
    // How far to skip is known when the chain ends. Until then each leads to the one before it; no step has the place −1.
    try add(.chained(comparison, skipping: previous ?? -1), pushing: -1, at: position)
    return steps.count - 1
  }

  /// The last or only comparison. `chain` is the place of the one before it.
  mutating func add(
    comparison: ComparisonOperator, _ first: Operand, chain: Int?, deepest: Int, at position: Int
  ) throws(FormulaError) -> Operand {
    let depth = try depth(above: deepest, at: position)
    try add(.comparison(comparison), pushing: -1, at: position)
    var place = chain ?? -1
    while place >= 0, case .chained(let comparison, let previous) = steps[place].action {
      steps[place].action = .chained(comparison, skipping: steps.count - 1 - place)
      place = previous
    }
    return Operand(start: first.start, depth: depth)
  }

  /// `and` or `or` between its sides; returns its place, for ``complete(_:from:to:at:)``.
  mutating func add(junction: FormulaStep.Action, at position: Int) throws(FormulaError) -> Int {
    try add(junction, pushing: -1, at: position)
    return steps.count - 1
  }

  mutating func complete(
    _ place: Int, from left: Operand, to right: Operand, at position: Int
  ) throws(FormulaError) -> Operand {
    let depth = try depth(above: max(left.depth, right.depth), at: position)
    let count = steps.count - 1 - place
    if case .and = steps[place].action {
      steps[place].action = .and(skipping: count)
    } else {
      steps[place].action = .or(skipping: count)
    }
    return Operand(start: left.start, depth: depth)
  }

  /// The `if` of `whenTrue if condition else whenFalse`, after its first part.
  mutating func addIf(at position: Int) throws(FormulaError) {
    add(uncounted: .skip(0), at: position)
    height -= 1
  }

  /// The `else`, after the condition: puts the condition first, which runs first. Returns the place of the skip over
  /// `whenFalse`.
  ///
  /// A skip counts from where it stands, so steps that move together need no change. Each level of choices moves a step at
  /// most once: the work is bounded by the number of steps times the depth.
  mutating func addElse(_ whenTrue: Operand, _ condition: Operand, at position: Int) throws(FormulaError) -> Int {
    let first = steps[whenTrue.start..<condition.start]
    try add(.unless(skipping: first.count), pushing: -1, at: position)
    steps.removeSubrange(whenTrue.start..<condition.start)
    steps += first
    return steps.count - 1
  }

  mutating func complete(
    choiceFrom start: Int, skip place: Int, deepest: Int, at position: Int
  ) throws(FormulaError) -> Operand {
    steps[place].action = .skip(steps.count - 1 - place)
    return Operand(start: start, depth: try depth(above: deepest, at: position))
  }

  // MARK: Limits

  private mutating func add(
    _ action: FormulaStep.Action, pushing growth: Int, at position: Int
  ) throws(FormulaError) {
    guard nodes < limits.nodes else { throw .tooManyNodes(source, limits, at: position) }
    nodes += 1
    height += growth
    stackMax = max(stackMax, height)
    add(uncounted: action, at: position)
  }

  private mutating func add(uncounted action: FormulaStep.Action, at position: Int) {
    steps.append(FormulaStep(action: action, position: position))
  }

  private func depth(above depth: Int, at position: Int) throws(FormulaError) -> Int {
    guard depth < limits.depth else { throw .tooDeep(source, limits, at: position) }
    return depth + 1
  }
}
