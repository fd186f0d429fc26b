import Jobs
import Testing
import Vocabulary

@Suite("What becomes of a job after an attempt")
struct JobRulesTests {
  private static let now = Timestamp(microseconds: 1_000_000_000)

  struct Case: Sendable {
    let end: JobRules.End
    var attempt = 1
    var crashes = 0
    var part = 1.0
    let verdict: JobRules.Verdict
  }

  static let cases: [Case] = [
    Case(end: .outcome(.done), verdict: .end(.done, because: nil)),
    Case(end: .outcome(.fail("never")), verdict: .end(.failed, because: "never")),
    Case(
      end: .outcome(.snooze(.seconds(7))),
      verdict: .again(at: now.advanced(by: .seconds(7)), charged: false, because: nil)),
    Case(end: .outcome(.snooze(.seconds(-7))), verdict: .again(at: now, charged: false, because: nil)),
    Case(end: .released, attempt: 5, verdict: .again(at: now, charged: false, because: nil)),
    Case(end: .threw("no"), verdict: .again(at: now.advanced(by: .seconds(1)), charged: true, because: "no")),
    Case(
      end: .threw("no"), attempt: 4,
      verdict: .again(at: now.advanced(by: .seconds(8)), charged: true, because: "no")),
    Case(end: .threw("no"), part: 0, verdict: .again(at: now, charged: true, because: "no")),
    Case(end: .threw("no"), attempt: 5, verdict: .end(.failed, because: "no")),
    Case(
      end: .crashed, crashes: 1, verdict: .again(at: now, charged: true, because: "The server ended while it ran.")),
    Case(
      end: .crashed, crashes: 2,
      verdict: .end(.failed, because: "The server ended 3 times while it ran this; it is not begun again.")),
  ]

  @Test(arguments: cases)
  func `every end has its verdict`(_ one: Case) {
    let verdict = JobRules().verdict(
      on: one.end, attempt: one.attempt, attemptsMax: 5, crashes: one.crashes, now: Self.now, part: one.part)
    #expect(verdict == one.verdict)
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 4), (9, 256), (10, 300), (64, 300), (Int.max, 300), (0, 1), (-5, 1)])
  func `pauses double up to five minutes`(_ attempt: Int, seconds: Int) {
    #expect(JobRules().pause(after: attempt) == .seconds(seconds))
  }
}
