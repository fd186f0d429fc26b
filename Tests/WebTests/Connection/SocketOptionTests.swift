import ModelServer
import StrictJSON
import Testing

@testable import Web

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Small frames must go out at once: with Nagle's algorithm at either end of the gateway a stream of them stands still for the
/// 40 ms of a delayed acknowledgement.
@Suite("Sockets of the gateway", .timeLimit(.minutes(1)))
struct SocketOptionTests {
  @Test func `the client's and the upstream's socket of a stream send small frames at once`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.beginning(["Well "]) + [.pause] + .ending(["met."]))
      let connection = try await rig.edge.connect()
      try await connection.send(
        rig.edge.request(
          "POST", "/v1/chat/completions", headers: ["Authorization": "Bearer \(rig.secret)"],
          body: GatewayRig.chat(["stream": true]).canonicalText()))
      _ = try await connection.read(through: "Well ")
      let upstreamPort = try #require(
        rig.upstream.baseURL.split(separator: ":").last.flatMap { Int($0.prefix { $0 != "/" }) })
      let sockets = TCPSocket.ofThisProcess
      let accepted = sockets.filter { $0.port == rig.edge.port }
      let asking = sockets.filter { $0.peerPort == upstreamPort }
      #expect(!accepted.isEmpty && accepted.allSatisfy(\.sendsAtOnce))
      #expect(!asking.isEmpty && asking.allSatisfy(\.sendsAtOnce))
      rig.upstream.release()
      _ = try await connection.read(through: "[DONE]")
      await connection.close()
    }
  }
}

/// A connected TCP socket.
private struct TCPSocket {
  let port: Int
  let peerPort: Int
  let sendsAtOnce: Bool

  /// Every one that this process has open.
  static var ofThisProcess: [TCPSocket] { (0..<4096).compactMap { TCPSocket($0) } }

  private init?(_ descriptor: Int32) {
    guard let port = Self.port(descriptor, getsockname), let peerPort = Self.port(descriptor, getpeername) else {
      return nil
    }
    var value: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    guard getsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &value, &length) == 0 else { return nil }
    self.port = port
    self.peerPort = peerPort
    sendsAtOnce = value != 0
  }

  /// Nil for what is no connected IPv4 socket.
  private static func port(
    _ descriptor: Int32, _ ask: (Int32, UnsafeMutablePointer<sockaddr>?, UnsafeMutablePointer<socklen_t>?) -> Int32
  ) -> Int? {
    // Read as bytes: which C module has the members of `sockaddr_in` changes with the order in which modules are loaded.
    var address = [UInt8](repeating: 0, count: 128)
    var length = socklen_t(address.count)
    let answer = address.withUnsafeMutableBytes {
      ask(descriptor, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), &length)
    }
    guard answer == 0, length == 16 else { return nil }
    return Int(address[2]) << 8 | Int(address[3])
  }
}
