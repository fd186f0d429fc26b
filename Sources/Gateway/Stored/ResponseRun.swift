import Inference
import StrictJSON
import Synchronization
import Vocabulary

/// One response while it is made: asks the model, writes what it says, and tells nothing that is not written.
///
/// It goes on whoever reads it, and ends because it is whole, because it fails, or because somebody stops it.
final class ResponseRun: Sendable {
  /// Why somebody stops it.
  enum Stop: Sendable, Hashable {
    case cancelled, deleted
    /// The server ends.
    case server
  }

  /// What is asked, and of whom.
  struct Asked: Sendable {
    let provider: any ModelProvider
    let request: ModelRequest
    let head: AnswerHead
    /// What the client sent.
    let body: [UInt8]
  }

  let response: StoredResponse
  let workspace: WorkspaceID
  let feed = ResponseFeed()
  private let asked: Asked
  private let store: ResponseStore
  private let limits: ResponseLimits
  private let onFailure: @Sendable (any Error) -> Void
  private let reason = Mutex<Stop?>(nil)

  /// - Parameter onFailure: told when the response could not be written.
  init(
    _ response: StoredResponse, asking asked: Asked, in workspace: WorkspaceID, store: ResponseStore,
    limits: ResponseLimits, onFailure: @escaping @Sendable (any Error) -> Void
  ) {
    self.response = response
    self.asked = asked
    self.workspace = workspace
    self.store = store
    self.limits = limits
    self.onFailure = onFailure
  }

  /// Says why its task is about to be cancelled. The first reason counts.
  func note(_ stop: Stop) { reason.withLock { $0 = $0 ?? stop } }

  /// The events of a run in the background before its turn comes. Each response has the same ones.
  private var queueing: (writer: ResponsesAnswerWriter, frames: [String]) {
    var writer = ResponsesAnswerWriter(asked.head)
    let frames = response.isBackground ? writer.queue() : []
    return (writer, response.isStreamed ? frames : [])
  }

  /// Writes a run in the background before its turn comes; durable when it returns.
  func queue() async throws {
    try await store.commit(
      ResponseCommit(new: (response, asked.body), frames: queueing.frames), of: response.id, in: workspace)
    rejoin()
  }

  /// Takes up a run that is queued on the disk.
  func rejoin() { feed.tell(queueing.frames) }

  /// Returns when the run has ended, and its end is written.
  func run() async {
    var (writer, frames) = queueing
    let log = ResponseLog(
      from: frames.count,
      commit: { [self] part in try await store.commit(part, of: response.id, in: workspace) },
      tell: { [self] part in feed.tell(part.frames) })
    var progress = Progress(isKept: response.isBackground)
    do {
      guard reason.withLock({ $0 == nil }) else { throw CancellationError() }
      if response.isBackground {
        // From here on somebody may be asked, and it is not begun a second time.
        frames = writer.begin()
        try await log.end(ResponseCommit(frames: response.isStreamed ? frames : [], status: .inProgress))
        progress.hasBegun = true
      }
      if response.isStreamed {
        try await stream(&writer, &progress, log)
      } else {
        try await end(whole(&progress).response(asked.head), [], progress, log)
      }
    } catch {
      await breakOff(after: error, writer, progress, log)
    }
  }

  /// How far a run is.
  private struct Progress {
    /// Whether there is something on the disk, or on its way there.
    var isKept: Bool
    /// Whether a run in the background has had its turn.
    var hasBegun = false
    var outputBytes = 0
    var frames = 0
    var framesBytes = 0

    mutating func add(_ event: ModelEvent, _ limits: ResponseLimits) throws(GatewayFault) {
      outputBytes += event.writtenBytes
      guard outputBytes <= limits.outputBytesMax else {
        throw .responseTooLarge("\(limits.outputBytesMax) bytes of output")
      }
      guard frames < limits.framesMax, framesBytes < limits.framesBytesMax else {
        throw .responseTooLarge("\(limits.framesMax) events and \(limits.framesBytesMax) bytes of them")
      }
    }

    mutating func add(_ frames: [String]) {
      self.frames += frames.count
      framesBytes += frames.reduce(0) { $0 + $1.utf8.count }
      isKept = true
    }
  }

  private func stream(
    _ writer: inout ResponsesAnswerWriter, _ progress: inout Progress, _ log: ResponseLog
  ) async throws {
    for try await event in asked.provider.stream(asked.request) {
      try progress.add(event, limits)
      let frames = writer.frames(for: event)
      guard !frames.isEmpty else { continue }
      let part = ResponseCommit(new: new(progress), frames: frames)
      progress.add(frames)
      try await log.add(part)
    }
    let frames = writer.end()
    try await end(writer.document, frames, progress, log)
  }

  private func whole(_ progress: inout Progress) async throws -> ModelAnswer {
    var answer = ModelAnswer(model: asked.request.model, text: "", usage: nil, finish: .unstated)
    for try await event in asked.provider.stream(asked.request) {
      try progress.add(event, limits)
      answer.add(event)
    }
    return answer
  }

  private func end(
    _ document: ResponseDocument, _ frames: [String], _ progress: Progress, _ log: ResponseLog
  ) async throws {
    let answer = document.json.compactBytes()
    try await log.end(
      ResponseCommit(new: new(progress), frames: frames, status: document.status, answer: answer))
    feed.finish(.whole(answer))
  }

  /// What is written first of a response of which nothing is.
  private func new(_ progress: Progress) -> (StoredResponse, [UInt8])? {
    progress.isKept ? nil : (response, asked.body)
  }

  // MARK: Ends that are not the model's

  private func breakOff(
    after error: any Error, _ writer: ResponsesAnswerWriter, _ progress: Progress, _ log: ResponseLog
  ) async {
    var writer = writer
    let frames: [String]
    switch (reason.withLock { $0 }, error) {
    case (.deleted, is CancellationError): return feed.finish(.broken)
    // What waits is begun by the next server.
    case (.server, is CancellationError) where response.isBackground && !progress.hasBegun:
      return feed.finish(.broken)
    case (_, is CancellationError) where !progress.isKept: return feed.finish(.refused(GatewayFault.stopping))
    case _ where !progress.isKept: return feed.finish(.refused(error))
    case (.cancelled, is CancellationError): frames = writer.cancel()
    default: frames = writer.failure(Self.fault(error))
    }
    do {
      try await end(writer.document, response.isStreamed ? frames : [], progress, log)
    } catch {
      onFailure(error)
      do { try await store.breakOff(response, because: .notWritten, in: workspace) } catch { onFailure(error) }
      // Of a call that somebody waits for, nothing was told yet: they get the error itself.
      feed.finish(feed.count == 0 && !response.isBackground ? .refused(error) : .broken)
    }
  }

  /// What an error means for the response.
  static func fault(_ error: any Error) -> GatewayFault {
    switch error {
    case let error as InferenceError: GatewayFault(error)
    case let fault as GatewayFault: fault
    case is CancellationError: .serverRestarted
    default: .notWritten
    }
  }
}

extension ModelEvent {
  /// Bytes of what is said, as JSON writes it.
  fileprivate var writtenBytes: Int {
    switch self {
    case .text(let text): Self.written(text)
    case .thinking(let piece): Self.written(piece.text) + Self.written(piece.signature)
    case .toolCall(let piece):
      Self.written(piece.id ?? "") + Self.written(piece.name ?? "") + Self.written(piece.arguments)
    case .started, .usage, .finished: 0
    }
  }

  private static func written(_ text: String) -> Int {
    text.utf8.reduce(0) { count, byte in
      switch byte {
      case 0..<0x20: count + 6
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): count + 2
      default: count + 1
      }
    }
  }
}
