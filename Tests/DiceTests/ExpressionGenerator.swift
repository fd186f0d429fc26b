import Dice
import Expressions

/// Makes expressions of the whole notation of a dialect. Most can be rolled.
struct ExpressionGenerator {
  let dialect: DiceDialect
  var numbers: SeededNumbers

  /// What the formulas of the expressions read.
  static func context() throws -> FormulaContext { try FormulaContext(["level": 3, "str_mod": -1]) }

  mutating func expression(depth: Int = 4) -> String {
    guard depth > 0 else { return term() }
    let (left, space) = (expression(depth: depth - 1), pick(["", " ", "  "]))
    return switch Int.random(in: 0..<11, using: &numbers) {
    case 0, 1: "\(left)\(space)+\(space)\(expression(depth: depth - 1))"
    case 2: "\(left)\(space)-\(space)\(expression(depth: depth - 1))"
    case 3: "\(left)\(space)*\(space)\(term())"
    case 4: divided(left, space)
    case 5: "(\(space)\(left)\(space))\(annotation())"
    case 6: "\(pick(["-", "+", "- "]))\(left)"
    case 7: members(of: left, depth: depth - 1)
    case 8: called(left, depth: depth - 1)
    default: left
    }
  }

  private mutating func divided(_ left: String, _ space: String) -> String {
    let divisor = pick(["2", "3", "1d4", "(1d3-2)", "-1.5"])
    let operation = pick(dialect == .foundry ? ["/", "%"] : ["//", "//", "/", "%", " <", " >=", " ==", "!="])
    return "\(left)\(space)\(operation)\(space)\(divisor)"
  }

  /// A set or a pool.
  private mutating func members(of left: String, depth: Int) -> String {
    let right = expression(depth: depth)
    let picked = pick(["kh1", "kl1", "kh2", ""])
    switch dialect {
    case .native:
      return Bool.random(using: &numbers)
        ? "(\(left), \(right))" + pick(["kh1", "kl", "dh1", "p<4", ""])
        : "{{\(left), \(right), 1d6}}" + pick(["kh", "dl1", "cs>=4", "cs>4df<2", "even", "ms>=3", ""])
    case .d20: return "(\(left), \(right)\(pick(["", ","])))" + pick(["kh1", "ph1", "k>3", "p<2", "kl1kh1", ""])
    case .foundry: return "{\(left), \(right)}\(picked)"
    }
  }

  private mutating func called(_ left: String, depth: Int) -> String {
    guard dialect != .d20 else { return left }
    return Bool.random(using: &numbers)
      ? "\(pick(["floor", "ceil", "round", "abs", "int", "sign"]))(\(left))"
      : "\(pick(["min", "max"]))(\(left), \(expression(depth: depth)))"
  }

  private mutating func term() -> String {
    switch Int.random(in: 0..<7, using: &numbers) {
    case 0: pick(["0", "1", "2.5", ".25", "17", "3.0"])
    case 1 where dialect == .native:
      pick(["{level}", "{ level*1.5 }", "{max(1, str_mod) if level > 2 else 0}", "@level"]) + annotation()
    case 1 where dialect == .foundry: pick(["@level", "@str_mod"]) + annotation()
    case 2 where dialect != .d20: pick(["(1d4)d6", "2d(1d6+1)", "(2)d(2d4)kh1"]) + annotation()
    default: dice() + annotation()
    }
  }

  private mutating func dice() -> String {
    let modifiers = (0..<Int.random(in: 0...2, using: &numbers)).map { _ in modifier() }.joined()
    switch dialect {
    case .native:
      let sides = pick(["4", "6", "20", "%", "2", "1000000", "{level + 3}", "F", "C"])
      let counting = pick(["", "", "", "cs>=3", "cf", "even", "odddf", "cs>2sf<2", "ms>=4", "ms<4"])
      return pick(["", "1", "2", "4", "0", "{level}"]) + pick(["d", "D"]) + sides + modifiers + counting
    case .d20: return pick(["", "1", "2", "4", "0", "12"]) + "d" + pick(["4", "6", "20", "%", "2", "100"]) + modifiers
    case .foundry: return pick(["", "1", "2", "4", "0"]) + "d" + pick(["4", "6", "20", "f", "c", "100"]) + modifiers
    }
  }

  private mutating func modifier() -> String {
    switch dialect {
    case .native:
      pick([
        "k", "kh2", "KL", "dh1", "dl", "kh0", "kh{level - 2}", "p1", "p<3", "ph1", "r", "ro<3", "rr1", "rr<=2", "r1=1",
        "ra", "x", "xo", "x3=4", "e>18", "min2", "ma3", "MAX4", "mi2",
      ])
    case .d20:
      pick(["k", "p", "ro", "ra", "e"]) + pick(["h1", "l1", "l2", "<2", ">3", "3", "1"])
        + pick(["", "", "mi2", "ma3", "rr1", "kh3kl1"])
    case .foundry:
      pick([
        "k", "kh2", "kl", "d", "dh1", "r", "r<3", "rr1", "rr<=2", "r1=1", "x", "xo", "x3=4", "x>18", "min2", "max3",
        "cs>=3", "cf", "even", "odd", "df", "sf<2", "ms>=4",
      ])
    }
  }

  private mutating func annotation() -> String {
    pick(["", "", "[fire]", " [cold]", "[fire][magic]"])
  }

  private mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: 0..<choices.count, using: &numbers)]
  }
}
