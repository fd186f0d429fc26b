package import AsyncHTTPClient
package import Inference
package import NIOCore

extension HTTPClient {
  /// The connections to models that may be open to one host at a time. The library's own bound, 8, would let the ninth
  /// stream wait for the first to end.
  package static let modelConnectionsMax = 256

  /// A client of ``Configuration/forModels(_:)``. Whoever makes it shuts it down.
  package static func forModels(
    times: CallTimes = CallTimes(), on group: any EventLoopGroup = HTTPClient.defaultEventLoopGroup
  ) -> HTTPClient {
    HTTPClient(eventLoopGroup: group, configuration: .forModels(times))
  }
}

extension HTTPClient.Configuration {
  /// What calls to models need: no redirect is followed (a key goes nowhere else), nothing is repeated by itself, nothing is
  /// unpacked (so that no small answer becomes a great one), and there is no clock of its own but for the connection.
  package static func forModels(_ times: CallTimes = CallTimes()) -> Self {
    var configuration = Self(redirectConfiguration: .disallow, decompression: .disabled)
    configuration.timeout.connect = TimeAmount(times.connect)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = HTTPClient.modelConnectionsMax
    // Nobody collects spans here, and making them takes time.
    configuration.tracing.tracer = nil
    configuration.http1_1ConnectionDebugInitializer = { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(GatheringWriter(), position: .first)
      }
    }
    return configuration
  }
}
