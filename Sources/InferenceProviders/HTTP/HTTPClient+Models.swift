package import AsyncHTTPClient
package import Inference
package import NIOCore

extension HTTPClient {
  /// The connections to models that may be open to one host at a time. The library's own bound, 8, would let the ninth
  /// stream wait for the first to end.
  package static let modelConnectionsMax = 256

  /// A client as calls to models need it: it follows no redirect (a key goes nowhere else), repeats nothing by itself,
  /// unpacks nothing (so that no small answer becomes a great one) and has no clock of its own but for the connection.
  ///
  /// Whoever makes it shuts it down.
  package static func forModels(
    times: CallTimes = CallTimes(), on group: any EventLoopGroup = HTTPClient.defaultEventLoopGroup
  ) -> HTTPClient {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow, decompression: .disabled)
    configuration.timeout.connect = TimeAmount(times.connect)
    configuration.connectionPool.retryConnectionEstablishment = false
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = modelConnectionsMax
    return HTTPClient(eventLoopGroup: group, configuration: configuration)
  }
}
