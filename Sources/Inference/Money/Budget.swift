package import Vocabulary

extension Named {
  package enum Budget {}
}

/// Names a budget.
package typealias BudgetID = Identifier<Named.Budget>

/// What may be spent on models in a period, by a workspace, a person or a key. It counts from when it was set.
package struct Budget: Sendable, Hashable, Codable {
  /// A limit, in micro-dollars: up to a billion dollars. 0 lets nothing through that costs something.
  package static let limits: ClosedRange<Int64> = 0...1_000_000_000_000_000

  package let id: BudgetID
  /// Whose budget it is; nil for a key's and for the whole workspace's.
  package let person: PersonID?
  /// The key whose budget it is.
  package let key: GatewayKeyID?
  package let period: BudgetPeriod
  /// In micro-dollars, within ``limits``.
  package let limitMicros: Int64
  package let createdAt: Timestamp

  package init(
    id: BudgetID, subject: BudgetSubject, period: BudgetPeriod, limitMicros: Int64, createdAt: Timestamp
  ) {
    self.id = id
    (person, key) =
      switch subject {
      case .workspace: (nil, nil)
      case .person(let person): (person, nil)
      case .key(let key): (nil, key)
      }
    self.period = period
    self.limitMicros = limitMicros
    self.createdAt = createdAt
  }

  package var subject: BudgetSubject {
    if let person { return .person(person) }
    if let key { return .key(key) }
    return .workspace
  }

  /// The same budget with another limit.
  package func limited(to limitMicros: Int64) -> Budget {
    Budget(id: id, subject: subject, period: period, limitMicros: limitMicros, createdAt: createdAt)
  }
}

/// Whose spending a budget bounds.
package enum BudgetSubject: Sendable, Hashable {
  /// Everybody's, together.
  case workspace
  case person(PersonID)
  case key(GatewayKeyID)

  /// What kind it is, as the table keeps it.
  var kind: String {
    switch self {
    case .workspace: "workspace"
    case .person: "person"
    case .key: "key"
    }
  }

  /// Its id, as the table keeps it: the workspace stands for itself.
  func raw(in workspace: WorkspaceID) -> UniqueID {
    switch self {
    case .workspace: workspace.raw
    case .person(let person): person.raw
    case .key(let key): key.raw
    }
  }

  /// Those whose budgets a call is bounded by.
  static func all(of context: CallContext) -> [BudgetSubject] {
    [.workspace] + [context.person.map(BudgetSubject.person), context.key.map(BudgetSubject.key)].compactMap(\.self)
  }
}

/// How long a budget lasts until it begins anew. Days and months are those of UTC.
package enum BudgetPeriod: String, Sendable, Hashable, Codable, CaseIterable {
  case day, month
  /// It never begins anew.
  case total

  /// When the period began that `time` lies in; the beginning of 1970 for ``total``, which has none.
  package func start(at time: Timestamp) -> Timestamp {
    switch self {
    case .day: time.dayStart
    case .month: time.monthStart
    case .total: Timestamp(microseconds: 0)
    }
  }

  /// When the next one begins; nil for ``total``.
  package func end(at time: Timestamp) -> Timestamp? {
    switch self {
    case .day: time.nextDayStart
    case .month: time.nextMonthStart
    case .total: nil
    }
  }
}

/// A budget with what is gone of it in its current period.
package struct BudgetStanding: Sendable, Hashable, Codable {
  package let id: BudgetID
  package let person: PersonID?
  package let key: GatewayKeyID?
  package let period: BudgetPeriod
  package let limitMicros: Int64
  package let createdAt: Timestamp
  /// What calls cost that have ended.
  package let spentMicros: Int64
  /// What calls may cost that have not.
  package let reservedMicros: Int64
  /// Left out of ``BudgetPeriod/total``, as is the end.
  package let periodStart: Timestamp?
  package let periodEnd: Timestamp?

  init(_ budget: Budget, spentMicros: Int64, reservedMicros: Int64, at time: Timestamp) {
    id = budget.id
    person = budget.person
    key = budget.key
    period = budget.period
    limitMicros = budget.limitMicros
    createdAt = budget.createdAt
    self.spentMicros = spentMicros
    self.reservedMicros = reservedMicros
    periodStart = budget.period == .total ? nil : budget.period.start(at: time)
    periodEnd = budget.period.end(at: time)
  }
}
