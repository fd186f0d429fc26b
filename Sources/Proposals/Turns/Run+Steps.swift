import Operations
import Vocabulary

/// What a run does next. Pure: the whole of a turn's order, and of what a crash leaves behind, is in this file.
package enum RunStep: Sendable, Hashable {
  case ask(ModelCall.Purpose)
  case rehearse
  case execute
  /// No model tells it: the results do.
  case tellFromResults
  /// No model answered.
  case giveUp
  case nothing
}

extension Run {
  /// How often an answer may be lost to a crash before it is not asked for again.
  static let lossesMax = 1
  /// How often a model may try a proposal: once, and once more with what was wrong.
  static let attemptsMax = 2
  /// How many calls a run may have made when it is told again.
  static let callsMax = 200

  package var nextStep: RunStep {
    switch stage {
    case nil: .nothing
    case .proposing: ask(mode == .think ? .think : attempts.isEmpty ? .propose : .repair, otherwise: .giveUp)
    case .rehearsing: .rehearse
    case .executing: .execute
    case .narrating: ask(outcome == .executed ? .narrate : .classic, otherwise: .tellFromResults)
    }
  }

  /// An answer that was received is never asked for again; one that was lost to a crash is, once.
  private func ask(_ purpose: ModelCall.Purpose, otherwise: RunStep) -> RunStep {
    // A telling may be asked for again long after; only what came since counts.
    let before = calls.dropFirst(callsBefore).reversed().prefix { $0.purpose == purpose && $0.state != .answered }
    let losses = before.count { $0.state == .lost }
    let isFailed = before.contains { $0.state == .failed && $0.nextContextTokens == nil }
    return isFailed || losses > Self.lossesMax ? otherwise : .ask(purpose)
  }

  /// The answers that were coming when the process ended.
  mutating func noteLosses(at time: Timestamp) {
    for index in calls.indices where calls[index].state == .asked {
      calls[index].state = .lost
      calls[index].endedAt = time
      calls[index].error = "The server ended while the answer was coming; what it used is not known."
    }
    draft = nil
  }

  /// What was read from an answer that was to be a proposal.
  mutating func propose(_ result: ProposalDecoder.Result) {
    switch result {
    case .faults(let faults):
      attempts.append(Attempt(proposal: nil, faults: faults))
      repairOrTell()
    case .proposal(let proposal):
      attempts.append(Attempt(proposal: proposal, faults: []))
      say = proposal.say
      examples = proposal.examples
      stage = .rehearsing
    }
  }

  /// What the rehearsal found.
  mutating func rehearsed(_ faults: [ProposalFault]) {
    guard faults.isEmpty else { return refuse(faults) }
    stage = .executing
  }

  /// The last proposal cannot be used as it is.
  mutating func refuse(_ faults: [ProposalFault]) {
    if let last = attempts.indices.last { attempts[last].faults = faults }
    say = nil
    examples = nil
    repairOrTell()
  }

  private mutating func repairOrTell() {
    if isByHand {
      outcome = .refused
      problem = "The proposal cannot be executed any more; nothing was changed."
      stage = nil
    } else {
      stage = attempts.count < Self.attemptsMax ? .proposing : .narrating
    }
  }

  /// What became of the operations.
  mutating func executed(_ result: PlanResult, of proposal: Proposal) {
    operations = result.steps.map { ProposalRecord.Step($0, of: proposal) }
    abortedAt = result.abortedAt
    failure = result.failure?.message
    if result.isExecuted {
      outcome = .executed
      stage = .narrating
    } else {
      problem = result.failure?.message
      end(.executionFailed)
    }
  }

  /// It is to be told again; nothing is executed.
  mutating func tellAgain() {
    stage = .narrating
    // What earlier tellings were asked and answered goes; that they were made, and what they cost, stays.
    for index in calls.indices where calls[index].purpose == .narrate {
      calls[index].request = nil
      calls[index].reply = nil
    }
    callsBefore = calls.count
    endedAt = nil
  }

  mutating func end(_ outcome: Outcome) {
    self.outcome = outcome
    stage = nil
    draft = nil
  }

  /// Ends a telling.
  mutating func tell(_ narrative: Narrative) {
    self.narrative = narrative
    switch (outcome, mode) {
    case (.executed, _): end(.executed)
    case (_, .think): end(.told)
    default: end(.classic)
    }
  }

  /// No model told it. What was done is told by its results; what was not done has no story.
  mutating func tellFromResults() {
    guard outcome == .executed else {
      problem = "No proposal could be used, and nothing was changed. What was wrong is listed."
      return end(.refused)
    }
    narrative = narrative ?? Narrative(text: resultsInWords, by: .results)
    end(.executed)
  }

  /// The messages of what was done, a sentence each.
  var resultsInWords: String {
    let done = operations.filter { $0.status == .executed }.compactMap { $0.display?.message }
    guard !done.isEmpty else { return "Nothing happened." }
    return done.map { $0.last.map { ".!?".contains($0) } == true ? $0 : "\($0)." }.joined(separator: " ")
  }
}
