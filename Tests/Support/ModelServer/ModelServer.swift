import NIOCore
import NIOHTTP1
import NIOHTTP2
import NIOPosix
import NIOSSL
import Synchronization

/// A server on loopback that plays a provider, byte for byte as its script says.
///
/// It answers every call with the script; what it received, and whether the caller left, can be asked.
package final class ModelServer: Sendable {
  /// One step of an answer. Without ``end`` the connection stays open and silent after the last step.
  package enum Step: Sendable, Hashable {
    /// The head of an answer in chunks.
    case head(status: Int, headers: [[String]])
    /// These bytes as one chunk, written at once.
    case bytes([UInt8])
    /// Nothing more until the test says so; see ``ModelServer/release()``.
    case pause
    /// The end of a chunked body.
    case end
    /// The connection is closed without the end of the body.
    case cut
    /// The connection is reset: with what was written, if it is read in time.
    case reset
    /// Nothing for this long.
    case wait(Duration)
    /// Text in chunks for as long as the caller reads.
    case endless([UInt8])
  }

  package struct Request: Sendable, Hashable {
    package let method: String
    package let path: String
    /// `HTTP/1.1`, `HTTP/2.0`.
    package let version: String
    /// By lower-case name.
    package let headers: [String: String]
    package let body: String
    /// When all of it was there.
    package let time: ContinuousClock.Instant
  }

  private struct State {
    var script: @Sendable (Request) -> [Step]
    /// What the next calls get, one each.
    var queue: [[Step]] = []
    var requests: [Request] = []
    var connections = 0
    var bytesTaken = 0
    var departures = 0
    var waitingForDeparture: [CheckedContinuation<Void, Never>] = []
    var paused: [@Sendable () -> Void] = []
    var isReleased = false
  }

  private let state: Mutex<State>
  private let channel: any Channel

  /// Apart from the client's, so that an answer that never ends holds up nobody but its reader.
  private static let loops = MultiThreadedEventLoopGroup(numberOfThreads: 2)

  /// `http://127.0.0.1:PORT/v1`, or `https`
  package let baseURL: String

  private init(_ state: consuming Mutex<State>, scheme: String, channel: any Channel, link: Link) {
    self.state = state
    self.channel = channel
    baseURL = "\(scheme)://127.0.0.1:\(channel.localAddress?.port ?? 0)/v1"
    link.server.withLock { $0 = self }
  }

  /// Runs `body` beside a server that plays `script`, and stops it.
  package static func run<Result>(
    playing script: [Step], _ body: (ModelServer) async throws -> Result
  ) async throws -> Result {
    let server = try await start(playing: script)
    do {
      let result = try await body(server)
      await server.stop()
      return result
    } catch {
      await server.stop()
      throw error
    }
  }

  /// - Parameters:
  ///   - certificate: what it proves with who it is, over TLS; nil: it speaks in clear.
  ///   - offersHTTP2: whether HTTP/2 is offered beside HTTP/1.1, over TLS (ALPN, RFC 7301).
  package static func start(
    playing script: [Step], showing certificate: ShownCertificate? = nil, offersHTTP2: Bool = false
  ) async throws -> ModelServer {
    let link = Link()
    let security = try certificate?.context(offersHTTP2 ? NIOHTTP2SupportedALPNProtocols : [])
    let channel = try await ServerBootstrap(group: Self.loops)
      .childChannelInitializer { channel in
        let secured = channel.eventLoop.makeCompletedFuture {
          link.server.withLock { $0 }?.noteConnection()
          if let security { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: security)) }
          guard !offersHTTP2 else { return }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline(withErrorHandling: false)
          try channel.pipeline.syncOperations.addHandler(ScriptPlayer(link))
        }
        guard offersHTTP2 else { return secured }
        return secured.flatMap {
          channel.configureCommonHTTPServerPipeline { call in
            call.eventLoop.makeCompletedFuture { try call.pipeline.syncOperations.addHandler(ScriptPlayer(link)) }
          }
        }
      }
      .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
      .bind(host: "127.0.0.1", port: 0).get()
    return ModelServer(
      Mutex(State(script: { _ in script })), scheme: security == nil ? "http" : "https", channel: channel, link: link)
  }

  package func stop() async {
    release()
    try? await channel.close()
  }

  /// What was asked, in order.
  package var received: [Request] { state.withLock { $0.requests } }

  /// How often somebody connected, whatever came of it.
  package var connections: Int { state.withLock { $0.connections } }

  /// How much of all bodies was taken off this server's hands: read, or held by the system between the two.
  package var bytesTaken: Int { state.withLock { $0.bytesTaken } }

  /// Later calls get another script.
  package func play(_ script: [Step]) { state.withLock { $0.script = { _ in script } } }

  /// Later calls get a script that depends on what they ask.
  package func play(_ script: @escaping @Sendable (Request) -> [Step]) { state.withLock { $0.script = script } }

  /// The next calls get these scripts, one each in turn; whoever calls after them gets the usual one.
  package func play(inTurn scripts: [[Step]]) { state.withLock { $0.queue += scripts } }

  /// Lets every answer that stands at ``Step/pause`` go on, now and from now on.
  package func release() {
    let paused = state.withLock { state in
      state.isReleased = true
      defer { state.paused = [] }
      return state.paused
    }
    for resume in paused { resume() }
  }

  /// Waits until a caller has left an answer that was not at its end. Each departure is told once.
  package func departure() async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        guard state.departures == 0 else {
          state.departures -= 1
          return true
        }
        state.waitingForDeparture.append(continuation)
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  func note(_ request: Request) -> [Step] {
    state.withLock { state in
      state.requests.append(request)
      return state.queue.isEmpty ? state.script(request) : state.queue.removeFirst()
    }
  }

  func noteConnection() { state.withLock { $0.connections += 1 } }

  func noteTaken(_ bytes: Int) { state.withLock { $0.bytesTaken += bytes } }

  func noteDeparture() {
    let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard state.waitingForDeparture.isEmpty else { return state.waitingForDeparture.removeFirst() }
      state.departures += 1
      return nil
    }
    waiting?.resume()
  }

  /// Runs `resume` when pauses are over.
  func afterPause(_ resume: @escaping @Sendable () -> Void) {
    let isReleased = state.withLock { state in
      if !state.isReleased { state.paused.append(resume) }
      return state.isReleased
    }
    if isReleased { resume() }
  }
}

extension ShownCertificate {
  /// - Parameter protocols: what is offered, the best first.
  fileprivate func context(_ protocols: [String]) throws -> NIOSSLContext {
    let certificate = try NIOSSLCertificate(bytes: Array(pem.utf8), format: .pem)
    let key = try NIOSSLPrivateKey(bytes: Array(Self.key.utf8), format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))
    configuration.applicationProtocols = protocols
    return try NIOSSLContext(configuration: configuration)
  }
}

/// Leads connections to the server, which exists only once it listens.
final class Link: Sendable {
  let server = Mutex<ModelServer?>(nil)
}
