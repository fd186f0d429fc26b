import NIOCore
import Testing

@testable import Web

@Suite("What a connection may take how long")
struct IntakeTests {
  private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)
  private func after(_ seconds: Int64) -> NIODeadline { start + .seconds(seconds) }
  private func makeIntake() -> Intake { Intake(limits: WebLimits(), now: start) }

  @Test func `a silent connection is closed after its idle time`() {
    let intake = makeIntake()
    #expect(intake.verdict(at: after(59)) == .wait(until: after(60)))
    #expect(intake.verdict(at: after(60)) == .close)
  }

  @Test func `a head has ten seconds from its first byte, however its bytes drip`() {
    var intake = makeIntake()
    intake.bytesArrived(at: after(30))
    intake.bytesArrived(at: after(39))
    #expect(intake.verdict(at: after(39)) == .wait(until: after(40)))
    #expect(intake.verdict(at: after(40)) == .timeOut)
  }

  @Test func `a body that brings its bytes is waited for`() {
    var intake = makeIntake()
    intake.headRead(at: start)
    intake.bodyRead(10_000)
    #expect(intake.verdict(at: after(9)) == .wait(until: after(10)))
    #expect(intake.verdict(at: after(19)) == .wait(until: after(20)))
    #expect(intake.verdict(at: after(21)) == .timeOut)
  }

  @Test func `a body that drips is cut off after its grace`() {
    var intake = makeIntake()
    intake.headRead(at: start)
    intake.bodyRead(9)
    #expect(intake.verdict(at: after(10)) == .timeOut)
  }

  @Test func `no body takes longer than a minute, however fast it is`() {
    var intake = makeIntake()
    intake.headRead(at: start)
    intake.bodyRead(1 << 30)
    #expect(intake.verdict(at: after(59)) == .wait(until: after(60)))
    #expect(intake.verdict(at: after(60)) == .timeOut)
  }

  @Test func `an answer may take its time`() {
    var intake = makeIntake()
    intake.headRead(at: start)
    intake.endRead(at: start)
    #expect(intake.verdict(at: after(86_400)) == .wait(until: nil))
  }

  @Test func `idle time runs from the end of the last answer`() {
    var intake = makeIntake()
    intake.headRead(at: after(1))
    intake.endRead(at: after(1))
    intake.answerEnded(at: after(50))
    #expect(intake.verdict(at: after(109)) == .wait(until: after(110)))
    #expect(intake.verdict(at: after(110)) == .close)
  }

  @Test func `a head that drips behind an answer that is owed closes, since it cannot be answered in turn`() {
    var intake = makeIntake()
    intake.headRead(at: start)
    intake.endRead(at: start)
    intake.bytesArrived(at: start)
    #expect(intake.verdict(at: after(10)) == .close)
  }

  @Test func `a reader that takes nothing is closed, one that takes something is not`() {
    var intake = makeIntake()
    intake.headRead(at: start)
    intake.endRead(at: start)
    intake.writability(false, at: start)
    #expect(intake.verdict(at: after(29)) == .wait(until: after(30)))
    #expect(intake.verdict(at: after(30)) == .close)
    intake.writability(true, at: after(29))
    #expect(intake.verdict(at: after(30)) == .wait(until: nil))
  }

  @Test func `byte counts cannot overflow`() {
    var intake = makeIntake()
    intake.headRead(at: start)
    intake.bodyRead(.max)
    intake.bodyRead(.max)
    #expect(intake.isReadingBody)
  }
}
