import NIOCore
import NIOHTTP1
import NIOPosix
import StrictJSON

/// A server on loopback that says what a test wants, byte for byte where it wants.
struct FakeServer: Sendable {
  enum Reply: Sendable {
    case answer(Int, [(String, String)], String)
    /// These bytes, then the end of the connection.
    case raw(String)
    /// These bytes, and nothing more on a connection that stays.
    case open(String)
    /// Nothing, for ever.
    case silence

    static func json(_ status: Int, _ text: String) -> Reply {
      .answer(status, [("Content-Type", "application/json")], text)
    }
  }

  struct Request: Sendable, Hashable {
    let method: String
    let path: String
    let headers: [String: String]
    let body: String
  }

  let address: String
  private let requests: Box<[Request]>

  var received: [Request] { requests.value }

  /// Runs `body` beside a server that answers every request with `reply`.
  static func run<Result>(
    answering reply: Reply, _ body: (FakeServer) async throws -> Result
  ) async throws -> Result {
    let requests = Box<[Request]>([])
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
          try channel.pipeline.syncOperations.addHandler(Answering(requests, reply))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let port = channel.localAddress?.port ?? 0
    do {
      let result = try await body(FakeServer(address: "http://127.0.0.1:\(port)", requests: requests))
      try await channel.close()
      return result
    } catch {
      try? await channel.close()
      throw error
    }
  }
}

private final class Answering: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let requests: Box<[FakeServer.Request]>
  private let reply: FakeServer.Reply
  private var head: HTTPRequestHead?
  private var body = ""

  init(_ requests: Box<[FakeServer.Request]>, _ reply: FakeServer.Reply) {
    self.requests = requests
    self.reply = reply
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): self.head = head
    case .body(let part): body += String(buffer: part)
    case .end:
      guard let head else { return }
      let request = FakeServer.Request(
        method: head.method.rawValue, path: head.uri,
        headers: Dictionary(
          head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { "\($0), \($1)" }),
        body: body)
      requests.change { $0.append(request) }
      answer(reply, in: context)
      body = ""
    }
  }

  private func answer(_ reply: FakeServer.Reply, in context: ChannelHandlerContext) {
    switch reply {
    case .silence: break
    case .open(let text): writePastEncoder(text, in: context)
    case .raw(let text):
      writePastEncoder(text, in: context)
      context.close(promise: nil)
    case .answer(let status, let headers, let text):
      var fields = HTTPHeaders(headers)
      fields.add(name: "Content-Length", value: "\(text.utf8.count)")
      let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: fields)
      context.write(wrapOutboundOut(.head(head)), promise: nil)
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
  }

  private func writePastEncoder(_ text: String, in context: ChannelHandlerContext) {
    let encoder = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
    encoder?.writeAndFlush(NIOAny(ByteBuffer(string: text)), promise: nil)
  }
}
