/// How much of anything the edge takes before it says no. Durations are real time.
package struct WebLimits: Sendable, Hashable {
  // Requests
  /// Bytes of one header, name and value.
  package var headerFieldBytes = 16 * 1024
  /// Bytes of the request line and all headers.
  package var headerBytes = 64 * 1024
  package var headerCount = 200
  /// Bytes of path and query.
  package var targetBytes = 8 * 1024
  package var queryParameters = 100
  /// Bytes of a JSON body.
  package var bodyBytes = 1 << 20

  // Time
  /// From a request's first byte to the end of its head.
  package var headTime: Duration = .seconds(10)
  /// A body may take this long at any speed,
  package var bodyGrace: Duration = .seconds(10)
  /// from then on must have brought this many bytes for each second since it began,
  package var bodyBytesPerSecond = 500
  /// and must be there after this.
  package var bodyTime: Duration = .seconds(60)
  /// A connection without a request is closed after this.
  package var idleTime: Duration = .seconds(60)
  /// A connection whose reader takes nothing for this long is closed.
  package var stalledTime: Duration = .seconds(30)
  /// A connection that is closed while its peer still sends is read for this long, so that the peer sees the answer.
  package var lingerTime: Duration = .seconds(1)
  /// Requests and streams that are under way when the server is told to stop have this long.
  package var shutdownTime: Duration = .seconds(10)

  // Connections and streams
  package var connections = 4096
  /// Bytes the kernel holds for a reader that does not read. The kernel doubles it for its own bookkeeping.
  package var sendBufferBytes = 128 * 1024
  package var streams = 1000
  package var streamsPerSession = 32
  /// Between heartbeats of an event stream; the longest silence of a model's answer.
  package var heartbeat: Duration = .seconds(15)
  /// How often sessions with open streams are looked at.
  package var sessionCheck: Duration = .seconds(4)

  // Signing in
  /// Attempts an address has in a minute.
  package var attemptsPerMinute = 10

  package init() {}
}
