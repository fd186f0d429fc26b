/// How much of an answer is read. At a bound the call ends with ``InferenceError/Kind/tooLarge``.
package struct StreamLimits: Sendable, Hashable {
  /// Bytes of one line on the wire.
  package var lineBytesMax = 1 << 20
  /// Bytes of one event on the wire, its lines together.
  package var eventBytesMax = 1 << 20
  /// Bytes of an answer in one piece.
  package var wholeBytesMax = 1 << 20
  /// Bytes of everything on the wire.
  package var wireBytesMax = 64 << 20
  /// UTF-8 bytes of the answer's text.
  package var textBytesMax = 4 << 20
  /// Bytes that are read of an answer that says what is wrong.
  package var errorBytesMax = 64 << 10

  package init() {}
}
