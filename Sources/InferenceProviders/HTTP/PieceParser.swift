import Inference

/// Cuts a body into the pieces of an answer, wherever the network cut it.
struct PieceParser {
  typealias Piece = EventStreamParser.Event

  private enum Way {
    case events(EventStreamParser)
    case lines([UInt8])
  }

  private var way: Way
  private let lineBytesMax: Int

  init(_ framing: AnswerFraming, _ limits: StreamLimits) {
    lineBytesMax = limits.lineBytesMax
    way =
      switch framing {
      case .events:
        .events(EventStreamParser(lineBytesMax: limits.lineBytesMax, eventBytesMax: limits.eventBytesMax))
      case .lines: .lines([])
      }
  }

  /// The pieces that `bytes` complete, in order.
  mutating func read(_ bytes: some Collection<UInt8>) throws(EventStreamParser.Overflow) -> [Piece] {
    switch way {
    case .events(var parser):
      // Taken out while it is changed, so that what it holds is not copied.
      way = .lines([])
      defer { way = .events(parser) }
      return try parser.read(bytes)
    case .lines(var line):
      way = .lines([])
      defer { way = .lines(line) }
      var pieces: [Piece] = []
      for part in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
        if part.offset > 0 {
          if let piece = Self.piece(line) { pieces.append(piece) }
          line.removeAll(keepingCapacity: true)
        }
        guard line.count + part.element.count <= lineBytesMax else { throw .line(max: lineBytesMax) }
        line += part.element
      }
      return pieces
    }
  }

  /// What is left when the body has ended. An event that has not ended is none; a last line needs no end.
  mutating func end() -> [Piece] {
    guard case .lines(let line) = way else { return [] }
    way = .lines([])
    return Self.piece(line).map { [$0] } ?? []
  }

  /// A line without its carriage return; nil for one without content.
  private static func piece(_ line: [UInt8]) -> Piece? {
    let content = line.last == UInt8(ascii: "\r") ? line.dropLast() : line[...]
    return content.isEmpty ? nil : Piece(data: String(decoding: content, as: UTF8.self))
  }
}
