import Inference

/// Spends a model's room on what matters most, and says what had none.
struct ContextBudget {
  private(set) var tokensLeft: Int
  private(set) var sections: [PromptValues.Section] = []
  private(set) var leftOut: [String] = []

  init(tokens: Int) { tokensLeft = tokens }

  /// Tokens of a text, rather too many than too few: no tokenizer is known for every model, and most need some 3.5 bytes of
  /// plain English a token.
  static func tokens(of text: String) -> Int { text.utf8.count * 2 / 7 + 1 }

  /// Tokens of a request and its answer, counted in the same way.
  static func tokens(of request: ModelRequest) -> Int {
    request.messages.reduce(request.outputTokensMax ?? 0) { $0 + tokens(of: $1.text) }
  }

  /// Takes a section whole, else in its short form, else notes that it was left out.
  mutating func add(_ section: TurnBrief.Section) {
    if take(section.title, section.text) { return }
    if let short = section.short, take(section.title, short) {
      leftOut.append("details of \(Self.line(section.title))")
    } else {
      leftOut.append(Self.line(section.title))
    }
  }

  /// Adds the newest of the story so far, as many turns as have room, in the order they were told.
  ///
  /// - Parameter turns: newest first.
  mutating func add(story turns: [String], titled title: String) {
    guard !turns.isEmpty else { return }
    var told: [String] = []
    for turn in turns {
      let cost = Self.tokens(of: turn)
      guard cost <= tokensLeft else { break }
      tokensLeft -= cost
      told.append(turn)
    }
    if !told.isEmpty {
      sections.append(
        PromptValues.Section(title: Self.line(title), text: Self.data(told.reversed().joined(separator: "\n\n"))))
    }
    let missing = turns.count - told.count
    if missing > 0 { leftOut.append("the \(missing == turns.count ? "story so far" : "older part of the story")") }
  }

  /// Adds the first of some turns, as many as have room together.
  ///
  /// - Returns: how many.
  mutating func add(turns: [String], titled title: String) -> Int {
    var text = ""
    var count = 0
    for turn in turns {
      let more = text.isEmpty ? turn : "\(text)\n\n\(turn)"
      guard cost(title, more) <= tokensLeft else { break }
      text = more
      count += 1
    }
    return count > 0 && take(title, text) ? count : 0
  }

  private func cost(_ title: String, _ text: String) -> Int { Self.tokens(of: text) + Self.tokens(of: title) + 8 }

  private mutating func take(_ title: String, _ text: String) -> Bool {
    let cost = cost(title, text)
    guard cost <= tokensLeft else { return false }
    tokensLeft -= cost
    sections.append(PromptValues.Section(title: Self.line(title), text: Self.data(text)))
    return true
  }

  /// Text that cannot end the marks it stands between, nor stand for a block that a program reads (`PromptBlock`).
  static func data(_ text: String) -> String {
    text.replacing(/<(\/?)data/.ignoresCase()) { "‹\($0.1)data" }.replacing("```", with: "ʼʼʼ")
  }

  /// The same on one line, without what would end an attribute.
  static func line(_ text: String) -> String {
    String(data(text).map { $0.isNewline ? " " : $0 == "\"" ? "”" : $0 })
  }
}
