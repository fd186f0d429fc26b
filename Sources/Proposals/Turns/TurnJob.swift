import Inference
package import Jobs
import Operations
package import Storage
import StrictJSON
import Vocabulary

/// Takes a turn. May be stopped at any moment and begun again: what is done next stands in the run alone
/// (``Run/nextStep``), and every step is one commit through the lease.
package struct TurnJob: JobHandler {
  package static let kind = "turn.take"
  package static let attemptsMax = 8
  package static let timeLimit: Duration = .seconds(1800)

  /// Which run, and in whose name: the rights are those that the person had when they asked.
  package struct Arguments: Codable, Sendable {
    let run: RunID
    let person: PersonID?
    let name: String
    let role: Role
  }

  let engine: TurnEngine

  package func run(_ arguments: Arguments, under lease: Lease) async throws -> JobOutcome {
    let turn = RunningTurn(engine: engine, arguments: arguments, lease: lease)
    do {
      var run = try await turn.begin()
      while run.nextStep != .nothing { run = try await turn.take(run.nextStep) }
    } catch let error as OperationError {
      // What it is about is gone, or the person may no more: trying again would not bring it back.
      return .fail(error.message)
    }
    return .done
  }

  package func givenUp(_ arguments: Arguments, because reason: String, in transaction: any Transaction) throws {
    guard var run = try engine.table.run(arguments.run, in: transaction), !run.isEnded else { return }
    run.problem = reason
    if run.outcome == .executed { run.tellFromResults() } else { run.end(.failed) }
    run.endedAt = transaction.time
    try engine.note(run, in: transaction)
  }
}

/// One attempt at a turn.
private struct RunningTurn: Sendable {
  let engine: TurnEngine
  let arguments: TurnJob.Arguments
  let lease: Lease

  private var principal: Principal {
    Principal(
      workspace: lease.workspace, person: arguments.person, name: arguments.name, role: arguments.role)
  }

  /// Notes what an earlier attempt left behind.
  func begin() async throws -> Run {
    let run = try await read()
    guard run.calls.contains(where: { $0.state == .asked }) else { return run }
    return try await commit("turn.resume") { run, transaction in run.noteLosses(at: transaction.time) }
  }

  func take(_ step: RunStep) async throws -> Run {
    switch step {
    case .ask(let purpose): try await ask(purpose)
    case .rehearse: try await rehearse()
    case .execute: try await execute()
    case .tellFromResults: try await commit("turn.tell") { run, _ in run.tellFromResults() }
    case .giveUp: try await giveUp("No model answered; nothing was drawn and nothing changed.")
    case .nothing: try await read()
    }
  }

  // MARK: Deciding

  private func rehearse() async throws -> Run {
    try await commit("turn.rehearse") { run, transaction in
      guard let proposal = run.proposal else { return run.refuse([]) }
      guard !proposal.operations.isEmpty else { return run.end(.told) }
      let report = try check(proposal, of: run, in: transaction)
      run.rehearsed(report.plan == nil ? report.faults : [])
    }
  }

  /// The decisive commit: checked once more against the state as it is, executed, and noted, or none of it.
  private func execute() async throws -> Run {
    try await commit("turn.execute") { run, transaction in
      guard let proposal = run.proposal else { return run.refuse([]) }
      let report = try check(proposal, of: run, in: transaction)
      guard let plan = report.plan else { return run.refuse(report.faults) }
      run.executed(try engine.runner.perform(plan, in: transaction), of: proposal)
    }
  }

  private func check(
    _ proposal: Proposal, of run: Run, in transaction: any Transaction
  ) throws -> ProposalChecker.Report {
    let scope = try engine.scope(of: run, for: principal, in: transaction)
    return try ProposalChecker(runner: engine.runner).check(proposal, in: scope, transaction)
  }

  // MARK: Asking

  private func ask(_ purpose: ModelCall.Purpose) async throws -> Run {
    let chosen: ChosenModel?
    let context = CallContext(
      workspace: lease.workspace, person: arguments.person, surface: .tabletop, task: purpose.rawValue,
      prompt: engine.composer.version(for: purpose), run: arguments.run.raw)
    // A proposal is read when it is whole, so an answer that broke off is asked for again.
    let delivery = purpose.isTelling ? AnswerDelivery.asItComes : .whole
    do { chosen = try await engine.router.chosen(for: context, delivery: delivery) } catch let error as InferenceError {
      return try await unanswered(error.message)
    }
    guard let chosen else { return try await unanswered("No model was chosen.") }
    let material = try await lease.read("turn.material") { [engine, principal, arguments] state in
      guard let run = try engine.table.run(arguments.run, in: state) else { throw OperationError.noRun(arguments.run) }
      return try engine.material(for: run, as: principal, in: state)
    }
    let composed = try engine.composer.request(for: purpose, material, chosen)
    let request = composed.request
    _ = try await commit("turn.ask") { run, transaction in
      run.calls.append(ModelCall(purpose, chosen, composed, at: transaction.time))
    }
    do {
      let answer = try await read(request, from: chosen, isTelling: purpose.isTelling)
      return try await answered(answer, by: chosen, purpose)
    } catch let error as InferenceError {
      return try await commit("turn.unanswered") { run, transaction in
        run.endCall(with: error, of: request, at: transaction.time)
      }
    }
  }

  /// Reads an answer to its end; a telling is told as it comes.
  private func read(
    _ request: ModelRequest, from chosen: ChosenModel, isTelling: Bool
  ) async throws -> ModelAnswer {
    var answer = ModelAnswer(model: request.model, text: "", usage: nil, finish: .unstated)
    let bytesMax = isTelling ? Narrative.bytesMax : ProposalDecoder.bytesMax
    var telling = TellingPace()
    for try await event in chosen.provider.stream(request) {
      switch event {
      case .started(let model): answer.model = model
      case .text(let text):
        answer.text += text
        guard answer.text.utf8.count <= bytesMax else {
          throw InferenceError.tooLarge(
            chosen.provider.name, "a turn's answer has at most \(bytesMax) bytes. What had come is not used.")
        }
      // Nothing is offered that could be called, and what is thought is not told.
      case .thinking, .toolCall: break
      case .usage(let usage): answer.usage = usage
      case .finished(let reason): answer.finish = reason
      }
      // A program's answer is there at once, and is no prose before it is whole.
      guard isTelling, chosen.provider.badge != .builtIn,
        let piece = telling.next(of: NarrativeText.visible(answer.text))
      else { continue }
      _ = try await commit("turn.draft", tellsRun: false) { run, transaction in
        run.draft = piece.whole
        try engine.tell(piece.text, at: piece.offset, of: run, in: transaction)
      }
    }
    return answer
  }

  private func answered(
    _ answer: ModelAnswer, by chosen: ChosenModel, _ purpose: ModelCall.Purpose
  ) async throws -> Run {
    try await commit("turn.answered") { run, transaction in
      run.calls.noteLast { $0.end(with: answer, by: chosen, at: transaction.time) }
      run.problem = nil
      switch purpose {
      case .propose, .repair: run.propose(ProposalDecoder().decode(answer.text))
      case .narrate, .classic, .think: run.tell(answer, badge: chosen.provider.badge)
      case .summarize: break
      }
    }
  }

  private func unanswered(_ reason: String) async throws -> Run {
    try await commit("turn.unanswered") { run, _ in
      if run.stage == .narrating { run.tellFromResults() } else { run.giveUp(reason) }
    }
  }

  private func giveUp(_ reason: String) async throws -> Run {
    try await commit("turn.unanswered") { run, _ in run.giveUp(run.problem ?? reason) }
  }

  // MARK: Writing

  private func read() async throws -> Run {
    let run = try await lease.read("turn.read") { [engine, arguments] in try engine.table.run(arguments.run, in: $0) }
    guard let run else { throw OperationError.noRun(arguments.run) }
    return run
  }

  /// Changes the run, writes it and tells it; with the commit that ends it, the job is done.
  private func commit(
    _ label: StaticString, tellsRun: Bool = true,
    _ change: @escaping @Sendable (inout Run, any Transaction) throws -> Void
  ) async throws -> Run {
    try await lease.commit(label, finishingWhen: \.isEnded) { [engine, arguments] transaction in
      guard var run = try engine.table.run(arguments.run, in: transaction) else {
        throw OperationError.noRun(arguments.run)
      }
      try change(&run, transaction)
      if run.isEnded {
        run.endedAt = transaction.time
        try engine.enqueueSummary(after: run, arguments, in: transaction)
      }
      try engine.table.update(run, in: transaction)
      if tellsRun { try engine.tell(run, in: transaction) }
      return run
    }
  }
}
