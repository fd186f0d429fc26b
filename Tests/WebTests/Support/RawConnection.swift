import NIOCore
import NIOPosix

/// A TCP connection that sends exactly the bytes it is given and shows exactly those that come back.
actor RawConnection {
  private let channel: any Channel
  private var incoming: AsyncStream<[UInt8]>.Iterator
  private var buffer: [UInt8] = []

  struct Cut: Error {}

  init(port: Int) async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: [UInt8].self)
    incoming = stream.makeAsyncIterator()
    channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Collector(continuation: continuation))
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
  }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }
  func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)) }

  /// Says that nothing more will be sent, and still reads.
  func finishSending() async throws { try await channel.close(mode: .output) }
  func close() async { try? await channel.close() }

  /// Makes this side read no more: the kernel's buffers fill up.
  func stopReading() async throws { try await channel.setOption(.autoRead, value: false).get() }

  /// Everything up to and including `end`.
  func read(through end: String) async throws -> String {
    let mark = Array(end.utf8)
    while true {
      if let range = buffer.firstRange(of: mark) {
        let part = Array(buffer[..<range.upperBound])
        buffer.removeFirst(range.upperBound)
        return String(decoding: part, as: UTF8.self)
      }
      guard try await more() else { throw Cut() }
    }
  }

  /// Everything until the other side closes.
  func readToEnd() async throws -> [UInt8] {
    while try await more() {}
    defer { buffer = [] }
    return buffer
  }

  /// Exactly `count` bytes, or what there was when the other side closed.
  func read(_ count: Int) async throws -> [UInt8] {
    while buffer.count < count, try await more() {}
    let part = Array(buffer.prefix(count))
    buffer.removeFirst(part.count)
    return part
  }

  /// The next answer; nil when the other side closed instead.
  func readResponse(toHead isHead: Bool = false) async throws -> RawResponse? {
    guard var response = try await readHead() else { return nil }
    guard !isHead, response.status != 304, response.status != 204 else { return response }
    if response["transfer-encoding"] == "chunked" {
      response.body = try await readChunks()
    } else if let length = response["content-length"].flatMap({ Int($0) }) {
      response.body = try await read(length)
    } else {
      response.body = try await readToEnd()
    }
    return response
  }

  func readHead() async throws -> RawResponse? {
    let head: String
    do { head = try await read(through: "\r\n\r\n") } catch is Cut { return nil }
    let lines = head.components(separatedBy: "\r\n").filter { !$0.isEmpty }
    guard let first = lines.first else { return nil }
    let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (line[..<colon].lowercased(), String(line[line.index(after: colon)...].drop { $0 == " " }))
    }
    return RawResponse(status: Int(first.split(separator: " ")[1]) ?? 0, headers: headers, body: [])
  }

  private func readChunks() async throws -> [UInt8] {
    var body: [UInt8] = []
    while let chunk = try await readChunk() { body += chunk }
    return body
  }

  /// The next chunk of a body; nil at its end.
  func readChunk() async throws -> [UInt8]? {
    let size = Int(try await read(through: "\r\n").dropLast(1), radix: 16) ?? 0
    let chunk = try await read(size)
    _ = try await read(through: "\r\n")
    return size == 0 ? nil : chunk
  }

  private func more() async throws -> Bool {
    var iterator = incoming
    guard let bytes = await iterator.next(isolation: self) else { return false }
    incoming = iterator
    buffer += bytes
    return true
  }

  private final class Collector: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    private let continuation: AsyncStream<[UInt8]>.Continuation

    init(continuation: AsyncStream<[UInt8]>.Continuation) { self.continuation = continuation }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      continuation.yield(Array(unwrapInboundIn(data).readableBytesView))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      if let event = event as? ChannelEvent, event == .inputClosed { continuation.finish() }
      context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      continuation.finish()
      context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) { continuation.finish() }
  }
}

extension String {
  func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
