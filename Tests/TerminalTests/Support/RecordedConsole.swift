import Synchronization

@testable import Terminal

/// Keeps what a command writes.
final class RecordedConsole: Sendable {
  let console: Console
  private let sink: Sink

  /// - Parameter pace: the bytes that come at once to who reads what is there.
  init(terminals: Set<Console.Stream> = [], input: [UInt8] = [], pace: Int = .max, typed: [UInt8]? = nil) {
    let sink = Sink()
    let source = Source(input, pace: pace)
    self.sink = sink
    console = Console(
      terminals: terminals, write: { stream, bytes in sink.add(bytes, to: stream) },
      read: { limit in Array(input.prefix(limit)) }, readSome: { limit in source.next(atMost: limit) },
      readHidden: typed.map { Self.hidden($0) })
  }

  private static func hidden(_ typed: [UInt8]) -> @Sendable (Int) throws -> [UInt8] { { Array(typed.prefix($0)) } }

  var output: String { sink.text(.output) }
  var diagnostics: String { sink.text(.diagnostics) }

  private final class Source: Sendable {
    private let rest: Mutex<ArraySlice<UInt8>>
    private let pace: Int

    init(_ bytes: [UInt8], pace: Int) {
      rest = Mutex(bytes[...])
      self.pace = pace
    }

    func next(atMost limit: Int) -> [UInt8] {
      rest.withLock { rest in
        defer { rest = rest.dropFirst(min(limit, pace)) }
        return Array(rest.prefix(min(limit, pace)))
      }
    }
  }

  private final class Sink: Sendable {
    private let written = Mutex<[Console.Stream: [UInt8]]>([:])

    func add(_ bytes: [UInt8], to stream: Console.Stream) { written.withLock { $0[stream, default: []] += bytes } }

    func text(_ stream: Console.Stream) -> String {
      written.withLock { String(decoding: $0[stream] ?? [], as: UTF8.self) }
    }
  }
}
