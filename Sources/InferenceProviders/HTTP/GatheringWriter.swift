import NIOCore

/// Sends what is flushed in one turn of the event loop with one system call: the client flushes the head of a request before it
/// writes the body.
///
/// It stands next to the socket, so that it gathers the records of TLS too.
final class GatheringWriter: ChannelOutboundHandler {
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private var isDue = false

  func flush(context: ChannelHandlerContext) {
    guard !isDue else { return }
    isDue = true
    context.eventLoop.assumeIsolated().execute { [self] in send(context) }
  }

  /// What is to be closed has to be sent before.
  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    send(context)
    context.close(mode: mode, promise: promise)
  }

  func handlerRemoved(context: ChannelHandlerContext) { isDue = false }

  private func send(_ context: ChannelHandlerContext) {
    guard isDue else { return }
    isDue = false
    context.flush()
  }
}
