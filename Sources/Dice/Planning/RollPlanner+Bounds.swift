import Expressions

extension RollPlanner {
  func negated(_ interval: RollInterval, at position: Int) throws(DiceError) -> RollInterval {
    do {
      return try interval.negated()
    } catch {
      throw DiceError(error, "the number cannot change its sign", expression.source, at: position)
    }
  }

  func combined(
    _ left: Int, _ operation: DiceOperator, _ right: Int, at position: Int
  ) throws(DiceError) -> RollInterval {
    do {
      return try RollInterval.combine(
        intervals[left], operation, intervals[right], allowsUncertainDivisors: grammar.allowsUncertainDivisors)
    } catch {
      let reason = error == .divisionByZero ? "the divisor can be zero" : "the result can be too large"
      throw DiceError(error, reason, expression.source, at: position)
    }
  }

  /// The members together; any of them may be dropped where something is done to them.
  func sum(of members: [Int], _ modifiers: [Modifier], at position: Int) throws(DiceError) -> RollInterval {
    do {
      var sum = RollInterval(0)
      for member in members {
        let interval = intervals[member].afterKeeping(modifiers.isEmpty)
        sum = try .combine(sum, .arithmetic(.add), interval, allowsUncertainDivisors: true)
      }
      for modifier in modifiers where modifier.countsMatches {
        sum = try sum.counting(members.count, intervals: members.map { intervals[$0] })
        if case .margin = modifier.action { sum = .unbounded }
      }
      return sum
    } catch {
      throw DiceError(error, "the sum can be too large", expression.source, at: position)
    }
  }

  func called(_ function: DiceFunction, _ arguments: [Int], at position: Int) throws(DiceError) -> RollInterval {
    do {
      return try RollInterval.calling(function, arguments.map { intervals[$0] }, expression.dialect)
    } catch {
      throw DiceError(error, "\(function.rawValue) can be without a result", expression.source, at: position)
    }
  }

  func bounds() throws(DiceError) -> ClosedRange<Int64> {
    let total = intervals[intervals.count - 1]
    guard total.isBounded else { return Int64.min...Int64.max }
    do {
      return try total.low.truncated()...total.high.truncated()
    } catch {
      throw DiceError(error, "the total can be too large", expression.source, at: 0)
    }
  }
}
