import Storage
import Testing

@testable import StorageSQLite

/// A state that a test can change inside an expectation.
private final class Subject {
  private(set) var state: WriterState<Int>
  let start = SuspendingClock.Instant.now

  init(queue: Int = 10, group: Int = 3) {
    state = WriterState(queue: queue, group: group, probeInterval: .seconds(1))
  }

  /// “waits”, “schedule”, or the kind of the refusal.
  func submit(_ body: Int, after: Duration = .zero) -> String {
    switch state.submit(body, at: start.advanced(by: after)) {
    case .waits: "waits"
    case .schedule: "schedule"
    case .refused(let error): error.kind.rawValue
    }
  }

  func submit(_ bodies: ClosedRange<Int>) -> [String] { bodies.map { submit($0) } }

  func turn() -> String {
    switch state.takeTurn() {
    case .nothing: "nothing"
    case .probe: "probe"
    case .commit(let bodies): "\(bodies)"
    }
  }

  func endTurn(postponed: [Int] = []) -> Bool { state.endTurn(postponed: postponed) }
  func met(_ fault: Fault, reason: String = "") -> [Int] { state.met(fault, reason: reason, at: start) }
  func probed(hasRoom: Bool, after: Duration) -> [Int] {
    state.probed(hasRoom: hasRoom, at: start.advanced(by: after))
  }
  func close() { state.close() }
}

@Suite struct `A writer's state` {
  @Test func `schedules one turn for all that wait, and groups in order of arrival up to the bound`() {
    let subject = Subject()
    #expect(subject.submit(1...5) == ["schedule", "waits", "waits", "waits", "waits"])
    #expect(subject.turn() == "[1, 2, 3]")
    #expect(subject.submit(6) == "waits")
    #expect(subject.endTurn())
    #expect(subject.turn() == "[4, 5, 6]")
    #expect(!subject.endTurn())
    #expect(subject.state.isIdle)
    #expect(subject.submit(7) == "schedule")
  }

  @Test func `puts what was postponed to the front`() {
    let subject = Subject()
    _ = subject.submit(1...4)
    #expect(subject.turn() == "[1, 2, 3]")
    #expect(subject.endTurn(postponed: [2, 3]))
    #expect(subject.turn() == "[2, 3, 4]")
  }

  @Test func `refuses at the bound of the queue and takes more once there is room`() {
    let subject = Subject(queue: 3)
    #expect(subject.submit(1...4) == ["schedule", "waits", "waits", "overloaded"])
    _ = subject.turn()
    #expect(subject.submit(5) == "waits")
  }

  @Test(arguments: [Fault.disk, .damaged]) func `writes nothing more after a failing disk`(_ fault: Fault) {
    let subject = Subject()
    _ = subject.submit(1...5)
    _ = subject.turn()
    #expect(subject.met(fault, reason: "why") == [4, 5])
    #expect(!subject.endTurn())
    #expect(subject.state.health == .readOnly(reason: "why"))
    #expect(subject.submit(6, after: .seconds(1_000_000)) == "readOnly")
    #expect(subject.met(.full, reason: "later") == [])
    #expect(subject.state.health == .readOnly(reason: "why"))
  }

  @Test(arguments: Fault.allCases.filter { ![.disk, .damaged, .full].contains($0) })
  func `goes on after a fault that concerns one group only`(_ fault: Fault) {
    let subject = Subject()
    _ = subject.submit(1...5)
    _ = subject.turn()
    #expect(subject.met(fault, reason: "") == [])
    #expect(subject.state.health == .ready)
    #expect(subject.endTurn())
  }

  @Test func `lets one body a second through to a full disk, and goes on when its probe found room`() {
    let subject = Subject()
    _ = subject.submit(1...5)
    _ = subject.turn()
    #expect(subject.met(.full, reason: "") == [4, 5])
    #expect(!subject.endTurn())
    #expect(subject.submit(6, after: .milliseconds(999)) == "full")
    #expect(subject.submit(7, after: .seconds(1)) == "schedule")
    #expect(subject.submit(8, after: .seconds(1)) == "full")
    #expect(subject.turn() == "probe")
    #expect(subject.probed(hasRoom: false, after: .seconds(2)) == [7])
    #expect(!subject.endTurn())
    #expect(subject.submit(9, after: .milliseconds(2_999)) == "full")
    #expect(subject.submit(10, after: .seconds(3)) == "schedule")
    #expect(subject.turn() == "probe")
    #expect(subject.probed(hasRoom: true, after: .seconds(4)) == [])
    #expect(subject.endTurn())
    #expect(subject.turn() == "[10]")
    #expect(subject.state.health == .ready)
  }

  @Test func `that closes writes what waits and takes nothing more`() {
    let subject = Subject()
    _ = subject.submit(1)
    subject.close()
    #expect(!subject.state.isIdle)
    #expect(subject.submit(2) == "unavailable")
    #expect(subject.turn() == "[1]")
    #expect(!subject.endTurn())
    #expect(subject.state.isIdle)
    #expect(subject.turn() == "nothing")
  }
}

@Suite struct `A checkpoint plan` {
  func makePlan() -> CheckpointPlan { CheckpointPlan(pages: 100, readLimit: .seconds(30)) }

  @Test(
    arguments: [
      (99, .nothing), (100, .passive), (799, .passive), (800, .restart(waiting: .milliseconds(100))),
      (1599, .restart(waiting: .milliseconds(100))), (1600, .restart(waiting: .seconds(30))),
    ] as [(Int, CheckpointPlan.Step)])
  func `tries harder the longer the log is`(_ pages: Int, _ step: CheckpointPlan.Step) {
    var plan = makePlan()
    plan.committed(logPages: pages)
    #expect(plan.next == step)
  }

  @Test func `tries again only when as much has been written again, or the log started over`() {
    var plan = makePlan()
    plan.committed(logPages: 120)
    plan.tried()
    #expect(plan.next == .nothing)
    plan.committed(logPages: 219)
    #expect(plan.next == .nothing)
    plan.committed(logPages: 220)
    #expect(plan.next == .passive)
    plan.tried()
    plan.committed(logPages: 5)
    #expect(plan.next == .nothing)
    plan.committed(logPages: 100)
    #expect(plan.next == .passive)
  }
}
