import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// An HTTP/1.1 connection with its limits.
///
///     bytes → ArrivalHandler → coders → ConnectionGuard → HTTPTypes codec → responder
struct EdgeChannel: ServerChildChannel, HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  let responder: HTTPChannelHandler.Responder
  let limits: WebLimits
  let refusals: Refusals

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      let connection = ConnectionGuard(limits: limits, refusals: refusals)
      let pipeline = channel.pipeline.syncOperations
      try pipeline.addHandler(ArrivalHandler(connection: connection))
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false, withErrorHandling: false, withOutboundHeaderValidation: false,
        withEncoderConfiguration: .init(), withDecoderLimitConfiguration: decoderLimits)
      try pipeline.addHandler(connection)
      try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
      tuneSocket(of: channel)
      return try NIOAsyncChannel(
        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }
  }

  /// Requests are read, and answers written, where their bytes come and go; ``Route/Place`` says where routes do their work.
  func handle(value: Value, logger: Logger) async {
    await withTaskExecutorPreference(LoopExecutor(value.channel.eventLoop)) {
      await handleHTTP(asyncChannel: value, logger: logger)
    }
  }

  private var decoderLimits: NIOHTTPDecoderLimitConfiguration {
    var decoder = NIOHTTPDecoderLimitConfiguration()
    decoder.maxHeaderFieldSize = limits.headerFieldBytes
    decoder.maxHeaderListSize = limits.headerBytes
    decoder.maxHeaderFieldCount = limits.headerCount
    return decoder
  }

  /// Small frames go out at once, and a reader that does not read holds little of the kernel's memory. A socket that is
  /// no TCP socket knows neither option and works without.
  private func tuneSocket(of channel: any Channel) {
    guard let options = channel.syncOptions else { return }
    try? options.setOption(.tcpOption(.tcp_nodelay), value: 1)
    try? options.setOption(.socketOption(.so_sndbuf), value: SocketOptionValue(limits.sendBufferBytes))
  }
}
