/// Decides what a call does after a failure: wait and ask again, go to the next entry of its route, or give up. Pure.
struct AttemptPlan {
  enum Step: Sendable, Hashable {
    case ask(entry: Int, after: Duration)
    /// As ``ask(entry:after:)``, for the rest of an answer whose beginning the reader has.
    case goOn(entry: Int)
    case giveUp
  }

  /// The longest rest of an only upstream that is waited for.
  static let restMax = Duration.seconds(2)
  /// How often an answer is gone on with.
  static let continuationsMax = 3

  /// The tokens that each entry takes; nil where it is not known.
  private var contexts: [Int?]
  private let policy: RetryPolicy
  private let continues: Bool
  private var retries = 0
  private var continuations = 0
  private(set) var entry = 0

  init(contexts: [Int?], policy: RetryPolicy, continues: Bool) {
    self.contexts = contexts
    self.policy = policy
    self.continues = continues
  }

  /// - Parameters:
  ///   - hasReachedReader: whether anything of the answer has.
  ///   - random: from 0 up to, and without, 1.
  mutating func next(after failure: InferenceError, hasReachedReader: Bool, random: Double) -> Step {
    guard !hasReachedReader else { return goOn(after: failure) }
    switch failure.kind {
    case .refused, .overloaded, .cut, .rateLimited: return again(failure.retryAfter, random)
    // It was waited for once. What came from elsewhere, or was not understood, comes again.
    case .stalled, .untrusted, .badKey, .unknownModel, .nonsense, .tooLarge: return nextEntry()
    case .contextLength:
      if let tokens = failure.contextTokens { contexts[entry] = min(tokens, contexts[entry] ?? tokens) }
      return nextEntry(mustBeLarger: true)
    case .badRequest, .contentFiltered, .overBudget: return .giveUp
    }
  }

  /// The entry is not to be asked for so long: another is. Where there is no other, a short rest is waited for, as that of
  /// callers who wait for the one that finds out whether the upstream is well; a long one is told.
  mutating func skip(resting pause: Duration) -> Step {
    if entry + 1 < contexts.count { return nextEntry() }
    return pause <= Self.restMax ? again(pause, 0) : .giveUp
  }

  private mutating func again(_ pause: Duration?, _ random: Double) -> Step {
    guard retries < policy.retriesMax, pause ?? .zero <= policy.patience else { return nextEntry() }
    let delay = pause ?? policy.delay(before: retries, random: random)
    retries += 1
    return .ask(entry: entry, after: delay)
  }

  private mutating func nextEntry(mustBeLarger: Bool = false) -> Step {
    let next = contexts.indices.first { $0 > entry && (!mustBeLarger || isLarger($0)) }
    guard let next else { return .giveUp }
    entry = next
    retries = 0
    return .ask(entry: entry, after: .zero)
  }

  private mutating func goOn(after failure: InferenceError) -> Step {
    switch failure.kind {
    case .cut, .stalled, .overloaded, .refused, .rateLimited: break
    default: if continuations == 0 { return .giveUp }
    }
    guard continues, continuations < Self.continuationsMax else { return .giveUp }
    continuations += 1
    // The one that broke off is the last to be asked again.
    entry = entry + 1 < contexts.count ? entry + 1 : entry
    return .goOn(entry: entry)
  }

  private func isLarger(_ other: Int) -> Bool {
    guard let here = contexts[entry], let there = contexts[other] else { return true }
    return there > here
  }
}
