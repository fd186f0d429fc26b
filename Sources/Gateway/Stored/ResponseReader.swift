import Inference
import Vocabulary

/// Reads the events of one response: what is on the disk, then what is committed while it is read.
struct ResponseReader: Sendable {
  let id: ResponseID
  let workspace: WorkspaceID
  let store: ResponseStore
  /// Nil when the run is not under way.
  let feed: ResponseFeed?

  /// Hands on the events after `number` to the last one, as they were told the first time, byte for byte.
  ///
  /// - Throws: what the run failed with before anything was kept; ``GatewayFault`` when the events end without a terminal
  ///   one; `CancellationError`; what `write` throws.
  func read(after number: Int, _ write: ([UInt8]) async throws -> Void) async throws {
    var number = number
    var signals = feed?.signals().makeAsyncIterator()
    while true {
      switch feed?.step(after: number) ?? .read {
      case .take(let frames):
        number += frames.count
        try await write(Array(frames.joined().utf8))
      case .read:
        let (frames, isEnded) = try await store.frames(of: id, after: number, in: workspace)
        guard !frames.isEmpty else {
          guard isEnded else { throw GatewayFault.unfinished }
          return
        }
        number += frames.count
        try await write(Array(frames.joined().utf8))
      case .wait:
        guard await signals?.next() != nil else { throw CancellationError() }
      case .end: return
      case .fail(let error): throw error
      }
    }
  }

  /// The whole response, when the run has ended.
  ///
  /// - Throws: as ``read(after:_:)``.
  func answer() async throws -> [UInt8] {
    if let feed {
      for await _ in feed.signals() where feed.end != nil { break }
      switch feed.end {
      case .whole(let answer): return answer
      case .refused(let error): throw error
      case .broken: break
      case nil: throw CancellationError()
      }
    }
    guard let answer = try await store.answer(of: id, in: workspace) else { throw GatewayFault.notWritten }
    return answer
  }
}
