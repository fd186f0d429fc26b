package import Vocabulary

/// Why a call was not let through. Nothing was asked and nothing was booked.
package enum BudgetRefusal: Error, Sendable, Hashable {
  /// A budget has too little left.
  package struct Exceeded: Sendable, Hashable {
    /// Of several, the one that stays used up longest.
    package let budget: Budget
    /// In the current period, in micro-dollars, as are the other two.
    package let spentMicros: Int64
    /// By calls that have not ended.
    package let reservedMicros: Int64
    /// The most that this call may cost.
    package let askedMicros: Int64
    /// When the budget begins anew; nil for one that does not.
    package let endsAt: Timestamp?
  }

  case exceeded(Exceeded)
  /// What the model costs is not known, and this budget wants to know it.
  case priceUnknown(model: String, budget: Budget)
  /// The most that the call may cost is no number of micro-dollars.
  case uncountable(model: String)
}

extension BudgetRefusal: CustomStringConvertible {
  package var description: String {
    switch self {
    case .exceeded(let exceeded):
      "\(exceeded.budget.phrase) has \(USDollars(exceeded.budget.limitMicros)): \(USDollars(exceeded.spentMicros)) are "
        + "spent, \(USDollars(exceeded.reservedMicros)) are held for calls under way, and this call may cost "
        + "\(USDollars(exceeded.askedMicros)). "
        + (exceeded.endsAt.map { "It begins anew at \($0)." } ?? "It does not begin anew; an owner can raise it.")
    case .priceUnknown(let model, let budget):
      "What “\(model.prefix(100))” costs is not known, and \(budget.phrase) lets only calls through whose price is. Use "
        + "another model, or remove the budget."
    case .uncountable(let model):
      "The most that this call of “\(model.prefix(100))” may cost cannot be counted. Ask for fewer tokens."
    }
  }
}

extension Budget {
  /// “the workspace's budget for the month”.
  package var phrase: String {
    let whose =
      switch subject {
      case .workspace: "the workspace's"
      case .person: "this person's"
      case .key: "this key's"
      }
    return switch period {
    case .day: "\(whose) budget for the day"
    case .month: "\(whose) budget for the month"
    case .total: "\(whose) budget"
    }
  }
}

/// An amount as people write it: `$12.50`, `$0.000125`. At least two decimals, and no more than it has.
package struct USDollars: Sendable, Hashable, CustomStringConvertible {
  package let micros: Int64

  package init(_ micros: Int64) { self.micros = micros }

  package var description: String {
    let (dollars, rest) = micros.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    var decimals = String(String(1_000_000 + rest).dropFirst())
    while decimals.count > 2, decimals.last == "0" { decimals.removeLast() }
    return "\(micros < 0 ? "-" : "")$\(dollars).\(decimals)"
  }
}
