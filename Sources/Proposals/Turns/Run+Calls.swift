import Inference
import StrictJSON
import Vocabulary

extension ModelCall {
  init(_ purpose: Purpose, _ chosen: ChosenModel, _ composed: PromptComposer.Composed, at time: Timestamp) {
    self.init(purpose, chosen, composed.request, prompt: composed.prompt, at: time)
    leftOut = composed.leftOut
    storyRoom = composed.storyRoom
  }

  init(_ purpose: Purpose, _ chosen: ChosenModel, _ request: ModelRequest, prompt: String, at time: Timestamp) {
    self.purpose = purpose
    state = .asked
    provider = chosen.provider.name
    model = chosen.model
    badge = chosen.provider.badge
    self.prompt = prompt
    startedAt = time
    self.request = Self.excerpt(
      request.messages.map { "[\($0.role.rawValue)]\n\($0.text)" }.joined(separator: "\n\n"))
  }

  mutating func end(_ state: State, because error: String? = nil, at time: Timestamp) {
    self.state = state
    self.error = error
    endedAt = time
  }

  mutating func end(with answer: ModelAnswer, by chosen: ChosenModel, at time: Timestamp) {
    end(.answered, at: time)
    model = answer.model
    usage = answer.usage
    costMicros = answer.usage.flatMap { usage in chosen.price?.micros(of: usage) }
    reply = Self.excerpt(answer.text)
  }

  /// Characters of a request, or of an answer, that a run keeps for people.
  static let textMax = 300_000

  /// As much of a text as a run keeps.
  static func excerpt(_ text: String) -> String {
    text.utf8.count <= textMax ? text : "\(text.prefix(textMax))\n… (cut after \(textMax) characters)"
  }
}

extension ModelCall.Purpose {
  /// Whether the answer is prose for the person.
  var isTelling: Bool { self == .narrate || self == .classic || self == .think }
}

extension [ModelCall] {
  mutating func noteLast(_ change: (inout ModelCall) -> Void) {
    guard let last = indices.last else { return }
    change(&self[last])
  }
}

extension Run {
  /// Tokens that the story had in this turn or this telling, where that was not enough.
  var storyRoom: Int? { calls.dropFirst(callsBefore).compactMap(\.storyRoom).min() }

  /// What a refusal of a request that was too long leaves to count on, for this turn or this telling; nil where none was.
  var contextTokensLearned: Int? { calls.dropFirst(callsBefore).compactMap(\.nextContextTokens).min() }

  /// The last call failed. Where that was for its length, it may be made once more, shorter.
  ///
  /// The limit that a refusal names may be more than was asked for: this program only guesses at a model's tokens. Then,
  /// and where it names none, half of what was asked is tried.
  mutating func endCall(with error: InferenceError, of request: ModelRequest, at time: Timestamp) {
    let isFirst = contextTokensLearned == nil
    let asked = ContextBudget.tokens(of: request)
    calls.noteLast {
      $0.end(.failed, because: error.message, at: time)
      $0.reply = error.kept.isEmpty ? nil : ModelCall.excerpt(error.kept)
      guard error.kind == .contextLength, isFirst else { return }
      $0.nextContextTokens = error.contextTokens.flatMap { $0 < asked ? $0 : nil } ?? asked / 2
    }
    draft = nil
    // The next step asks again, tells the results, or gives up; why is told here.
    problem = error.message
  }

  /// No model answered.
  mutating func giveUp(_ reason: String) {
    problem = reason
    end(.modelUnavailable)
  }

  /// Takes an answer as the telling.
  mutating func tell(_ answer: ModelAnswer, badge: ProviderBadge?) {
    guard badge == .builtIn else {
      let (prose, choices) = NarrativeText.parse(answer.text)
      guard !prose.isEmpty else { return tellFromResults() }
      return tell(Narrative(text: prose, by: .model, choices: choices))
    }
    // The built-in model tells results in prose; where there are none it says what it would propose, or cannot.
    if outcome == .executed { return tell(Narrative(text: answer.text, by: .builtIn)) }
    guard case .proposal(let proposal) = ProposalDecoder().decode(answer.text) else { return tellFromResults() }
    let text =
      proposal.say
      ?? "The built-in model does not weigh things; it would propose this: \(proposal.narrationHint ?? "what you said.")"
    tell(Narrative(text: text, by: .builtIn, choices: proposal.examples ?? [text.isEmpty ? "" : self.text]))
  }
}

/// How often a telling is written and told while it comes: often enough to be read along, seldom enough to cost little.
struct TellingPace {
  private static let interval: Duration = .milliseconds(300)
  private static let piece = 400
  private var told = ""
  private var last: ContinuousClock.Instant?

  struct Piece: Sendable {
    let whole, text: String
    /// In UTF-16 code units.
    let offset: Int
  }

  /// What is new in `whole`, when it is time to tell it.
  mutating func next(of whole: String) -> Piece? {
    guard whole.utf16.count > told.utf16.count, whole.hasPrefix(told) else { return nil }
    let new = String(whole.dropFirst(told.count))
    if let last, last.duration(to: .now) < Self.interval, new.utf16.count < Self.piece { return nil }
    let piece = Piece(whole: whole, text: new, offset: told.utf16.count)
    told = whole
    last = .now
    return piece
  }
}
