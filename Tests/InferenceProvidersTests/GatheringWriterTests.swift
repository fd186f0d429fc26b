import NIOCore
import NIOEmbedded
import Testing

@testable import InferenceProviders

@Suite struct `The writer that gathers` {
  private let channel = EmbeddedChannel(handler: GatheringWriter())

  private func flush(_ text: String) throws {
    channel.write(ByteBuffer(string: text), promise: nil)
    channel.flush()
  }

  private func sent() throws -> [String] {
    var pieces: [String] = []
    while let piece = try channel.readOutbound(as: ByteBuffer.self) { pieces.append(String(buffer: piece)) }
    return pieces
  }

  @Test func `sends what is flushed in one turn of the loop at its end, in order`() throws {
    try flush("head")
    try flush("body")
    #expect(try sent().isEmpty)
    channel.embeddedEventLoop.run()
    #expect(try sent() == ["head", "body"])
  }

  @Test func `sends what is flushed in the next turn, too`() throws {
    for piece in ["first", "second"] {
      try flush(piece)
      channel.embeddedEventLoop.run()
      #expect(try sent() == [piece])
    }
  }

  @Test func `sends what was flushed before it closes`() throws {
    try flush("last words")
    _ = channel.close()
    #expect(try sent() == ["last words"])
    channel.embeddedEventLoop.run()
  }
}
