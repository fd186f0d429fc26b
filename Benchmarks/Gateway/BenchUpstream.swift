import NIOCore
import NIOHTTP1
import NIOPosix

/// A provider that answers at once and thinks nothing: what a call through a gateway costs beside a call to it is the gateway's.
///
/// It speaks OpenAI's chat protocol. The model ``paced`` is streamed ``framesPerSecond`` frames a second; every other model is
/// answered whole or, when a stream is asked for, with ``UpstreamScript/frames`` in one write.
final class BenchUpstream: Sendable {
  /// Answers at once.
  static let quick = "quick"
  /// Streams slowly.
  static let paced = "paced"
  static let framesPerSecond = 200

  let port: Int
  private let channel: any Channel
  private let group: MultiThreadedEventLoopGroup

  /// - Parameter pacedFrames: how many frames a paced stream has before its end.
  static func start(pacedFrames: Int) async throws -> BenchUpstream {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let script = UpstreamScript(pacedFrames: pacedFrames)
    let channel = try await ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(HTTPRequestDecoder()))
          try channel.pipeline.syncOperations.addHandler(UpstreamHandler(script))
        }
      }
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .bind(host: "127.0.0.1", port: 0).get()
    return BenchUpstream(channel: channel, group: group)
  }

  private init(channel: any Channel, group: MultiThreadedEventLoopGroup) {
    self.channel = channel
    self.group = group
    port = channel.localAddress?.port ?? 0
  }

  var address: String { "http://127.0.0.1:\(port)" }

  func stop() async throws {
    try await channel.close()
    try await group.shutdownGracefully()
  }
}

/// Answers the requests of one connection.
private final class UpstreamHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = ByteBuffer

  private let script: UpstreamScript
  private var path = ""
  private var body = ByteBuffer()
  private var pacing: Scheduled<Void>?

  init(_ script: UpstreamScript) { self.script = script }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      path = head.uri
      body.clear()
    case .body(var bytes): body.writeBuffer(&bytes)
    case .end: answer(context)
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    pacing?.cancel()
    context.fireChannelInactive()
  }

  private func answer(_ context: ChannelHandlerContext) {
    guard path.hasSuffix("/chat/completions") else {
      return context.writeAndFlush(wrapOutboundOut(script.description), promise: nil)
    }
    switch script.answer(to: body) {
    case .atOnce(let bytes): context.writeAndFlush(wrapOutboundOut(bytes), promise: nil)
    case .paced: pace(context)
    }
  }

  private func pace(_ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(script.beginning), promise: nil)
    pace(from: 0, at: .now() + Self.interval, context)
  }

  /// Frames are due at fixed times, so that a late one makes the next no later.
  private func pace(from number: Int, at due: NIODeadline, _ context: ChannelHandlerContext) {
    pacing = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) { [self] in
      guard number < script.pacedFrames else {
        return context.writeAndFlush(wrapOutboundOut(script.ending), promise: nil)
      }
      context.writeAndFlush(wrapOutboundOut(script.frame(number, at: .now())), promise: nil)
      pace(from: number + 1, at: due + Self.interval, context)
    }
  }

  private static let interval = TimeAmount.nanoseconds(1_000_000_000 / Int64(BenchUpstream.framesPerSecond))
}
