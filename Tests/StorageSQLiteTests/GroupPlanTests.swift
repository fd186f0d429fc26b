import Testing

@testable import StorageSQLite

/// What a group's bodies do in a test, and a stand-in for SQLite that does to the transaction what the table says.
private struct Script {
  var bodies: [GroupPlan.BodyEnd]
  var begin: [Fault?] = []
  var commit: Fault?
  var staysOpenAfterCommit = false
  var commitFrameIsLast = false
  var groupTime: Duration = .seconds(1)
  var bodyTime: Duration = .zero
  var rounds = 8

  /// Carries the plan out; returns its steps as words and what it said of each body.
  func play() -> (steps: [String], verdicts: [GroupPlan.Verdict]) {
    var plan = GroupPlan(count: bodies.count, groupTime: groupTime, rounds: rounds)
    var begins = begin
    var elapsed = Duration.zero
    var steps: [String] = []
    var step = plan.start()
    while step != .end, steps.count < 10_000 {
      switch step {
      case .begin:
        steps.append("begin")
        elapsed = .zero
        step = plan.began(begins.isEmpty ? nil : begins.removeFirst())
      case .run(let index):
        steps.append("\(index)")
        elapsed += bodyTime
        step = plan.ran(bodies[index])
      case .keepBody:
        steps.append("keep")
        step = plan.settled(nil, elapsed: elapsed)
      case .undoBody:
        steps.append("undo")
        step = plan.settled(nil, elapsed: elapsed)
      case .commit:
        steps.append("commit")
        step = plan.committed(
          commit, isTransactionOpen: staysOpenAfterCommit, commitFrameIsLast: commitFrameIsLast)
      case .rollback:
        steps.append("rollback")
        step = plan.rolledBack()
      case .end: break
      }
    }
    return (steps, plan.verdicts)
  }
}

private let good = GroupPlan.BodyEnd(succeeded: true)
private let bad = GroupPlan.BodyEnd(succeeded: false)
private let slowReader = GroupPlan.BodyEnd(succeeded: false, ranOverTime: true)
private let slowWriter = GroupPlan.BodyEnd(succeeded: false, ranOverTime: true, isTransactionOpen: false)

@Suite struct `A group plan` {
  @Test func `commits a lone body without a savepoint`() {
    let (steps, verdicts) = Script(bodies: [good]).play()
    #expect(steps == ["begin", "0", "commit"])
    #expect(verdicts == [.kept])
  }

  @Test func `rolls a lone body back that failed`() {
    let (steps, verdicts) = Script(bodies: [bad]).play()
    #expect(steps == ["begin", "0", "rollback"])
    #expect(verdicts == [.failed])
  }

  @Test func `takes only the failed body back`() {
    let (steps, verdicts) = Script(bodies: [good, bad, good]).play()
    #expect(steps == ["begin", "0", "keep", "1", "undo", "2", "keep", "commit"])
    #expect(verdicts == [.kept, .failed, .kept])
  }

  @Test func `goes on when a body ran over its time while reading`() {
    let (steps, verdicts) = Script(bodies: [good, slowReader, good]).play()
    #expect(steps == ["begin", "0", "keep", "1", "undo", "2", "keep", "commit"])
    #expect(verdicts == [.kept, .timedOut, .kept])
  }

  @Test func `runs the innocent again when a body's interruption ended the transaction`() {
    let (steps, verdicts) = Script(bodies: [good, slowWriter, bad, good]).play()
    #expect(
      steps == ["begin", "0", "keep", "1", "rollback", "begin", "0", "keep", "2", "undo", "3", "keep", "commit"])
    #expect(verdicts == [.kept, .timedOut, .failed, .kept])
  }

  @Test func `runs again also those that had failed by themselves before the interruption`() {
    let (steps, _) = Script(bodies: [bad, slowWriter]).play()
    #expect(steps == ["begin", "0", "undo", "1", "rollback", "begin", "0", "undo", "commit"])
  }

  @Test func `of interrupted bodies only ends without a commit`() {
    let (steps, verdicts) = Script(bodies: [slowWriter, slowWriter]).play()
    #expect(steps == ["begin", "0", "rollback", "begin", "1", "rollback"])
    #expect(verdicts == [.timedOut, .timedOut])
  }

  @Test func `gives up after its rounds, and the innocent fail with nothing written`() {
    var script = Script(bodies: [good, slowWriter, slowWriter, slowWriter, good])
    script.rounds = 3
    let (steps, verdicts) = script.play()
    #expect(steps.filter { $0 == "begin" }.count == 3)
    #expect(!steps.contains("commit"))
    #expect(
      verdicts == [.lost(.interruptedTooOften), .timedOut, .timedOut, .timedOut, .lost(.interruptedTooOften)])
  }

  @Test func `blames a body that swallowed the end of the transaction`() {
    let swallower = GroupPlan.BodyEnd(succeeded: true, isTransactionOpen: false)
    let (_, verdicts) = Script(bodies: [good, swallower]).play()
    #expect(verdicts == [.kept, .lost(.rolledBack(.statement))])
  }

  @Test(arguments: Fault.allCases.filter(\.costsTheGroup), [true, false])
  func `is lost as a whole to a grave fault, swallowed or not`(_ fault: Fault, succeeded: Bool) {
    let hit = GroupPlan.BodyEnd(succeeded: succeeded, gravest: fault, isTransactionOpen: false)
    let (steps, verdicts) = Script(bodies: [good, hit, good]).play()
    #expect(steps == ["begin", "0", "keep", "1", "rollback"])
    #expect(verdicts == Array(repeating: .lost(.rolledBack(fault)), count: 3))
  }

  @Test(arguments: Fault.allCases) func `is lost with nothing written when it cannot begin`(_ fault: Fault) {
    let (steps, verdicts) = Script(bodies: [good, good], begin: [fault]).play()
    #expect(steps == ["begin", "rollback"])
    #expect(verdicts == [.lost(.rolledBack(fault)), .lost(.rolledBack(fault))])
  }

  @Test(arguments: Fault.allCases) func `does not claim to know how a failed commit went`(_ fault: Fault) {
    let (_, verdicts) = Script(bodies: [good, good], commit: fault).play()
    #expect(verdicts == [.lost(.outcomeUnknown(fault)), .lost(.outcomeUnknown(fault))])
  }

  @Test(arguments: Fault.allCases) func `knows that nothing was written when a refused commit left it open`(
    _ fault: Fault
  ) {
    var script = Script(bodies: [good], commit: fault)
    script.staysOpenAfterCommit = true
    let isKnown = [.constraint, .busy].contains(fault)
    #expect(script.play().verdicts == [.lost(isKnown ? .rolledBack(fault) : .outcomeUnknown(fault))])
  }

  @Test func `knows that nothing was written when the frame that commits found no room`() {
    var script = Script(bodies: [good], commit: .full)
    script.commitFrameIsLast = true
    #expect(script.play().verdicts == [.lost(.rolledBack(.full))])
  }

  @Test func `begins no further body after its time, and always at least one`() {
    var script = Script(bodies: Array(repeating: good, count: 5))
    script.bodyTime = .milliseconds(600)
    #expect(script.play().verdicts == [.kept, .kept, .postponed, .postponed, .postponed])
    script.bodyTime = .seconds(60)
    #expect(script.play().verdicts == [.kept, .postponed, .postponed, .postponed, .postponed])
  }

  @Test(arguments: 0..<200) func `answers every body and never runs one twice in a commit`(_ seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let ends = [good, good, good, bad, slowReader, slowWriter]
    let bodies = (0..<Int.random(in: 1...20, using: &random)).map { _ in ends.randomElement(using: &random) ?? good }
    var script = Script(bodies: bodies)
    script.rounds = Int.random(in: 1...4, using: &random)
    script.bodyTime = .milliseconds(Int.random(in: 0...300, using: &random))
    let (steps, verdicts) = script.play()
    #expect(verdicts.count == bodies.count)
    let lastRound = steps.lastIndex(of: "begin").map { steps[$0...] } ?? []
    let ran = lastRound.compactMap { Int($0) }
    #expect(Set(ran).count == ran.count)
    // What was kept was run and committed in the last round, and nothing else was.
    let kept = verdicts.indices.filter { verdicts[$0] == .kept }
    #expect(kept.allSatisfy { ran.contains($0) && bodies[$0] == good })
    #expect(kept.isEmpty || steps.last == "commit")
    #expect(steps.filter { $0 == "begin" }.count <= script.rounds)
  }
}

/// SplitMix64.
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
