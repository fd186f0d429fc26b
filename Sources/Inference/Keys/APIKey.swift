/// A provider's secret. It shows itself to nobody: printed, dumped or put into a text it is `[key]`.
package struct APIKey: Sendable, Hashable {
  /// Longer ones are no keys.
  package static let bytesMax = 4_096

  /// The secret itself, for the one header it belongs in.
  package let secret: String

  /// - Returns: nil unless the text, without blanks around it, is printable ASCII without blanks in it.
  package init?(_ text: String) {
    let trimmed = text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed()
    let secret = String(trimmed)
    guard (1...Self.bytesMax).contains(secret.utf8.count), secret.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
    else { return nil }
    self.secret = secret
  }
}

extension APIKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { KeyScrubber.mark }
  package var debugDescription: String { KeyScrubber.mark }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
