/// The 32 secret bytes that decide every roll of a stream. Never printed.
public struct ChaChaKey: Sendable, Hashable {
  /// The bytes as eight little-endian words.
  let words: SIMD8<UInt32>

  /// - Throws: ``DrawError`` of kind `keyLength` unless there are exactly 32 bytes.
  public init(bytes: some Collection<UInt8>) throws(DrawError) {
    guard bytes.count == 32 else { throw .keyLength(bytes.count) }
    var words = SIMD8<UInt32>()
    for (index, byte) in bytes.enumerated() {
      words[index / 4] |= UInt32(byte) << UInt32(index % 4 * 8)
    }
    self.words = words
  }
}

extension ChaChaKey: CustomStringConvertible, CustomReflectable {
  public var description: String { "ChaChaKey(…)" }
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
