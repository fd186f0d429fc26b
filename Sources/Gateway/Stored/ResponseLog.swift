/// Brings what a run says to the disk, in order. One commit is under way at a time, and what comes meanwhile is in the next:
/// a slow disk makes commits larger, not more.
///
/// What was committed is told, and nothing else is. For one sender.
actor ResponseLog {
  /// Bytes of frames that may wait for the commit before theirs; the sender waits when there are more.
  static let waitingBytesMax = 64 << 10

  private let commit: @Sendable (ResponseCommit) async throws -> Void
  private let tell: @Sendable (ResponseCommit) -> Void
  private var next: ResponseCommit
  private(set) var waitingBytes = 0
  private var isWriting = false
  private var failure: (any Error)?
  private var sender: CheckedContinuation<Void, Never>?

  /// - Parameters:
  ///   - number: of the first frame that will come.
  ///   - commit: returns when it is durable.
  ///   - tell: called after each commit, in their order.
  init(
    from number: Int, commit: @escaping @Sendable (ResponseCommit) async throws -> Void,
    tell: @escaping @Sendable (ResponseCommit) -> Void
  ) {
    next = ResponseCommit(number: number)
    self.commit = commit
    self.tell = tell
  }

  /// Adds to what is written next; returns at once while little waits.
  ///
  /// - Throws: what a commit threw. Nothing is written after it.
  func add(_ part: ResponseCommit) async throws {
    try join(part)
    try await wait { $0.waitingBytes > Self.waitingBytesMax }
  }

  /// Adds the last of it, and returns when all of it is durable.
  ///
  /// - Throws: as ``add(_:)``.
  func end(_ part: ResponseCommit) async throws {
    try join(part)
    try await wait { $0.isWriting }
  }

  private func join(_ part: ResponseCommit) throws {
    if let failure { throw failure }
    if let new = part.new { next.new = new }
    if let status = part.status { next.status = status }
    if let answer = part.answer { next.answer = answer }
    next.frames += part.frames
    waitingBytes += part.frames.reduce(0) { $0 + $1.utf8.count }
    guard !isWriting, !next.isEmpty else { return }
    isWriting = true
    Task { await write() }
  }

  private func wait(while isBusy: (isolated ResponseLog) -> Bool) async throws {
    while failure == nil, isBusy(self) { await withCheckedContinuation { sender = $0 } }
    if let failure { throw failure }
  }

  private func write() async {
    while failure == nil, !next.isEmpty {
      let due = next
      next = ResponseCommit(number: due.number + due.frames.count)
      waitingBytes = 0
      do {
        try await commit(due)
        tell(due)
      } catch {
        failure = error
      }
      sender.take()?.resume()
    }
    isWriting = false
    sender.take()?.resume()
  }
}
