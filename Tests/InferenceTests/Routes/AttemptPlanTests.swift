import Testing

@testable import Inference

@Suite("What is done after a failure")
struct AttemptPlanTests {
  private static func error(_ kind: InferenceError.Kind, retryAfter: Duration? = nil) -> InferenceError {
    InferenceError(kind, from: "Test", "It failed.", retryAfter: retryAfter)
  }

  /// Every step after failures of one kind before the first piece, until it gives up.
  private static func steps(
    after kind: InferenceError.Kind, retryAfter: Duration? = nil, contexts: [Int?] = [nil, nil], random: Double = 0.5
  ) -> [AttemptPlan.Step] {
    var plan = AttemptPlan(contexts: contexts, policy: RetryPolicy(), continues: false)
    var steps: [AttemptPlan.Step] = []
    for _ in 0..<20 {
      let step = plan.next(after: error(kind, retryAfter: retryAfter), hasReachedReader: false, random: random)
      steps.append(step)
      if step == .giveUp { break }
    }
    return steps
  }

  @Test(arguments: [InferenceError.Kind.refused, .overloaded, .cut, .rateLimited])
  func `what may pass is asked three times more, waiting twice as long at most each time, then the next entry is`(
    _ kind: InferenceError.Kind
  ) {
    let waits: [Duration] = [.milliseconds(50), .milliseconds(100), .milliseconds(200)]
    #expect(
      Self.steps(after: kind)
        == waits.map { .ask(entry: 0, after: $0) } + [.ask(entry: 1, after: .zero)]
        + waits.map { .ask(entry: 1, after: $0) } + [.giveUp])
  }

  @Test func `a wait is any part of its bound`() {
    var policy = RetryPolicy()
    policy.longestDelay = .milliseconds(300)
    #expect(policy.delay(before: 0, random: 0) == .zero)
    #expect(policy.delay(before: 1, random: 0.25) == .milliseconds(50))
    #expect(policy.delay(before: 2, random: 0.5) == .milliseconds(150))
    #expect(policy.delay(before: .max, random: 0.5) == .milliseconds(150))
  }

  @Test func `a pause that is asked for is kept when it is short, and the next entry is asked when it is long`() {
    #expect(Self.steps(after: .rateLimited, retryAfter: .seconds(2))[0] == .ask(entry: 0, after: .seconds(2)))
    #expect(Self.steps(after: .overloaded, retryAfter: .seconds(2))[0] == .ask(entry: 0, after: .seconds(2)))
    #expect(
      Self.steps(after: .rateLimited, retryAfter: .seconds(11)) == [.ask(entry: 1, after: .zero), .giveUp])
  }

  @Test(arguments: [InferenceError.Kind.stalled, .untrusted, .badKey, .unknownModel, .nonsense, .tooLarge])
  func `what would come again is asked of the next entry at once`(_ kind: InferenceError.Kind) {
    #expect(Self.steps(after: kind) == [.ask(entry: 1, after: .zero), .giveUp])
  }

  @Test(arguments: [InferenceError.Kind.badRequest, .contentFiltered, .overBudget])
  func `what is wrong with the request is told`(_ kind: InferenceError.Kind) {
    #expect(Self.steps(after: kind) == [.giveUp])
  }

  @Test func `a request that is too long goes to the next entry that takes more, or that may`() {
    #expect(Self.steps(after: .contextLength, contexts: [8_192, 4_096]) == [.giveUp])
    #expect(
      Self.steps(after: .contextLength, contexts: [8_192, 8_192, 32_768])
        == [.ask(entry: 2, after: .zero), .giveUp])
    #expect(Self.steps(after: .contextLength, contexts: [8_192, nil])[0] == .ask(entry: 1, after: .zero))
  }

  @Test func `a refusal that names less than was known lets a smaller entry be the larger one`() {
    var plan = AttemptPlan(contexts: [131_072, 4_096, 16_384], policy: RetryPolicy(), continues: false)
    let refusal = Self.error(.contextLength).taking(8_192)
    #expect(plan.next(after: refusal, hasReachedReader: false, random: 0) == .ask(entry: 2, after: .zero))
  }

  @Test(arguments: InferenceError.Kind.allCases)
  func `nothing is asked again after a piece has reached the reader`(_ kind: InferenceError.Kind) {
    var plan = AttemptPlan(contexts: [nil, nil], policy: RetryPolicy(), continues: false)
    #expect(plan.next(after: Self.error(kind), hasReachedReader: true, random: 0) == .giveUp)
  }

  @Test func `an entry that rests is passed over, and an only one is waited for when it rests shortly`() {
    var plan = AttemptPlan(contexts: [nil, nil], policy: RetryPolicy(), continues: false)
    #expect(plan.skip(resting: .seconds(1)) == .ask(entry: 1, after: .zero))
    let steps = (0..<4).map { _ in plan.skip(resting: .seconds(1)) }
    #expect(steps == Array(repeating: .ask(entry: 1, after: .seconds(1)), count: 3) + [.giveUp])
    var only = AttemptPlan(contexts: [nil], policy: RetryPolicy(), continues: false)
    #expect(only.skip(resting: .seconds(9)) == .giveUp)
  }

  @Test func `an answer is gone on with by the next entry, then by the last one again, three times in all`() {
    var plan = AttemptPlan(contexts: [nil, nil], policy: RetryPolicy(), continues: true)
    let steps = (0..<4).map { _ in plan.next(after: Self.error(.cut), hasReachedReader: true, random: 0) }
    #expect(steps == [.goOn(entry: 1), .goOn(entry: 1), .goOn(entry: 1), .giveUp])
  }

  @Test func `an answer that was refused in its middle is not gone on with`() {
    var plan = AttemptPlan(contexts: [nil, nil], policy: RetryPolicy(), continues: true)
    #expect(plan.next(after: Self.error(.contentFiltered), hasReachedReader: true, random: 0) == .giveUp)
  }
}
