/// A body that is made while it is read, a bounded number of pieces ahead of its reader.
///
/// Whoever lets go of it, or is cancelled while reading, stops what makes it.
package struct ByteStream: AsyncSequence, Sendable {
  package typealias Element = [UInt8]
  package typealias Writing = @Sendable ([UInt8]) async throws -> Void

  package static let piecesWaitingMax = 64

  private let call: RunningCall<[UInt8]>
  private let first: [UInt8]?

  /// Begins to make a body, and returns when its first piece is there, or its end.
  ///
  /// - Parameters:
  ///   - executor: where it is made; nil: anywhere.
  ///   - ahead: how many pieces may wait for the reader.
  /// - Throws: what `produce` throws before it writes anything; `CancellationError` when the task is cancelled.
  package static func begin(
    on executor: (any TaskExecutor)? = nil, ahead: Int = piecesWaitingMax,
    _ produce: @escaping @Sendable (_ write: @escaping Writing) async throws -> Void
  ) async throws -> ByteStream {
    let pieces = HandOff<[UInt8]>(capacity: ahead)
    let call = RunningCall(
      events: pieces,
      task: Task(executorPreference: executor) {
        do {
          try await produce { try await pieces.send($0) }
          pieces.finish()
        } catch {
          pieces.finish(throwing: error)
        }
      })
    return ByteStream(call: call, first: try await pieces.next())
  }

  /// Gives `heartbeat` to a reader who has waited for a piece since the beat before this one; nobody else gets it.
  func beat(_ heartbeat: String) { call.events.beat { Array(heartbeat.utf8) } }

  /// Stops what makes it. Whoever reads gets a `CancellationError`.
  package func stop() { call.stop() }

  package func makeAsyncIterator() -> Iterator { Iterator(call: call, first: first) }

  package struct Iterator: AsyncIteratorProtocol {
    fileprivate let call: RunningCall<[UInt8]>
    fileprivate var first: [UInt8]?

    /// All that is there: several pieces where they come faster than they are read.
    ///
    /// - Throws: what makes the body throws after its first piece; `CancellationError`.
    package mutating func next() async throws -> [UInt8]? {
      if let piece = first.take() { return piece + call.events.waiting().joined() }
      return try await call.events.next().map { $0 + call.events.waiting().joined() }
    }
  }
}
