/// Cuts bytes that come in any pieces into lines.
struct AnswerLines: Sendable {
  /// Bytes of a line.
  let lineMax: Int
  private var begun: [UInt8] = []

  init(lineMax: Int) { self.lineMax = lineMax }

  /// - Returns: the lines that are whole now, without their ends; empty lines are left out.
  /// - Throws: ``TerminalError`` when a line is too long.
  mutating func add(_ bytes: some Sequence<UInt8>) throws(TerminalError) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for byte in bytes {
      if byte != UInt8(ascii: "\n") {
        begun.append(byte)
      } else if !begun.isEmpty {
        lines.append(begun)
        begun = []
      }
      guard begun.count <= lineMax else {
        throw .failed("The server sent a line of more than \(lineMax) bytes, which is all that is read.")
      }
    }
    return lines
  }
}
