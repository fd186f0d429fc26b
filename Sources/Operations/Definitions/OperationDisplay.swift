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

  package init(_ icon: Icon, _ message: String, compact: String) {
    self.icon = icon
    self.message = message
    self.compact = compact
  }
}
