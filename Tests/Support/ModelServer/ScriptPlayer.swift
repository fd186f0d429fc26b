import NIOCore
import NIOHTTP1
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Plays the script on one connection.
final class ScriptPlayer: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let link: Link
  private var head: HTTPRequestHead?
  private var body = ""
  private var steps: ArraySlice<ModelServer.Step> = []
  private var isAnswering = false

  init(_ link: Link) { self.link = link }

  private var server: ModelServer? { link.server.withLock { $0 } }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      self.head = head
      body = ""
    case .body(let part): body += String(buffer: part)
    case .end:
      guard let head, let server else { return context.close(promise: nil) }
      let headers = Dictionary(
        head.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { "\($0), \($1)" })
      steps =
        server.note(
          .init(
            method: head.method.rawValue, path: head.uri, version: "\(head.version)", headers: headers, body: body,
            time: .now))[...]
      isAnswering = true
      play(context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    if isAnswering { server?.noteDeparture() }
    isAnswering = false
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  private func play(_ context: ChannelHandlerContext) {
    guard isAnswering, let step = steps.popFirst() else { return }
    switch step {
    case .head(let status, let headers):
      let fields = HTTPHeaders(headers.map { ($0[0], $0[1]) })
      let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: fields)
      write(.head(head), context)
    case .bytes(let bytes): write(.body(.byteBuffer(ByteBuffer(bytes: bytes))), context, bytes: bytes.count)
    case .endless(let bytes):
      steps = [step]
      write(.body(.byteBuffer(ByteBuffer(bytes: bytes))), context, bytes: bytes.count)
    case .wait(let duration):
      let later = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      context.eventLoop.scheduleTask(in: TimeAmount(duration)) { later.value.0.play(later.value.1) }
    case .reset:
      isAnswering = false
      let later = NIOLoopBound(context, eventLoop: context.eventLoop)
      guard let socket = context.channel as? any SocketOptionProvider else { return context.close(promise: nil) }
      // A connection that is closed without lingering is reset.
      socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).whenComplete { _ in later.value.close(promise: nil) }
    case .pause:
      let loop = context.eventLoop
      let later = NIOLoopBound((self, context), eventLoop: loop)
      server?.afterPause { loop.execute { later.value.0.play(later.value.1) } }
    case .end:
      isAnswering = false
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    case .cut:
      isAnswering = false
      // A moment after the last bytes: AsyncHTTPClient drops what it has not handed on yet when a connection ends.
      let later = NIOLoopBound(context, eventLoop: context.eventLoop)
      context.eventLoop.scheduleTask(in: .milliseconds(400)) { later.value.close(promise: nil) }
    }
  }

  /// Writes, and goes on when it is on its way.
  private func write(_ part: HTTPServerResponsePart, _ context: ChannelHandlerContext, bytes: Int = 0) {
    let loop = context.eventLoop
    let later = NIOLoopBound((self, context), eventLoop: loop)
    context.writeAndFlush(wrapOutboundOut(part)).whenSuccess { [server] in
      server?.noteTaken(bytes)
      // In a turn of its own: a write that succeeds at once would go on inside itself, without end for `endless`.
      loop.execute { later.value.0.play(later.value.1) }
    }
  }
}
