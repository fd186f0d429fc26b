import Synchronization

/// Carries elements from one task to one other, in order, with a bound: the sender waits while `capacity` elements are
/// not yet read, so that a slow reader slows the upstream and fills no memory.
///
/// Either side may leave. When the reader leaves, the sender's next `send` throws `CancellationError`.
final class HandOff<Element: Sendable>: Sendable {
  private enum End {
    case good
    case failed(any Error)
  }

  private struct State {
    var elements: [Element] = []
    /// Set once.
    var end: End?
    var reader: CheckedContinuation<Element?, any Error>?
    /// Whether the reader waited at a beat.
    var hasWaited = false
    var sender: CheckedContinuation<Void, any Error>?
    var isAbandoned = false
  }

  private let capacity: Int
  private let state = Mutex(State())

  init(capacity: Int) { self.capacity = capacity }

  /// Hands on an element, and waits until there is room for the next.
  func send(_ element: Element) async throws {
    let reader = try state.withLock { state in
      guard !state.isAbandoned else { throw CancellationError() }
      let reader = state.reader.take()
      if reader == nil { state.elements.append(element) }
      return reader
    }
    reader?.resume(returning: element)
    try await makeRoom()
  }

  /// Ends the elements: well, or with `error`. Only the first end counts.
  func finish(throwing error: (any Error)? = nil) {
    let reader = state.withLock { state in
      if state.end == nil { state.end = error.map { .failed($0) } ?? .good }
      return state.reader.take()
    }
    if let error { reader?.resume(throwing: error) } else { reader?.resume(returning: nil) }
  }

  /// The next element; nil at a good end.
  ///
  /// - Throws: what ``finish(throwing:)`` was given, once and after the elements; `CancellationError` when the reader's
  ///   task is cancelled.
  func next() async throws -> Element? {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let (result, sender) = state.withLock { Self.read(&$0, continuation) }
        sender?.resume()
        if let result { continuation.resume(with: result) }
      }
    } onCancel: {
      abandon()
    }
  }

  /// Takes the elements that are there now, without waiting for any.
  func waiting() -> [Element] {
    let (elements, sender) = state.withLock { state in
      defer { state.elements = [] }
      return (state.elements, state.elements.isEmpty ? nil : state.sender.take())
    }
    sender?.resume()
    return elements
  }

  /// Gives an element to a reader who has waited since the beat before this one; nobody else gets it.
  func beat(_ element: () -> Element) {
    let reader: CheckedContinuation<Element?, any Error>? = state.withLock { state in
      guard state.reader != nil, state.hasWaited else {
        state.hasWaited = state.reader != nil
        return nil
      }
      return state.reader.take()
    }
    reader?.resume(returning: element())
  }

  /// Whether a reader waits.
  var isAwaited: Bool { state.withLock { $0.reader != nil } }

  /// The reader has left.
  func abandon() {
    let (reader, sender) = state.withLock { state in
      state.isAbandoned = true
      return (state.reader.take(), state.sender.take())
    }
    reader?.resume(throwing: CancellationError())
    sender?.resume(throwing: CancellationError())
  }

  /// What the reader gets now, nil when it waits; and the sender who has room again.
  private static func read(
    _ state: inout State, _ continuation: CheckedContinuation<Element?, any Error>
  ) -> (Result<Element?, any Error>?, CheckedContinuation<Void, any Error>?) {
    if state.isAbandoned { return (.failure(CancellationError()), nil) }
    if !state.elements.isEmpty { return (.success(state.elements.removeFirst()), state.sender.take()) }
    if let end = state.end {
      state.end = .good
      if case .failed(let error) = end { return (.failure(error), nil) }
      return (.success(nil), nil)
    }
    precondition(state.reader == nil, "an answer is read by one task at a time")
    state.reader = continuation
    state.hasWaited = false
    return (nil, nil)
  }

  private func makeRoom() async throws {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let result: Result<Void, any Error>? = state.withLock { state in
          if state.isAbandoned { return .failure(CancellationError()) }
          if state.elements.count < capacity { return .success(()) }
          state.sender = continuation
          return nil
        }
        if let result { continuation.resume(with: result) }
      }
    } onCancel: {
      abandon()
    }
  }
}
