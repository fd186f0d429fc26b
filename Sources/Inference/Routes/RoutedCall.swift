import Synchronization

/// One call over a route: attempts, each at one upstream, until one of them brings an answer.
///
/// Nothing is asked again after a piece has reached the reader, unless the route says how an answer goes on. What an
/// attempt sends before its first piece is held back, so that the reader sees the beginning of one answer only.
struct RoutedCall<Frame: AnswerFrame>: Sendable {
  typealias Frames = any AsyncSequence<Frame, any Error> & Sendable

  /// Frames without a piece that are held back at most; beyond, they are handed on.
  private static var heldMax: Int { 64 }

  let route: ModelRoute
  let upstreams: Upstreams
  let context: CallContext
  let delivery: AnswerDelivery
  /// From 0 up to, and without, 1.
  let random: @Sendable () -> Double
  /// Asks an upstream: for an answer, or for the rest of one that began with `kept`.
  let ask: @Sendable (_ upstream: Upstream, _ kept: String?) -> Frames
  let emit: @Sendable (Frame) async throws -> Void

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
        try await attempt(route.entries[place], &progress)
        return
      } catch let rest as Resting {
        progress.pause = min(progress.pause ?? rest.pause, rest.pause)
        if let error = rest.error { progress.failure = error }
        step = plan.skip()
      } catch let error as InferenceError {
        progress.failure = error
        step = plan.next(after: error, hasReachedReader: progress.hasReachedReader, random: random())
      }
    }
  }

  private struct Progress {
    var hasReachedReader = false
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

  /// - Throws: ``Resting``, ``InferenceError``, `CancellationError`.
  private func attempt(_ upstream: Upstream, _ progress: inout Progress) async throws {
    if case .closed(let pause) = upstreams.admit(upstream.id) { throw Resting(pause: pause) }
    do {
      let gate = upstreams.gate(to: upstream)
      do { try await gate?.enter(as: context.caller) } catch let error as InferenceError {
        upstreams.left(upstream.id)
        throw Resting(pause: error.retryAfter ?? .seconds(1), error: error)
      }
      defer { gate?.leave() }
      try await read(upstream, &progress)
      upstreams.note(nil, of: upstream.id)
    } catch let error as InferenceError {
      upstreams.note(error, of: upstream.id)
      throw error
    } catch {
      upstreams.left(upstream.id)
      throw error
    }
  }

  private func read(_ upstream: Upstream, _ progress: inout Progress) async throws {
    let isGoingOn = progress.hasReachedReader
    var held: [Frame] = []
    for try await frame in ask(upstream, isGoingOn ? progress.kept : nil) {
      if isGoingOn, frame.isBeginning { continue }
      held.append(frame)
      guard delivery == .asItComes, frame.isPiece || isGoingOn || held.count > Self.heldMax else { continue }
      try await hand(on: &held, &progress)
    }
    try await hand(on: &held, &progress)
  }

  private func hand(on held: inout [Frame], _ progress: inout Progress) async throws {
    for frame in held {
      progress.hasReachedReader = true
      for case .text(let text) in frame.events where route.continuation != nil { progress.kept += text }
      try await emit(frame)
    }
    held.removeAll(keepingCapacity: true)
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
