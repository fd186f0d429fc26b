import Vocabulary

/// Which body runs next, and where: the pool's decisions, without threads or time.
///
/// - Bodies start in the order in which they came, with two exceptions. **A workspace has one writer at a time**: its
///   bodies meet in the same rows (the journal's head, a topic's counter), so running them at once would only make
///   conflicts, and one after the other they commit, and tell of it, in one order. **Reads leave one slot free** for
///   writes where there is more than one.
/// - At most `waitingMax` bodies wait; one more is refused.
struct WorkQueue<Work> {
  enum Kind: Sendable, Hashable {
    case read
    case write(WorkspaceID)
  }

  struct Start {
    let slot: Int
    let kind: Kind
    let work: Work
  }

  let slotCount: Int
  let waitingMax: Int
  private(set) var waitingCount = 0
  private var freeSlots: [Int]
  private var readingCount = 0
  private var reads = FIFO<(ticket: UInt64, work: Work)>()
  /// Writes that wait, by workspace; only workspaces that have some.
  private var writes: [WorkspaceID: FIFO<(ticket: UInt64, work: Work)>] = [:]
  private var writingWorkspaces: Set<WorkspaceID> = []
  /// Workspaces with a waiting write and no running one, in the order they became so.
  private var readyWorkspaces = FIFO<WorkspaceID>()
  private var tickets: UInt64 = 0

  init(slotCount: Int, waitingMax: Int) {
    self.slotCount = max(slotCount, 1)
    self.waitingMax = max(waitingMax, 0)
    freeSlots = Array((0..<max(slotCount, 1)).reversed())
  }

  var isIdle: Bool { waitingCount == 0 && freeSlots.count == slotCount }

  /// Puts `work` into the queue. False when it is refused: it cannot start now, and as many wait as may.
  mutating func submit(_ kind: Kind, _ work: Work) -> Bool {
    guard waitingCount < waitingMax || canStartAtOnce(kind) else { return false }
    tickets += 1
    waitingCount += 1
    switch kind {
    case .read: reads.append((tickets, work))
    case .write(let workspace):
      let isFirst = writes[workspace] == nil
      writes[workspace, default: FIFO()].append((tickets, work))
      if isFirst, !writingWorkspaces.contains(workspace) { readyWorkspaces.append(workspace) }
    }
    return true
  }

  /// The next body that can start, which then runs; nil when none can.
  mutating func next() -> Start? {
    guard !freeSlots.isEmpty else { return nil }
    let read = readingCount < readingMax ? reads.first?.ticket : nil
    let write = readyWorkspaces.first.flatMap { writes[$0]?.first?.ticket }
    switch (read, write) {
    case (nil, nil): return nil
    case (let read?, let write?): return read < write ? startRead() : startWrite()
    case (_?, nil): return startRead()
    case (nil, _?): return startWrite()
    }
  }

  /// Frees what a body held that `next` had started.
  mutating func finished(_ kind: Kind, on slot: Int) {
    freeSlots.append(slot)
    switch kind {
    case .read: readingCount -= 1
    case .write(let workspace):
      writingWorkspaces.remove(workspace)
      if writes[workspace] != nil { readyWorkspaces.append(workspace) }
    }
  }

  private var readingMax: Int { max(slotCount - 1, 1) }

  private func canStartAtOnce(_ kind: Kind) -> Bool {
    guard waitingCount == 0, !freeSlots.isEmpty else { return false }
    switch kind {
    case .read: return readingCount < readingMax
    case .write(let workspace): return !writingWorkspaces.contains(workspace)
    }
  }

  private mutating func startRead() -> Start? {
    guard let entry = reads.popFirst(), let slot = freeSlots.popLast() else { return nil }
    waitingCount -= 1
    readingCount += 1
    return Start(slot: slot, kind: .read, work: entry.work)
  }

  private mutating func startWrite() -> Start? {
    guard let workspace = readyWorkspaces.popFirst(), let entry = writes[workspace]?.popFirst(),
      let slot = freeSlots.popLast()
    else { return nil }
    if writes[workspace]?.first == nil { writes[workspace] = nil }
    waitingCount -= 1
    writingWorkspaces.insert(workspace)
    return Start(slot: slot, kind: .write(workspace), work: entry.work)
  }
}
