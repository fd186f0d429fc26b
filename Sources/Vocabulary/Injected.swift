/// Tells the time of day. The only clock of the middle floors; tests hand in one that stands still.
package protocol WallClock: Sendable {
  func now() -> Timestamp
}

/// Gives unpredictable bytes, fit for keys. Tests hand in a seeded one.
package protocol RandomSource: Sendable {
  func bytes(_ count: Int) -> [UInt8]
}

/// Gives new ids. Each is greater than the one before it from the same source.
package protocol IDSource: Sendable {
  func next() -> UniqueID
}

extension IDSource {
  package func make<Subject>(_: Identifier<Subject>.Type = Identifier<Subject>.self) -> Identifier<Subject> {
    Identifier(next())
  }
}
