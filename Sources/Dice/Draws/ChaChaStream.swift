/// The counted randomness behind a roll: ChaCha20 keystream of RFC 8439, so that anyone who holds the key can
/// compute every die again. `docs/formats/fairness.md` states it byte by byte.
///
/// Key, stream and roll name one keystream of 2^32 blocks. A word is used once and in order; a die of one side uses
/// none; a die of `s` sides uses the first word that rejection accepts, so every face is exactly equally likely.
public struct ChaChaStream: DrawSource, Sendable {
  private let key: ChaChaKey
  private let nonce: SIMD3<UInt32>
  private var block = SIMD16<UInt32>()
  /// Where the next word lies in `block`; 16 when it is used up.
  private var wordIndex = 16
  /// The counter of the next block; nil after the last one.
  private var nextBlock: UInt32?

  /// - Parameters:
  ///   - stream: which of the key's streams: 0 for a campaign itself, others for its branches and rehearsals.
  ///   - roll: the number of the roll in its stream; no two rolls share one.
  ///   - block: the counter of the first block used.
  public init(key: ChaChaKey, stream: UInt32, roll: UInt64, block: UInt32 = 0) {
    self.key = key
    nonce = SIMD3(stream, UInt32(truncatingIfNeeded: roll), UInt32(truncatingIfNeeded: roll >> 32))
    nextBlock = block
  }

  /// A face in 1…`sides`.
  ///
  /// Lemire's multiply-and-shift ("Fast Random Integer Generation in an Interval", 2019): the product of a word and
  /// `sides` has the face in its high half; of its low halves the first 2^32 mod `sides` are rejected.
  public mutating func draw(sides: UInt32) throws(DrawError) -> UInt32 {
    guard sides > 1 else {
      guard sides == 1 else { throw .noSides }
      return 1
    }
    while true {
      let product = UInt64(try word()) * UInt64(sides)
      let low = UInt32(truncatingIfNeeded: product)
      // 2^32 mod sides is smaller than sides, so the division is needed for few words only.
      if low >= sides || low >= (0 &- sides) % sides {
        return UInt32(truncatingIfNeeded: product >> 32) + 1
      }
    }
  }

  /// The next word of the keystream.
  ///
  /// - Throws: ``DrawError`` of kind `streamEnded` after the last word of block 2^32 − 1.
  public mutating func word() throws(DrawError) -> UInt32 {
    if wordIndex == 16 { try generateBlock() }
    defer { wordIndex += 1 }
    return block[wordIndex]
  }

  private mutating func generateBlock() throws(DrawError) {
    guard let counter = nextBlock else { throw .streamEnded }
    block = ChaChaBlock.words(key: key, position: SIMD4(counter, nonce.x, nonce.y, nonce.z))
    nextBlock = counter == .max ? nil : counter + 1
    wordIndex = 0
  }
}

extension ChaChaStream: CustomStringConvertible, CustomReflectable {
  /// Says nothing of the key or of the words to come.
  public var description: String { "ChaChaStream(…)" }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
