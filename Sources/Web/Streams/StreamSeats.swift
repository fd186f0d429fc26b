import Identity
import Synchronization
import Vocabulary

/// Who holds how many event streams, so that there is an end to them, and so that a session's streams end with it.
final class StreamSeats: Sendable {
  /// A stream's right to be. It is given back when the last reference goes, however the stream ends, also when it never
  /// began.
  final class Seat: Sendable {
    let number: Int
    private let seats: StreamSeats
    private let ended = Atomic(false)

    fileprivate init(number: Int, seats: StreamSeats) {
      self.number = number
      self.seats = seats
    }

    deinit { seats.leave(number) }

    /// Whether the session that it was given to is over.
    var isEnded: Bool { ended.load(ordering: .acquiring) }
    fileprivate func end() { ended.store(true, ordering: .releasing) }
  }

  private struct Holding {
    let session: SessionID?
    let credential: Credential?
    weak var seat: Seat?
  }

  private struct State {
    var holdings: [Int: Holding] = [:]
    var perSession: [SessionID?: Int] = [:]
    var next = 0
  }

  private let limits: WebLimits
  /// Makes every stream look up.
  private let wake: @Sendable () -> Void
  private let state = Mutex(State())

  init(limits: WebLimits, wake: @escaping @Sendable () -> Void) {
    self.limits = limits
    self.wake = wake
  }

  var count: Int { state.withLock { $0.holdings.count } }

  /// All terminals together count as one session.
  func take(for visitor: Visitor) throws(Problem) -> Seat {
    let (session, credential): (SessionID?, Credential?) =
      if case .session(let session, let credential) = visitor { (session.id, credential) } else { (nil, nil) }
    let seat: Seat? = state.withLock { state in
      let held = state.perSession[session, default: 0]
      guard state.holdings.count < limits.streams, held < limits.streamsPerSession else { return nil }
      state.next += 1
      let seat = Seat(number: state.next, seats: self)
      state.holdings[state.next] = Holding(session: session, credential: credential, seat: seat)
      state.perSession[session] = held + 1
      return seat
    }
    guard let seat else {
      throw Problem(
        .tooManyStreams,
        "\(limits.streamsPerSession) event streams a session and \(limits.streams) in all are allowed; one carries many "
          + "topics.")
    }
    return seat
  }

  /// Sessions that hold streams, each with its credential.
  var sessions: [SessionID: Credential] {
    state.withLock { state in
      state.holdings.values.reduce(into: [:]) { sessions, holding in
        if let session = holding.session { sessions[session] = holding.credential }
      }
    }
  }

  /// Ends the streams of a session that is over.
  func end(_ session: SessionID) {
    let seats = state.withLock { state in state.holdings.values.filter { $0.session == session }.compactMap(\.seat) }
    guard !seats.isEmpty else { return }
    for seat in seats { seat.end() }
    wake()
  }

  private func leave(_ number: Int) {
    state.withLock { state in
      guard let holding = state.holdings.removeValue(forKey: number) else { return }
      let held = state.perSession[holding.session, default: 1] - 1
      state.perSession[holding.session] = held > 0 ? held : nil
    }
  }
}
