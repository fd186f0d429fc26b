import Synchronization

/// A model's answer as it comes.
///
/// The call begins when the first event is read, runs in a task of its own, and is at most ``eventsWaitingMax`` events
/// ahead of the reader. It is cancelled when the reading task is cancelled, and when the iterator goes away, as it does
/// after `break`. The events keep the grammar of ``ModelEvent`` whatever the provider does.
package struct ModelStream: AsyncSequence, Sendable {
  package typealias Element = ModelEvent
  /// What a provider does: sends the events, and returns after the terminal one. Throwing ends the answer with that error.
  package typealias Production = @Sendable (ModelSink) async throws -> Void

  /// How many events may wait for the reader.
  package static let eventsWaitingMax = 64

  private let request: ModelRequest
  private let provider: String
  private let textBytesMax: Int
  private let produce: Production

  /// - Parameters:
  ///   - request: refused with ``InferenceError/Kind/badRequest`` before anything is sent, if it breaks a bound of
  ///     ``RequestLimits``.
  ///   - provider: the name for errors.
  package init(
    answering request: ModelRequest, by provider: String, limits: StreamLimits = StreamLimits(),
    _ produce: @escaping Production
  ) {
    self.request = request
    self.provider = provider
    self.textBytesMax = limits.textBytesMax
    self.produce = produce
  }

  package func makeAsyncIterator() -> Iterator {
    Iterator(stream: self)
  }

  package struct Iterator: AsyncIteratorProtocol {
    fileprivate let stream: ModelStream
    private var call: RunningCall<ModelEvent>?

    fileprivate init(stream: ModelStream) { self.stream = stream }

    /// - Throws: ``InferenceError``, or `CancellationError` when the task is cancelled. After either there is no more.
    package mutating func next() async throws -> ModelEvent? {
      let running = call ?? stream.begin()
      call = running
      return try await running.events.next()
    }
  }

  private func begin() -> RunningCall<ModelEvent> {
    let sink = ModelSink(StreamRules(provider: provider, textBytesMax: textBytesMax))
    return RunningCall(events: sink.events, task: Task { await run(into: sink) })
  }

  private func run(into sink: ModelSink) async {
    do {
      if let fault = request.faults().first { throw InferenceError.badRequest(provider, "\(fault)") }
      try await produce(sink)
      try sink.end()
      sink.events.finish()
    } catch {
      // After the terminal event the answer is whole, whatever happens to the connection.
      sink.events.finish(throwing: sink.isFinished ? nil : sink.reported(error))
    }
  }
}

/// Where a provider puts the events of an answer.
package final class ModelSink: Sendable {
  fileprivate let events = HandOff<ModelEvent>(capacity: ModelStream.eventsWaitingMax)
  private let rules: Mutex<StreamRules>

  fileprivate init(_ rules: StreamRules) { self.rules = Mutex(rules) }

  /// Hands on an event; waits while the reader is far behind.
  ///
  /// - Throws: ``InferenceError`` when the event breaks the grammar or a bound; `CancellationError` when the reader left.
  package func send(_ event: ModelEvent) async throws {
    let isWanted = try rules.withLock { rules in try rules.accept(event) }
    if isWanted { try await events.send(event) }
  }

  fileprivate var isFinished: Bool { rules.withLock { $0.isFinished } }

  fileprivate func end() throws { try rules.withLock { rules in try rules.end() } }

  /// An error with the text that had come; what a provider did not name itself is a connection that broke.
  fileprivate func reported(_ error: any Error) -> any Error {
    if error is CancellationError { return error }
    return rules.withLock { rules in
      (error as? InferenceError ?? .cut(rules.provider)).keeping(rules.kept)
    }
  }
}
