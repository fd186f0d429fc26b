import Inference
import Operations
import StrictJSON

/// Makes the request of a call out of a prompt file, the state of the subject, and what was said so far.
struct PromptComposer: Sendable {
  private let library: PromptLibrary

  /// Earlier turns that a model is told of at most.
  static let storyTurnsMax = 30
  static let proposalTokensMax = 3000
  static let tellingTokensMax = 1200

  init(_ library: PromptLibrary) { self.library = library }

  /// What a call is made of.
  struct Material: Sendable {
    let run: Run
    let brief: TurnBrief
    let scope: ProposalScope
    /// Of what may be proposed, in the order of their names.
    let operations: [OperationFacts]
    /// Runs before this one, newest first.
    let story: [Run]
  }

  func request(
    for purpose: ModelCall.Purpose, _ material: Material, _ model: ChosenModel
  ) throws -> (request: ModelRequest, prompt: String) {
    let prompt = prompt(for: purpose)
    let isProposal = purpose == .propose || purpose == .repair
    let room = isProposal ? Self.proposalTokensMax : Self.tellingTokensMax
    let answer = min(room, max(64, model.contextTokens / 3))
    var values = values(for: purpose, material)
    values.blocks = try blocks(for: purpose, material).map(\.text).joined(separator: "\n")
    var messages = [ModelMessage(.user, material.run.text.isEmpty ? "(nothing was said)" : material.run.text)]
    if purpose == .repair { messages += repair(material.run) }
    let fixed = ContextBudget.tokens(of: prompt.render(values) + messages.map(\.text).joined())
    var budget = ContextBudget(tokens: model.contextTokens - answer - fixed)
    for section in material.brief.sections { budget.add(section) }
    budget.add(story: story(material), titled: "the story so far")
    values.sections = budget.sections
    values.leftOut = budget.leftOut.isEmpty ? nil : budget.leftOut.joined(separator: "; ")
    let request = ModelRequest(
      model: model.model, messages: [ModelMessage(.system, prompt.render(values))] + messages,
      outputTokensMax: answer, temperature: isProposal ? 0.2 : 0.8)
    return (request, version(for: purpose))
  }

  /// Which prompt a purpose is asked with, and which version of it.
  func version(for purpose: ModelCall.Purpose) -> String {
    purpose == .repair ? library.repair.version : prompt(for: purpose).version
  }

  private func prompt(for purpose: ModelCall.Purpose) -> Prompt {
    switch purpose {
    case .propose, .repair: library.propose
    case .narrate: library.narrate
    case .classic: library.classic
    case .think: library.think
    }
  }

  private func values(for purpose: ModelCall.Purpose, _ material: Material) -> PromptValues {
    var values = PromptValues()
    switch purpose {
    case .propose, .repair:
      values.isDirect = material.run.mode == .direct
      values.given = material.scope.given.keys.sorted().joined(separator: ", ")
      values.operations = material.operations.map { PromptValues.Operation($0, without: material.scope.given) }
    case .narrate:
      values.results = material.run.operations.map {
        PromptValues.Result(
          status: $0.status.rawValue, message: ContextBudget.line($0.display?.message ?? $0.operation))
      }
      values.hint = material.run.proposal?.narrationHint.map(ContextBudget.line)
    case .classic, .think: break
    }
    return values
  }

  /// What models that are programs read; see `PromptBlock`.
  private func blocks(for purpose: ModelCall.Purpose, _ material: Material) throws -> [PromptBlock] {
    switch purpose {
    case .propose, .think: material.brief.blocks
    case .repair, .classic:
      material.brief.blocks + [
        try BuiltInErrors(
          (material.run.attempts.last?.faults ?? []).prefix(PromptFaults.max).map {
            FieldError(pointer: $0.pointer, code: $0.code, message: $0.message, allowed: $0.allowed)
          }
        ).block()
      ]
    case .narrate:
      [
        try BuiltInResults(
          outcomes: material.run.operations.map {
            BuiltInResults.Outcome(
              operation: $0.operation, status: $0.status.rawValue, message: $0.display?.message ?? "")
          }, hint: material.run.proposal?.narrationHint
        ).block()
      ]
    }
  }

  /// What the model answered, and what was wrong with it.
  private func repair(_ run: Run) -> [ModelMessage] {
    let reply = run.calls.last { $0.purpose == .propose && $0.state == .answered }?.reply ?? ""
    return [
      ModelMessage(.assistant, reply.isEmpty ? "{}" : String(reply.prefix(20_000))),
      ModelMessage(.user, library.repair.render(PromptFaults(run.attempts.last?.faults ?? []))),
    ]
  }

  /// What was said and told before, newest first, and how the story began.
  private func story(_ material: Material) -> [String] {
    let turns = material.story.compactMap { run -> String? in
      guard let told = run.narrative?.text ?? run.say else { return nil }
      return run.text.isEmpty ? told : "\(run.by): \(run.text)\n\(told)"
    }
    return material.story.count < Self.storyTurnsMax ? turns + [material.brief.opening] : turns
  }
}
