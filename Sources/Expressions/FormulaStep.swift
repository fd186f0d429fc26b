/// One step of a compiled formula.
///
/// Steps lie in one array in the order in which they run, operands before what uses them, and work on a stack of values:
/// `1 + 2 * 3` is `1`, `2`, `3`, multiply, add. What evaluates only one of its sides skips steps ahead, never back, so
/// every step runs at most once. A flat array needs no reference counting to run, no recursion, and cannot overflow the
/// thread's stack when it is let go.
struct FormulaStep: Sendable {
  enum Action: Sendable {
    /// Pushes a value.
    case constant(FormulaValue)
    /// Pushes the value of a name, by its index in the formula's list of names.
    case name(Int)
    // These take one value and push one.
    case plus, minus, not
    case apply(FormulaFunction)
    // These take two values and push one.
    case arithmetic(ArithmeticOperator)
    case comparison(ComparisonOperator)
    /// Takes this many values and pushes the smallest or the largest of them.
    case choose(FormulaFunction, count: Int)
    /// In `a < b < c`: takes `a` and `b`; pushes `b` when it holds, else `false` and skips the rest of the chain.
    case chained(ComparisonOperator, skipping: Int)
    /// Leaves a value that is false and skips; takes one that is true.
    case and(skipping: Int)
    /// Leaves a value that is true and skips; takes one that is false.
    case or(skipping: Int)
    /// Takes a condition; skips when it is false.
    case unless(skipping: Int)
    case skip(Int)
  }

  var action: Action
  /// Where in the source to point when this step fails, in UTF-8 bytes.
  let position: Int
}
