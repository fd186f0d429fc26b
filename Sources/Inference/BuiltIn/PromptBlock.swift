package import StrictJSON

/// A JSON value in a fixed place of a prompt, for readers that are programs:
///
/// ```scene
/// {"actor":"mirelle", …}
/// ```
///
/// The value is canonical JSON on one line, so that nothing in it can end the block. Only the blocks of system messages
/// are read: those the program wrote.
package struct PromptBlock: Sendable, Hashable {
  /// The block's name: letters only.
  package let name: String
  package let value: JSON

  package init(_ name: String, _ value: JSON) {
    self.name = name
    self.value = value
  }

  /// What stands in the prompt.
  package var text: String { "```\(name)\n\(value.canonicalText())\n```" }

  /// The last block of this name in the system messages; nil when there is none, or when it is no JSON.
  package init?(_ name: String, in request: ModelRequest) {
    for message in request.messages.reversed() where message.role == .system {
      let lines = message.text.split(separator: "\n", omittingEmptySubsequences: false)
      guard let start = lines.lastIndex(where: { $0 == "```\(name)" }), lines.indices.contains(start + 2),
        lines[start + 2] == "```", let value = try? JSON(parsing: String(lines[start + 1]))
      else { continue }
      self.init(name, value)
      return
    }
    return nil
  }
}
