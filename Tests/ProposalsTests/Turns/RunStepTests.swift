import Inference
import TestKit
import Testing
import Vocabulary

@testable import Proposals

@Suite("What a run does next")
struct RunStepTests {
  private func run(_ stage: Run.Stage?, _ calls: [(ModelCall.Purpose, ModelCall.State)] = []) -> Run {
    var run = Run(
      RunID(UniqueID(high: 1, low: 1)), on: "things/this", number: 1, .act, "go", by: "Ines", isByHand: false,
      at: Timestamp(microseconds: 0))
    run.stage = stage
    let chosen = ChosenModel(provider: BuiltInModel(), model: "m")
    let request = ModelRequest(model: "m", messages: [ModelMessage(.user, "go")])
    run.calls = calls.map { purpose, state in
      var call = ModelCall(purpose, chosen, request, prompt: "p@1", at: Timestamp(microseconds: 0))
      call.state = state
      return call
    }
    return run
  }

  @Test(arguments: [
    ([], RunStep.ask(.propose)),
    ([(ModelCall.Purpose.propose, ModelCall.State.lost)], .ask(.propose)),
    ([(.propose, .lost), (.propose, .lost)], .giveUp),
    ([(.propose, .failed)], .giveUp),
    ([(.propose, .lost), (.propose, .failed)], .giveUp),
  ])
  func `a proposal is asked for until it failed, or was lost twice`(
    calls: [(ModelCall.Purpose, ModelCall.State)], step: RunStep
  ) {
    #expect(run(.proposing, calls).nextStep == step)
  }

  @Test func `after a wrong answer the repair is asked for, whatever was lost before it`() {
    var one = run(.proposing, [(.propose, .lost), (.propose, .answered)])
    one.attempts = [Run.Attempt(proposal: nil, faults: [ProposalFault("", "empty", "Nothing.")])]
    #expect(one.nextStep == .ask(.repair))
    one.calls += run(nil, [(.repair, .lost)]).calls
    #expect(one.nextStep == .ask(.repair))
    one.calls += run(nil, [(.repair, .failed)]).calls
    #expect(one.nextStep == .giveUp)
  }

  @Test func `what was executed is told, by its results at last`() {
    var one = run(.narrating, [(.propose, .answered)])
    one.outcome = .executed
    #expect(one.nextStep == .ask(.narrate))
    one.calls += run(nil, [(.narrate, .failed)]).calls
    #expect(one.nextStep == .tellFromResults)
    one.end(.executed)
    one.tellAgain()
    #expect(one.nextStep == .ask(.narrate))
  }

  @Test func `what was not executed has a story, and never another try`() {
    #expect(run(.narrating, [(.propose, .answered), (.repair, .answered)]).nextStep == .ask(.classic))
    #expect(run(.narrating, [(.classic, .failed)]).nextStep == .tellFromResults)
    #expect(run(nil).nextStep == .nothing)
  }
}
