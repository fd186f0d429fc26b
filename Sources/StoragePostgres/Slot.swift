import Dispatch

/// A place in the pool: a serial queue and, once one is made, the session that only this queue touches.
///
/// Bodies are synchronous and wait on a socket, so they run here and never on Swift's cooperative threads.
/// `@unchecked Sendable`: `session` is read and written on `queue` only, which each access asserts.
final class Slot: @unchecked Sendable {
  let number: Int
  private let queue: DispatchQueue
  private var ownSession: Session?

  init(number: Int) {
    self.number = number
    queue = DispatchQueue(label: "arbiter.postgres.\(number)")
  }

  var session: Session? {
    get {
      dispatchPrecondition(condition: .onQueue(queue))
      return ownSession
    }
    set {
      dispatchPrecondition(condition: .onQueue(queue))
      ownSession = newValue
    }
  }

  func perform(_ work: @escaping @Sendable (Slot) -> Void) { queue.async { work(self) } }
}
