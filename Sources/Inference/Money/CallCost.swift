/// What an attempt cost, decided without a database.
struct CallCost: Sendable, Hashable {
  /// Nil: unknown, because the price is.
  let micros: Int64?
  /// Whether a part of it was not told by the provider.
  let isEstimate: Bool
  /// Whether it is more than was reserved.
  let isOverrun: Bool

  /// More tokens than this no call has; what is told to have more is not believed. Keeps sums of rows far from 64 bits.
  static let tokensMax: Int64 = 1_000_000_000_000
  /// Bytes of an answer that make a token where none are told. English has about four: three rather count too much.
  static let bytesPerToken: Int64 = 3

  private init(_ micros: Int64?, isEstimate: Bool, reserved: Int64?) {
    self.micros = micros
    self.isEstimate = isEstimate
    isOverrun = if let micros, let reserved { micros > reserved } else { false }
  }

  /// What is booked for an attempt whose process ended before it did: all that was reserved.
  static func lost(reserved: Int64?) -> CallCost { CallCost(reserved, isEstimate: true, reserved: reserved) }

  /// - Parameter usage: as ``TokenUsage/believable`` left it.
  init(of outcome: CallOutcome, usage: TokenUsage, under reservation: Reservation) {
    let reserved = reservation.micros
    switch outcome.end {
    case .cached:
      self.init(0, isEstimate: false, reserved: reserved)
      return
    case .failed where usage.isUntold && !outcome.hasBegun:
      self.init(0, isEstimate: false, reserved: reserved)
      return
    case .finished, .failed, .cut, .stopped: break
    }
    let guess = Self.guess(usage, outcome, reservation.attempt)
    guard let price = reservation.attempt.price else {
      self.init(nil, isEstimate: guess.isEstimate, reserved: reserved)
      return
    }
    // What does not multiply is worth what was reserved for it.
    let micros = price.micros(of: guess.usage)
    self.init(micros ?? reserved, isEstimate: guess.isEstimate || micros == nil, reserved: reserved)
  }

  /// The tokens that count, and whether any of them were made up.
  ///
  /// Of an answer that has its end, what the provider told is right. Of one that has not, it may be what was used when the
  /// answer began, so bytes that came count where they are more.
  private static func guess(
    _ usage: TokenUsage, _ outcome: CallOutcome, _ attempt: CallAttempt
  ) -> (usage: TokenUsage, isEstimate: Bool) {
    let bytes = Int64(outcome.keptBytes)
    let kept = min(bytes / bytesPerToken + (bytes % bytesPerToken == 0 ? 0 : 1), attempt.outputTokensMax)
    let output: Int64
    var isEstimate = usage.input == nil
    switch usage.output {
    case let told? where outcome.end == .finished || told >= kept: output = told
    default:
      output = kept
      isEstimate = true
    }
    let input = usage.input ?? attempt.inputTokensMax
    let cached = usage.cachedInput.map { min($0, input) }
    return (TokenUsage(input: input, output: output, cachedInput: cached), isEstimate)
  }
}

extension TokenUsage {
  /// Without numbers that no call can have.
  var believable: TokenUsage {
    func checked(_ tokens: Int64?) -> Int64? { tokens.flatMap { (0...CallCost.tokensMax).contains($0) ? $0 : nil } }
    return TokenUsage(
      input: checked(input), output: checked(output), cachedInput: checked(cachedInput),
      reasoning: checked(reasoning))
  }

  fileprivate var isUntold: Bool { input == nil && output == nil }
}
