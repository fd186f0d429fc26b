/// How much text, structure, work and magnitude a formula may have. Every limit is inclusive.
///
/// The sizes are checked while a formula is parsed, the cost and the result while it is evaluated, so one compiled
/// formula can serve operations with different bounds.
public struct FormulaLimits: Sendable, Hashable {
  /// Unicode scalars of the source.
  public let length: Int
  /// Levels of the tree, a lone number being one. Parentheses do not count.
  public let depth: Int
  /// Operators, calls, names and literals.
  public let nodes: Int
  /// Nodes evaluated; a branch not taken costs nothing.
  public let cost: Int
  /// The result lies within ±`result`; nil leaves only the range of the number types.
  public let result: Int64?

  /// The deepest tree any limits allow. Nothing recurses, but what waits while a formula is parsed is bounded by its
  /// depth, and so is how often a step is moved.
  public static let depthCeiling = 1_000

  /// 512 characters, depth 10, 200 nodes, cost 1,000, result within ±1,000.
  public static let standard = FormulaLimits()

  /// A depth above ``depthCeiling`` is taken as the ceiling, and what is negative as 0.
  public init(length: Int = 512, depth: Int = 10, nodes: Int = 200, cost: Int = 1_000, result: Int64? = 1_000) {
    self.length = max(0, length)
    self.depth = max(0, min(depth, Self.depthCeiling))
    self.nodes = max(0, nodes)
    self.cost = max(0, cost)
    self.result = result.map { max(0, $0) }
  }

  /// These limits for an operation that allows results within ±`result`: each kind of operation has a bound of its own.
  public func bounding(result: Int64?) -> FormulaLimits {
    FormulaLimits(length: length, depth: depth, nodes: nodes, cost: cost, result: result)
  }
}
