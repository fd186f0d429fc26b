/// What is done with the dice of a term, or the members of a set or pool, once they are there.
struct Modifier: Sendable {
  enum Action: Sendable, Hashable {
    /// Keeps what matches, drops the others.
    case keep
    case drop
    /// Draws again for every match; for the new faces too when it repeats.
    case reroll(isRepeated: Bool)
    case explode(Explosion)
    /// Raises every lower value to the number, or lowers every higher one.
    case raise, lower
    /// A match counts 1, everything else 0.
    case count
    /// A match counts −1.
    case deduct
    /// A match counts its value less than nothing.
    case subtract
    /// How far the sum is above the number, or below it, once everything else was done.
    case margin(isBelow: Bool)
  }

  enum Explosion: Sendable, Hashable {
    /// Every match adds a die, new ones included.
    case repeated
    /// Every match among the dice that were there adds a die.
    case once
    /// The first match adds a die.
    case single
  }

  let action: Action
  /// A die matches when one of them picks it. Empty for `raise`, `lower` and `margin`, which have an amount.
  let selectors: [Selector]
  /// How many dice it may draw; nil for any number.
  let cap: Quantity?
  /// As it is written, without its numbers.
  let word: String
  let position: Int

  init(_ action: Action, _ selectors: [Selector] = [], cap: Quantity? = nil, word: String, at position: Int) {
    self.action = action
    self.selectors = selectors
    self.cap = cap
    self.word = word
    self.position = position
  }
}

/// Picks some of the dice that are kept.
struct Selector: Sendable {
  enum Test: Sendable, Hashable {
    /// So many of one end; of equal dice the one rolled first.
    case highest, lowest
    case equal, less, lessOrEqual, greater, greaterOrEqual
    case even, odd
    /// Those that count nothing.
    case unsuccessful
    /// No test: the number that `raise`, `lower` or `margin` goes by.
    case amount

    /// Whether it looks at one die by itself.
    var isByValue: Bool { self != .highest && self != .lowest }
  }

  let test: Test
  /// Nil where the test has no number.
  let quantity: Quantity?

  init(_ test: Test, _ quantity: Quantity? = nil) {
    self.test = test
    self.quantity = quantity
  }
}
