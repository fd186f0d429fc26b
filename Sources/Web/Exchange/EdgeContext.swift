import Hummingbird
import Logging
import NIOCore

/// What Hummingbird gives each request of a connection.
struct EdgeContext: InitializableFromSource, Sendable {
  let channel: any Channel

  init(source: ApplicationRequestContextSource) { channel = source.channel }
}
