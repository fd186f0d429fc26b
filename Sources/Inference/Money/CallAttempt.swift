package import Vocabulary

/// One attempt at asking a provider, before it is made.
package struct CallAttempt: Sendable, Hashable {
  package let id: ModelCallID
  /// The first attempt of the call that this is one of: its own id when it is the first.
  package let call: ModelCallID
  /// From 1.
  package let attempt: Int
  package let provider: String
  /// Nil for the built-in model.
  package let connection: ModelConnectionID?
  /// As it is asked for.
  package let model: String
  /// Nil: unknown, which is not free.
  package let price: ModelPrice?
  /// The request has no more tokens than this.
  package let inputTokensMax: Int64
  /// The answer has no more tokens than this, its thoughts counted.
  package let outputTokensMax: Int64
  package let isStreamed: Bool

  /// - Parameters:
  ///   - call: nil for the first attempt.
  ///   - inputTokensMax: from 0; the bound is what is held of budgets, so a loose one holds much.
  package init(
    id: ModelCallID, call: ModelCallID? = nil, attempt: Int = 1, provider: String,
    connection: ModelConnectionID? = nil, model: String, price: ModelPrice?, inputTokensMax: Int64,
    outputTokensMax: Int64, isStreamed: Bool
  ) {
    self.id = id
    self.call = call ?? id
    self.attempt = attempt
    self.provider = provider
    self.connection = connection
    self.model = model
    self.price = price
    self.inputTokensMax = max(0, inputTokensMax)
    self.outputTokensMax = max(0, outputTokensMax)
    self.isStreamed = isStreamed
  }

  /// The most that it may cost, in micro-dollars rounded up; nil when that is not known.
  ///
  /// - Throws: ``BudgetRefusal/uncountable(model:)`` when it does not fit into 64 bits.
  var boundMicros: Int64? {
    get throws(BudgetRefusal) {
      guard let price else { return nil }
      // A prompt may come from the provider's cache or not; the dearer of the two is the bound.
      let dearest = ModelPrice(
        inputMicros: max(price.inputMicros, price.cachedInputMicros ?? 0), outputMicros: price.outputMicros)
      guard let micros = dearest.micros(of: TokenUsage(input: inputTokensMax, output: outputTokensMax)) else {
        throw .uncountable(model: model)
      }
      return micros
    }
  }
}

/// An attempt that is booked and may be made. Whoever has it settles it, whatever happens.
package struct Reservation: Sendable, Hashable {
  package let workspace: WorkspaceID
  package let attempt: CallAttempt
  /// What is held of each budget, in micro-dollars; nil when the price is not known, and then no budget applies.
  package let micros: Int64?
  /// The budgets it is held of.
  let holds: [BudgetHold]

  package var id: ModelCallID { attempt.id }
}

extension Reservation {
  /// Of an attempt that costs nothing, and so is held of no budget.
  ///
  /// - Throws: ``BudgetRefusal/uncountable(model:)``.
  init(free attempt: CallAttempt, in workspace: WorkspaceID) throws(BudgetRefusal) {
    self.init(workspace: workspace, attempt: attempt, micros: try attempt.boundMicros, holds: [])
  }
}

/// A budget in one of its periods.
struct BudgetHold: Sendable, Hashable {
  let budget: BudgetID
  let periodStart: Timestamp

  /// Sixteen bytes of the budget's id and eight of the period's beginning, big-endian, for each; nil for none.
  static func bytes(of holds: [BudgetHold]) -> [UInt8]? {
    guard !holds.isEmpty else { return nil }
    return holds.flatMap { hold in
      hold.budget.raw.bytes + withUnsafeBytes(of: hold.periodStart.microseconds.bigEndian, Array.init)
    }
  }

  /// Nil for bytes that ``bytes(of:)`` did not write.
  static func read(_ bytes: [UInt8]?) -> [BudgetHold]? {
    guard let bytes else { return [] }
    guard bytes.count.isMultiple(of: 24) else { return nil }
    var holds: [BudgetHold] = []
    for start in stride(from: 0, to: bytes.count, by: 24) {
      guard let id = UniqueID(bytes: bytes[start..<start + 16]) else { return nil }
      let word = bytes[start + 16..<start + 24].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      holds.append(
        BudgetHold(budget: BudgetID(id), periodStart: Timestamp(microseconds: Int64(bitPattern: word))))
    }
    return holds
  }
}
