import Events
package import Inference
package import Operations
import Storage
import StrictJSON
import Vocabulary

/// What happens to budgets.
package enum BudgetChange: StateChange, Hashable {
  /// A budget is there, anew or with another limit; `from` is the limit that it had.
  case set(Budget, from: Int64?)
  case removed(Budget)

  private var budget: Budget {
    switch self {
    case .set(let budget, _), .removed(let budget): budget
    }
  }

  /// Its place too, so that a budget is not given back where another one is now.
  package var touches: [StateKey] {
    let place =
      switch budget.subject {
      case .workspace: "workspace"
      case .person(let person): "person/\(person)"
      case .key(let key): "key/\(key)"
      }
    return [StateKey("budgets/\(budget.id)"), StateKey("budgets/of/\(place)/\(budget.period.rawValue)")]
  }

  package var inverse: BudgetChange? {
    switch self {
    case .set(let budget, let limit?): .set(budget.limited(to: limit), from: budget.limitMicros)
    case .set(let budget, nil): .removed(budget)
    case .removed(let budget): .set(budget, from: nil)
    }
  }

  func apply(in transaction: any Transaction) throws {
    switch self {
    case .set(let budget, _): try BudgetTables.put(budget, in: transaction)
    case .removed(let budget): try BudgetTables.remove(budget.id, in: transaction)
    }
  }

  /// One event for a change; the budgets beside it are read again by who shows them.
  func events() throws -> [EventDraft] {
    let payload = JSON.object(["budget": try JSON(encoding: budget)])
    return switch self {
    case .set: [EventDraft(topic: "budgets", type: "budget.set", payload: payload)]
    case .removed: [EventDraft(topic: "budgets", type: "budget.removed", payload: payload)]
    }
  }

  private enum Kind: String, Codable { case set, removed }
  private enum CodingKeys: String, CodingKey { case kind, budget, from }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let budget = try container.decode(Budget.self, forKey: .budget)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .set: self = .set(budget, from: try container.decodeIfPresent(Int64.self, forKey: .from))
    case .removed: self = .removed(budget)
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(budget, forKey: .budget)
    switch self {
    case .set(_, let limit):
      try container.encode(Kind.set, forKey: .kind)
      try container.encodeIfPresent(limit, forKey: .from)
    case .removed: try container.encode(Kind.removed, forKey: .kind)
    }
  }
}
