import NIOCore

/// What is to be done when the peer leaves before its answer has ended. Sent into a channel as a user event, it is kept by the
/// connection's ``ConnectionGuard`` until the next request.
///
/// A peer that closes its side only, and would still read, counts as gone: no client of models does that.
struct Departure: Sendable {
  let note: @Sendable () -> Void
}

/// The connection that a request came over.
struct PeerConnection: Sendable {
  private let channel: any Channel

  init(_ channel: any Channel) { self.channel = channel }

  /// Of its event loop.
  var executor: LoopExecutor { LoopExecutor(channel.eventLoop) }

  /// Runs `note` when the peer leaves, on the connection's event loop; at once when it has left. Until the next request comes.
  func whenLeft(_ note: @escaping @Sendable () -> Void) {
    channel.triggerUserOutboundEvent(Departure(note: note)).whenFailure { _ in note() }
  }
}
