/// One node of a compiled formula. Nodes lie in one array, operands before what uses them, the root last; other nodes
/// are named by their index. A flat array costs one allocation, needs no reference counting to walk, and cannot
/// overflow the stack when it is let go.
struct FormulaNode: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case constant(FormulaValue)
    /// The index of a name in the formula's list of names.
    case name(Int)
    case plus(Int)
    case minus(Int)
    case not(Int)
    case arithmetic(ArithmeticOperator, left: Int, right: Int)
    /// `first < a <= b`: the links after the first operand, a range of the formula's links.
    case comparison(first: Int, links: Range<Int>)
    case and(Int, Int)
    case or(Int, Int)
    case choice(condition: Int, whenTrue: Int, whenFalse: Int)
    /// The arguments are a range of the formula's arguments.
    case call(FormulaFunction, arguments: Range<Int>)
  }

  /// One `< operand` of a comparison.
  struct Link: Sendable, Hashable {
    let comparison: ComparisonOperator
    let operand: Int
  }

  let kind: Kind
  /// Where in the source to point when this node fails, in UTF-8 bytes.
  let position: Int
}
