import CProposalPrompts
import Mustache

/// The prompt files that come with the program (`Sources/CProposalPrompts/prompts`), compiled once.
///
/// Each begins with a comment that names it and its version; a run keeps it for every call, so that an answer can be read
/// beside the words that led to it. A changed file has a new version.
struct Prompt: Sendable {
  /// `turn-propose@1`.
  let version: String
  private let template: MustacheTemplate

  init(_ text: String, named name: String) throws {
    guard let mark = text.firstMatch(of: /\{\{! ([a-z-]+@[0-9]+) \}\}/), mark.1.hasPrefix("\(name)@") else {
      throw PromptError(description: "The prompt “\(name)” does not say its version.")
    }
    version = String(mark.1)
    template = try MustacheTemplate(string: text)
  }

  func render(_ values: some Sendable) -> String { template.render(values) }
}

struct PromptError: Error, CustomStringConvertible {
  let description: String
}

/// Every prompt of a turn.
struct PromptLibrary: Sendable {
  let propose, repair, narrate, classic, think, summary: Prompt

  /// - Throws: what a file that cannot be compiled throws: the program does not start then.
  init() throws {
    let texts = Self.texts
    func prompt(_ name: String) throws -> Prompt {
      guard let text = texts[name] else { throw PromptError(description: "There is no prompt “\(name)”.") }
      return try Prompt(text, named: name)
    }
    propose = try prompt("turn-propose")
    repair = try prompt("turn-repair")
    narrate = try prompt("turn-narrate")
    classic = try prompt("turn-classic")
    think = try prompt("turn-think")
    summary = try prompt("turn-summary")
  }

  private static var texts: [String: String] {
    var texts: [String: String] = [:]
    for file in UnsafeBufferPointer(start: proposal_prompts(), count: proposal_prompts_count()) {
      texts[String(cString: file.name)] = String(
        decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
    }
    return texts
  }
}
