/// Whose notation a text is in. The same letters mean different dice: `4d6k3` keeps the three highest in ``native`` and
/// ``foundry``, and every die that shows 3 in ``d20``.
///
/// A dialect is a front end: what it reads becomes the same tree, rolled by the same code. (Roll20's is to come; it needs a
/// grammar and a reader of modifiers, and no more.)
public enum DiceDialect: String, Sendable, Hashable, CaseIterable, Codable {
  /// Arbiter's own, which `docs/guides/dice.md` describes.
  case native
  /// That of Avrae's `d20` 1.1.2, bar its randomness.
  case d20
  /// That of Foundry Virtual Tabletop 13 and 14, bar its randomness.
  case foundry
}
