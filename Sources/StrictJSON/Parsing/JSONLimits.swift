/// How much of a JSON text is read before it is refused.
package struct JSONLimits: Sendable, Hashable {
  package static let standard = JSONLimits()

  /// For what this program wrote itself. It is longer and deeper than what it was made of, which came in under narrower
  /// limits: a record holds several inputs with everything that came of them.
  package static let stored = JSONLimits(
    bytes: 64 << 20, depth: deepest, members: 1_000_000, items: 10_000_000, stringBytes: 64 << 20)

  /// No limit on depth may be greater: values nest on the stack when they are read, compared, written and freed.
  package static let deepest = 512

  /// The length of the whole text in bytes.
  package var bytes: Int
  /// How many arrays and objects may be open at once; at most ``deepest``.
  package let depth: Int
  /// The members of one object.
  package var members: Int
  /// The items of one array.
  package var items: Int
  /// The length of one string, unescaped, in UTF-8 bytes.
  package var stringBytes: Int
  /// The length of one key, unescaped, in UTF-8 bytes. Keys are repeated in the pointers of errors.
  package var keyBytes: Int
  /// The characters of one number, sign, point and exponent included.
  package var numberDigits: Int

  package init(
    bytes: Int = 1 << 20, depth: Int = 64, members: Int = 10_000, items: Int = 100_000, stringBytes: Int = 1 << 20,
    keyBytes: Int = 1_024, numberDigits: Int = 64
  ) {
    precondition((0...Self.deepest).contains(depth), "a depth limit lies between 0 and \(Self.deepest), not \(depth)")
    self.bytes = bytes
    self.depth = depth
    self.members = members
    self.items = items
    self.stringBytes = stringBytes
    self.keyBytes = keyBytes
    self.numberDigits = numberDigits
  }
}
