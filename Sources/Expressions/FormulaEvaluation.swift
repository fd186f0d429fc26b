/// One run over a formula's steps. Costs 1 a step, skips aside, and stops at the bound.
struct FormulaEvaluation {
  private let formula: Formula
  private let context: FormulaContext
  private let costMax: Int

  init(of formula: Formula, in context: FormulaContext, costMax: Int) {
    self.formula = formula
    self.context = context
    self.costMax = costMax
  }

  func value() throws(FormulaError) -> FormulaValue {
    // On the thread's stack when it is short, as it nearly always is.
    try withUnsafeTemporaryAllocation(of: FormulaValue.self, capacity: formula.stackMax) { memory in
      memory.initialize(repeating: .boolean(false))
      return Result { () throws(FormulaError) in
        var stack = memory.mutableSpan
        return try run(on: &stack)
      }
    }.get()
  }

  /// `stack` has room for as many values as the formula ever keeps; the assembler counted them. A span checks its bounds
  /// in every build, so that an error of counting could not become one of memory.
  private func run(on stack: inout MutableSpan<FormulaValue>) throws(FormulaError) -> FormulaValue {
    let steps = formula.steps
    var index = 0
    var cost = 0
    /// Values on the stack.
    var count = 0
    while index < steps.count {
      let step = steps[index]
      index += 1
      if case .skip(let distance) = step.action {
        index += distance
        continue
      }
      cost += 1
      guard cost <= costMax else { throw .tooCostly(costMax, formula.source, at: step.position) }
      switch step.action {
      case .constant(let value):
        stack[count] = value
        count += 1
      case .name(let name):
        stack[count] = try value(named: formula.names[name], at: step)
        count += 1
      case .plus: stack[count - 1] = FormulaValue(stack[count - 1].number)
      case .minus: stack[count - 1] = try negation(of: stack[count - 1], at: step)
      case .not: stack[count - 1] = .boolean(!stack[count - 1].isTrue)
      case .apply(let function): stack[count - 1] = try apply(function, to: stack[count - 1], at: step)
      case .arithmetic(let operation):
        count -= 1
        stack[count - 1] = try combine(stack[count - 1], operation, stack[count], at: step)
      case .comparison(let comparison):
        count -= 1
        stack[count - 1] = .boolean(comparison.holds(stack[count - 1], stack[count]))
      case .choose(let function, let candidates):
        count -= candidates - 1
        for index in count..<count + candidates - 1 where function.prefers(stack[index], over: stack[count - 1]) {
          stack[count - 1] = stack[index]
        }
      case .chained(let comparison, let distance):
        count -= 1
        let holds = comparison.holds(stack[count - 1], stack[count])
        stack[count - 1] = holds ? stack[count] : .boolean(false)
        if !holds { index += distance }
      case .and(let distance):
        if stack[count - 1].isTrue { count -= 1 } else { index += distance }
      case .or(let distance):
        if stack[count - 1].isTrue { index += distance } else { count -= 1 }
      case .unless(let distance):
        count -= 1
        if !stack[count].isTrue { index += distance }
      case .skip: break
      }
    }
    return stack[0]
  }

  private func value(named name: String, at step: FormulaStep) throws(FormulaError) -> FormulaValue {
    guard let value = context[name] else {
      throw .unknownName(name, context, formula.source, at: step.position)
    }
    return value
  }

  private func negation(of value: FormulaValue, at step: FormulaStep) throws(FormulaError) -> FormulaValue {
    do {
      return FormulaValue(try value.number.negated())
    } catch {
      throw FormulaError(error, "-\(value)", formula.source, at: step.position)
    }
  }

  private func combine(
    _ left: FormulaValue, _ operation: ArithmeticOperator, _ right: FormulaValue, at step: FormulaStep
  ) throws(FormulaError) -> FormulaValue {
    do {
      return FormulaValue(try Number.combine(left.number, operation, right.number))
    } catch {
      throw FormulaError(error, "\(left) \(operation.rawValue) \(right)", formula.source, at: step.position)
    }
  }

  private func apply(
    _ function: FormulaFunction, to argument: FormulaValue, at step: FormulaStep
  ) throws(FormulaError) -> FormulaValue {
    do {
      return try function.apply(to: argument.number)
    } catch {
      throw FormulaError(error, "\(function.rawValue)(\(argument))", formula.source, at: step.position)
    }
  }
}

extension ComparisonOperator {
  fileprivate func holds(_ left: FormulaValue, _ right: FormulaValue) -> Bool {
    holds(Number.order(left.number, right.number))
  }
}
