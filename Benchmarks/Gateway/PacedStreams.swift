import Foundation
import NIOCore

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Many streams at a time at a steady pace: whether every frame comes, once and in order, and how late.
struct PacedStreams {
  let target: GatewayTarget
  let streams: Int
  /// Frames that each stream has.
  let frames: Int

  struct Result: Sendable {
    /// Frames that did not come, came twice, or out of order.
    var lost = 0
    /// Milliseconds from the upstream's write to the reader, sorted.
    var delays: [Double] = []
    /// The gateway's processor time a frame, in microseconds.
    var cpu = Double.nan
  }

  func run() async throws -> Result {
    let before = target.process?.cpuMicroseconds ?? .nan
    guard var result = try await CallerThreads.run(1, { _ in try read() }).first else { return Result() }
    result.cpu = ((target.process?.cpuMicroseconds ?? .nan) - before) / Double(streams * frames)
    return result
  }

  private func read() throws -> Result {
    let request = target.request(BenchUpstream.paced, isStreamed: true)
    let callers = try (0..<streams).map { _ in try HTTPCaller(port: target.port) }
    for caller in callers { try caller.send(request) }
    var readers = callers.map { _ in FrameReader() }
    var sockets = callers.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
    var open = callers.count
    while open > 0 {
      guard poll(&sockets, nfds_t(sockets.count), 20_000) > 0 else {
        throw HTTPCaller.Failed(description: "\(target.name) sent nothing for 20 s; \(open) streams are open")
      }
      for index in sockets.indices where sockets[index].revents != 0 {
        let isWhole = try callers[index].receive() != nil
        readers[index].read(callers[index].body, at: .now())
        guard isWhole else { continue }
        sockets[index].fd = -1
        open -= 1
      }
    }
    var result = Result()
    for reader in readers {
      result.lost += frames - reader.inOrder + reader.strays
      result.delays += reader.delays
    }
    result.delays.sort()
    return result
  }
}

/// Finds the frames in the body of a paced stream: `<number@nanoseconds>`.
private struct FrameReader {
  private(set) var inOrder = 0
  private(set) var strays = 0
  private(set) var delays: [Double] = []
  private var place = 0

  mutating func read(_ body: [UInt8], at now: NIODeadline) {
    while let start = body[place...].firstIndex(of: UInt8(ascii: "<")),
      let end = body[start...].firstIndex(of: UInt8(ascii: ">"))
    {
      place = end + 1
      let parts = body[(start + 1)..<end].split(separator: UInt8(ascii: "@"))
      guard parts.count == 2, let number = Int(String(decoding: parts[0], as: UTF8.self)),
        let written = UInt64(String(decoding: parts[1], as: UTF8.self)), number == inOrder
      else {
        strays += 1
        continue
      }
      inOrder += 1
      delays.append(Double(now.uptimeNanoseconds &- written) / 1e6)
    }
  }
}
