import Logging
import Metrics
import NIOCore
import NIOEmbedded
import NIOHTTP1
import TestKit
import Testing
import Vocabulary

@testable import Web

@Suite("The guard of a connection")
struct ConnectionGuardTests {
  private final class Log {
    var seen: [String] = []
  }

  /// Notes what reaches the responder's side and what reaches the wire's, in order.
  private final class Witness: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    private let log: Log
    private let seesWrites: Bool

    init(_ log: Log, seesWrites: Bool) {
      self.log = log
      self.seesWrites = seesWrites
    }

    private func note(_ what: String) { log.seen.append(what) }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
      if seesWrites, case .head(let head) = unwrapOutboundIn(data) { note("answer \(head.status.code)") }
      context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
      if seesWrites { context.fireErrorCaught(error) } else { note("error") }
    }

    func channelInactive(context: ChannelHandlerContext) {
      if !seesWrites { note("end") }
      context.fireChannelInactive()
    }
  }

  private func makeChannel() throws -> (channel: EmbeddedChannel, log: Log) {
    let clock = ManualClock()
    let ids = UniqueIDSequence(clock: clock, random: SeededRandom(seed: 1))
    let refusals = Refusals(ids: ids, logger: .silent, factory: NOOPMetricsHandler.instance)
    let log = Log()
    let channel = EmbeddedChannel(
      handlers: [
        Witness(log, seesWrites: true), ConnectionGuard(limits: WebLimits(), refusals: refusals),
        Witness(log, seesWrites: false),
      ])
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return (channel, log)
  }

  /// Lets what is scheduled run: it holds the channel that holds it.
  private func lingerOut(_ channel: EmbeddedChannel) { channel.embeddedEventLoop.advanceTime(by: .hours(1)) }

  /// Found under load: the connection was closed first, the responder took that for the body's end, and rolled.
  @Test func `whoever waits for a body hears that it broke off before anything is written or closed`() throws {
    let (channel, log) = try makeChannel()
    let head = HTTPRequestHead(version: .http1_1, method: .POST, uri: "/", headers: ["host": "localhost"])
    try channel.writeInbound(HTTPServerRequestPart.head(head))
    channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    #expect(log.seen == ["error", "answer 400", "end"])
    lingerOut(channel)
  }

  @Test func `what the responder still writes after a refusal is dropped`() throws {
    let (channel, log) = try makeChannel()
    channel.pipeline.fireErrorCaught(HTTPParserError.headerOverflow)
    let late = HTTPResponseHead(version: .http1_1, status: .ok)
    try channel.writeOutbound(HTTPServerResponsePart.head(late))
    #expect(log.seen == ["error", "answer 431", "end"])
    lingerOut(channel)
  }
}
