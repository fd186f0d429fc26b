import Testing

@testable import StoragePostgres

@Suite struct ReconnectionTests {
  private let start = ContinuousClock.now

  @Test func `a server that is well is used by everybody`() {
    let reconnection = SharedReconnection()
    for _ in 0..<5 { #expect(reconnection.ask(at: start) == .goOn) }
    #expect(reconnection.reason == nil)
  }

  @Test func `after a failure everybody is refused until the pause is over, then one may try`() {
    let reconnection = SharedReconnection()
    #expect(reconnection.failed("no route", at: start, jitter: 1))
    #expect(reconnection.ask(at: start) == .refuse("no route"))
    #expect(reconnection.ask(at: start + .milliseconds(99)) == .refuse("no route"))
    #expect(reconnection.ask(at: start + .milliseconds(100)) == .goOn)
    #expect(reconnection.ask(at: start + .seconds(60)) == .refuse("no route"))
    #expect(reconnection.succeeded())
    #expect(reconnection.ask(at: start) == .goOn)
    #expect(!reconnection.succeeded())
  }

  @Test func `only the first failure is news, and the latest reason is told`() {
    let reconnection = SharedReconnection()
    #expect(reconnection.failed("a", at: start, jitter: 0))
    #expect(!reconnection.failed("b", at: start, jitter: 0))
    #expect(reconnection.reason == "b")
  }

  @Test func `pauses double up to two seconds, however often it fails`() {
    let reconnection = SharedReconnection()
    var now = start
    for expected in [100, 200, 400, 800, 1600, 2000, 2000] + Array(repeating: 2000, count: 100) {
      reconnection.failed("down", at: now, jitter: 1)
      #expect(reconnection.ask(at: now + .milliseconds(expected - 1)) == .refuse("down"))
      now = now + .milliseconds(expected)
      #expect(reconnection.ask(at: now) == .goOn)
    }
  }

  @Test(arguments: [(0.0, 50), (1.0, 100), (0.5, 75), (-3.0, 50), (7.0, 100)])
  func `jitter moves the second half of a pause`(jitter: Double, milliseconds: Int) {
    let pause = Pause.of(attempt: 1, first: .milliseconds(100), max: .seconds(1), jitter: jitter)
    #expect(pause == .milliseconds(milliseconds))
  }

  @Test func `any attempt has a pause`() {
    for attempt in [Int.min, -1, 0, 1, 30, .max] {
      let pause = Pause.of(attempt: attempt, first: .milliseconds(2), max: .milliseconds(200), jitter: 1)
      #expect((.milliseconds(2) ... .milliseconds(200)).contains(pause))
    }
  }
}

/// The state behind a reference: an expectation does not take a verb that changes a value.
private final class SharedReconnection {
  private var state = Reconnection()
  var reason: String? { state.reason }
  func ask(at now: ContinuousClock.Instant) -> Reconnection.Verdict { state.ask(at: now) }
  func succeeded() -> Bool { state.succeeded() }
  @discardableResult
  func failed(_ reason: String, at now: ContinuousClock.Instant, jitter: Double) -> Bool {
    state.failed(reason, at: now, jitter: jitter)
  }
}
