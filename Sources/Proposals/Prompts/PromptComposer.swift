import Inference
import Operations
import StrictJSON

/// Makes the request of a call out of a prompt file, the state of the subject, and what was said so far.
struct PromptComposer: Sendable {
  let library: PromptLibrary

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
    /// What was before this run.
    let story: StorySoFar
  }

  /// A request, and what had no room in it.
  struct Composed: Sendable {
    let request: ModelRequest
    /// The prompt file and its version.
    let prompt: String
    /// Nil when everything had room.
    let leftOut: String?
    /// Tokens that there were for the story; nil when all of it had room.
    let storyRoom: Int?
  }

  func request(
    for purpose: ModelCall.Purpose, _ material: Material, _ model: ChosenModel
  ) throws -> Composed {
    let prompt = prompt(for: purpose)
    let isProposal = purpose == .propose || purpose == .repair
    let room = isProposal ? Self.proposalTokensMax : Self.tellingTokensMax
    let contextTokens = min(model.contextTokens, material.run.contextTokensLearned ?? .max)
    let answer = min(room, max(64, contextTokens / 3), model.outputTokensMax ?? .max)
    var values = values(for: purpose, material)
    values.blocks = try blocks(for: purpose, material).map(\.text).joined(separator: "\n")
    var messages = [ModelMessage(.user, material.run.text.isEmpty ? "(nothing was said)" : material.run.text)]
    if purpose == .repair { messages += repair(material.run) }
    let fixed = ContextBudget.tokens(of: prompt.render(values) + messages.map(\.text).joined())
    var budget = ContextBudget(tokens: contextTokens - answer - fixed)
    for section in material.brief.sections { budget.add(section) }
    let (storyRoom, leftOut) = (budget.tokensLeft, budget.leftOut.count)
    if let summary = material.story.summary {
      budget.add(
        TurnBrief.Section("the story up to turn \(summary.through), as \(summary.model) summed it up", summary.text))
    }
    budget.add(story: story(material), titled: "the story so far")
    let hasRoom = budget.leftOut.count == leftOut && !material.story.isCut
    values.sections = budget.sections
    values.leftOut = budget.leftOut.isEmpty ? nil : budget.leftOut.joined(separator: "; ")
    let request = ModelRequest(
      model: model.model, messages: [ModelMessage(.system, prompt.render(values))] + messages,
      outputTokensMax: answer, temperature: isProposal ? 0.2 : 0.8)
    return Composed(
      request: request, prompt: version(for: purpose), leftOut: values.leftOut, storyRoom: hasRoom ? nil : storyRoom)
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
    case .summarize: library.summary
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
    case .classic, .think, .summarize: break
    }
    return values
  }

  /// What models that are programs read; see `PromptBlock`.
  private func blocks(for purpose: ModelCall.Purpose, _ material: Material) throws -> [PromptBlock] {
    switch purpose {
    case .propose, .think: material.brief.blocks
    // No program is asked.
    case .summarize: []
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
    material.story.turns.map(\.text) + (material.story.isWhole ? [material.brief.opening] : [])
  }
}
