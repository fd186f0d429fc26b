/// How a result is shown to people, on a card or a line.
package struct OperationDisplay: Codable, Sendable, Hashable {
  /// Drawings that a card may carry. The page has one for each, with a word beside it.
  package enum Icon: String, Codable, Sendable, CaseIterable {
    case dice, attack, shield, damage, heal, condition, resource, time, note
  }

  package let icon: Icon
  /// One sentence with its numbers: “8d6 = 31 fire damage”.
  package let message: String
  /// The same in a few words: “31 fire”.
  package let compact: String
  /// How rare dice like these are, in words: “top 18 %”. Nil where nothing was rolled or only one total could come.
  package let chance: String?

  package init(_ icon: Icon, _ message: String, compact: String, chance: String? = nil) {
    self.chance = chance
    self.icon = icon
    self.message = message
    self.compact = compact
  }

  /// The message, and how rare the dice are: “8d6 = 31: top 31 %”.
  package var line: String { chance.map { "\(message): \($0)" } ?? message }
}
