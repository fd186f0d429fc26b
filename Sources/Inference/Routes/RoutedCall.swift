import Synchronization
import Vocabulary

/// One call over a route: attempts, each at one upstream, until one of them brings an answer.
///
/// Nothing is asked again after a piece has reached the reader, unless the route says how an answer goes on. What an
/// attempt sends before its first piece is held back, so that the reader sees the beginning of one answer only.
struct RoutedCall<Frame: AnswerFrame>: Sendable {
  typealias Emission = @Sendable (Frame) async throws -> Void

  /// Frames without a piece that are held back at most; beyond, they are handed on.
  private static var heldMax: Int { 64 }

  let route: ModelRoute
  let upstreams: Upstreams
  let context: CallContext
  let delivery: AnswerDelivery
  /// Where attempts are booked, and the most that each may use; nil where nobody counts.
  let books: (CallBooks, CallBooks.Bound)?
  /// From 0 up to, and without, 1.
  let random: @Sendable () -> Double
  /// Asks an upstream: for an answer, or for the rest of one that began with `kept`; of at most so many tokens, where the
  /// call has no bound of its own.
  let ask:
    @Sendable (
      _ upstream: Upstream, _ kept: String?, _ outputTokensMax: Int?, _ emit: @escaping Emission
    ) async throws -> Void
  /// Where an answer is looked for before an upstream is asked; nil where none is kept.
  var cache: CallCache<Frame>?
  let emit: Emission

  /// - Throws: the last ``InferenceError``, when no attempt brought an answer; `CancellationError` when the reader left or
  ///   the task is cancelled.
  func run() async throws {
    let beginning = upstreams.elapsed()
    var plan = AttemptPlan(
      contexts: route.entries.map(\.contextTokens), policy: route.retry, continues: route.continuation != nil)
    var step = AttemptPlan.Step.ask(entry: 0, after: .zero)
    var progress = Progress()
    while true {
      let place: Int
      switch step {
      case .giveUp: throw progress.failure ?? resting(progress.pause)
      case .goOn(let entry): place = entry
      case .ask(let entry, let pause):
        place = entry
        if pause > .zero { try await upstreams.sleep(pause) }
      }
      guard upstreams.elapsed() - beginning < route.whole else { throw progress.failure ?? late() }
      do {
        try await answer(from: route.entries[place], &progress)
        return
      } catch let rest as Resting {
        progress.pause = min(progress.pause ?? rest.pause, rest.pause)
        if let error = rest.error { progress.failure = error }
        step = plan.skip(resting: rest.pause)
      } catch let error as InferenceError {
        progress.failure = error
        step = plan.next(after: error, hasReachedReader: progress.hasReachedReader, random: random())
      }
    }
  }

  private struct Progress: Sendable {
    var hasReachedReader = false
    var attempts = 0
    /// The first attempt that was booked.
    var call: ModelCallID?
    /// The text that reached the reader.
    var kept = ""
    var failure: InferenceError?
    /// The shortest time after which an entry that rests can be asked.
    var pause: Duration?
  }

  /// An entry that is not asked now.
  private struct Resting: Error {
    let pause: Duration
    var error: InferenceError?
  }

  /// Gives again what an upstream answered before, or asks it.
  ///
  /// - Throws: as ``attempt(_:_:_:)``.
  private func answer(from upstream: Upstream, _ progress: inout Progress) async throws {
    guard !progress.hasReachedReader, let cache, let key = cache.key(upstream) else {
      return try await attempt(upstream, nil, &progress)
    }
    switch try await cache.store.enter(key, in: context.workspace) {
    case .found(let answer):
      // What was kept by another version is asked for again, beside whoever else does.
      guard let frames = cache.frames(of: answer) else { return try await attempt(upstream, nil, &progress) }
      cache.onFound(answer)
      try await giveAgain(frames, of: upstream, &progress)
    case .ask:
      defer { cache.store.leave(key, in: context.workspace) }
      let kept = KeptFrames<Frame>()
      try await attempt(upstream, kept, &progress)
      await cache.keep(kept, as: key, from: upstream, for: context)
    }
  }

  private func giveAgain(_ frames: [Frame], of upstream: Upstream, _ progress: inout Progress) async throws {
    let tally = CallTally(elapsed: upstreams.elapsed)
    tally.note(frames.flatMap(\.events))
    if let (books, bound) = books {
      books.bookCached(upstream, bound, tally.cached, for: context, call: progress.call, attempt: progress.attempts + 1)
    }
    progress.hasReachedReader = true
    for frame in frames { try await emit(frame) }
  }

  /// - Parameter kept: keeps what comes.
  /// - Throws: ``Resting``, ``InferenceError``, `CancellationError`.
  private func attempt(_ upstream: Upstream, _ kept: KeptFrames<Frame>?, _ progress: inout Progress) async throws {
    if case .closed(let pause) = upstreams.admit(upstream.id) { throw Resting(pause: pause) }
    do {
      let gate = upstreams.gate(to: upstream)
      do { try await gate?.enter(as: context.caller) } catch let error as InferenceError {
        upstreams.left(upstream.id)
        throw Resting(pause: error.retryAfter ?? .seconds(1), error: error)
      }
      defer { gate?.leave() }
      try await booked(upstream, kept, &progress)
      upstreams.note(nil, of: upstream.id)
    } catch let error as InferenceError {
      upstreams.note(error, of: upstream.id)
      await upstream.learn(from: error)
      throw error
    } catch {
      upstreams.left(upstream.id)
      throw error
    }
  }

  /// Books the attempt before it is made, and settles it however it ends.
  private func booked(_ upstream: Upstream, _ kept: KeptFrames<Frame>?, _ progress: inout Progress) async throws {
    guard let (books, bound) = books else { return try await read(upstream, nil, kept, nil, &progress) }
    progress.attempts += 1
    let reservation = try await books.open(
      upstream, bound, for: context, call: progress.call, attempt: progress.attempts)
    progress.call = progress.call ?? reservation.id
    let tally = CallTally(elapsed: upstreams.elapsed)
    // What a budget is held of is what may be used.
    let outputTokensMax =
      reservation.holds.isEmpty || bound.outputTokens != nil ? nil : CallBooks.Bound.outputTokensUnset
    do { try await read(upstream, tally, kept, outputTokensMax.map { Int($0) }, &progress) } catch {
      books.close(reservation, tally.outcome(after: error))
      throw error
    }
    books.close(reservation, tally.outcome(after: nil))
  }

  private func read(
    _ upstream: Upstream, _ tally: CallTally?, _ kept: KeptFrames<Frame>?, _ outputTokensMax: Int?,
    _ progress: inout Progress
  ) async throws {
    let isGoingOn = progress.hasReachedReader
    let reading = Reading(progress)
    // What reached the reader stays reached, however this ends.
    defer { progress = reading.progress }
    try await ask(upstream, isGoingOn ? progress.kept : nil, outputTokensMax) { [delivery, route, emit] frame in
      tally?.note(frame.events)
      kept?.add(frame)
      if isGoingOn, frame.isBeginning { return }
      let due = reading.add(frame, keepsText: route.continuation != nil) { count in
        delivery == .asItComes && (frame.isPiece || isGoingOn || count > Self.heldMax)
      }
      for frame in due { try await emit(frame) }
    }
    for frame in reading.flush(keepsText: route.continuation != nil) { try await emit(frame) }
  }

  /// What one attempt has sent and the reader has not got, and what it has.
  private final class Reading: Sendable {
    private let state: Mutex<(progress: Progress, held: [Frame])>

    init(_ progress: Progress) { state = Mutex((progress, [])) }

    var progress: Progress { state.withLock { $0.progress } }

    /// - Returns: the frames that are due now, in order.
    func add(_ frame: Frame, keepsText: Bool, isDue: (_ held: Int) -> Bool) -> [Frame] {
      state.withLock { state in
        state.held.append(frame)
        return isDue(state.held.count) ? Self.release(&state, keepsText) : []
      }
    }

    func flush(keepsText: Bool) -> [Frame] { state.withLock { Self.release(&$0, keepsText) } }

    private static func release(_ state: inout (progress: Progress, held: [Frame]), _ keepsText: Bool) -> [Frame] {
      defer { state.held.removeAll(keepingCapacity: true) }
      guard !state.held.isEmpty else { return [] }
      state.progress.hasReachedReader = true
      guard keepsText else { return state.held }
      for frame in state.held {
        for case .text(let text) in frame.events { state.progress.kept += text }
      }
      return state.held
    }
  }

  private func resting(_ pause: Duration?) -> InferenceError {
    let names = route.entries.map { "\($0.provider.name) (\($0.model))" }.joined(separator: ", ")
    return InferenceError(
      .overloaded, from: route.entries.first?.provider.name ?? "",
      "Nobody was asked: \(names) failed too often lately and is left alone for a moment. Ask again later.",
      retryAfter: pause)
  }

  private func late() -> InferenceError {
    InferenceError(
      .stalled, from: route.entries.first?.provider.name ?? "",
      "No answer came within \(route.whole), over all attempts.")
  }
}
