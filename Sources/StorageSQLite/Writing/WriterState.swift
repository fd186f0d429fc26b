import Storage

/// Decides what becomes of a writing body before and after its group: who waits, who is refused, whether a turn of the
/// writer is due, and what the database can still do. Times are handed in.
///
/// ```
/// ready ──no room──▶ full ──probe succeeds──▶ ready
///   └──disk, damage──▶ readOnly (until restart)      any ──close──▶ closing
/// ```
struct WriterState<Body> {
  typealias Instant = SuspendingClock.Instant

  enum Health: Equatable {
    case ready
    /// The next body after this instant is let through to probe the disk.
    case full(probeAt: Instant)
    case readOnly(reason: String)
  }

  enum Admission {
    /// It waits for a turn that is already due.
    case waits
    /// It waits, and a turn must be scheduled.
    case schedule
    case refused(StorageError)
  }

  enum Turn {
    case nothing
    /// See first whether there is room, and report it with `probed`; then take a turn again.
    case probe
    case commit([Body])
  }

  private(set) var health = Health.ready
  private(set) var isClosing = false
  private(set) var waiting: [Body] = []
  private var isScheduled = false
  private let queue: Int
  private let group: Int
  private let probeInterval: Duration

  init(queue: Int, group: Int, probeInterval: Duration) {
    self.queue = queue
    self.group = max(1, group)
    self.probeInterval = probeInterval
  }

  /// Whether nothing waits and no turn is due or under way.
  var isIdle: Bool { !isScheduled }

  mutating func submit(_ body: Body, at now: Instant) -> Admission {
    if isClosing { return .refused(.closed) }
    switch health {
    case .readOnly(let reason): return .refused(.writerIsReadOnly(reason))
    case .full(let probeAt):
      guard now >= probeAt, waiting.isEmpty else { return .refused(.noRoom) }
    case .ready:
      guard waiting.count < queue else { return .refused(.tooManyWrites(queue)) }
    }
    waiting.append(body)
    guard !isScheduled else { return .waits }
    isScheduled = true
    return .schedule
  }

  /// A turn begins.
  mutating func takeTurn() -> Turn {
    guard !waiting.isEmpty else { return .nothing }
    if case .full = health { return .probe }
    let next = Array(waiting.prefix(group))
    waiting.removeFirst(next.count)
    return .commit(next)
  }

  /// Whether there is room again. Returns the bodies to refuse.
  mutating func probed(hasRoom: Bool, at now: Instant) -> [Body] {
    health = hasRoom ? .ready : .full(probeAt: now.advanced(by: probeInterval))
    return hasRoom ? [] : takeAll()
  }

  /// A fault that concerns the whole database was met. Returns the bodies to refuse.
  mutating func met(_ fault: Fault, reason: String, at now: Instant) -> [Body] {
    switch fault {
    case .disk, .damaged:
      health = .readOnly(reason: reason)
      return takeAll()
    case .full:
      if case .ready = health { health = .full(probeAt: now.advanced(by: probeInterval)) }
      return takeAll()
    case .constraint, .statement, .busy, .interrupted, .memory, .access: return []
    }
  }

  /// A turn ends; `postponed` go to the front again. Returns whether another turn must be scheduled.
  mutating func endTurn(postponed: [Body] = []) -> Bool {
    waiting.insert(contentsOf: postponed, at: 0)
    isScheduled = !waiting.isEmpty
    return isScheduled
  }

  /// Refuses what comes from now on; what waits is still written.
  mutating func close() { isClosing = true }

  /// Why a body that is refused now is refused.
  var refusal: StorageError {
    switch health {
    case .readOnly(let reason): .writerIsReadOnly(reason)
    case .full: .noRoom
    case .ready: .closed
    }
  }

  private mutating func takeAll() -> [Body] {
    defer { waiting = [] }
    return waiting
  }
}
