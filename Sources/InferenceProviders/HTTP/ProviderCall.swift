import AsyncHTTPClient
import Inference
import NIOCore
import NIOHTTP1
import Synchronization

/// One call of a provider, from the request to the last event.
final class ProviderCall<Reader: AnswerReader>: Sendable {
  /// Takes each piece of the answer with what it means; and, when the answer has ended, what became clear then.
  typealias Delivery = @Sendable (WireFrame) async throws -> Void

  private let provider: String
  private let failure: ProviderFailure
  private let limits: StreamLimits
  private let deliver: Delivery
  private let reader: Mutex<Reader>

  init(
    provider: String, key: APIKey?, limits: StreamLimits, deliver: @escaping Delivery,
    reader: (ProviderFailure) -> Reader
  ) {
    self.provider = provider
    self.limits = limits
    self.deliver = deliver
    failure = ProviderFailure(provider: provider, key: key)
    self.reader = Mutex(reader(failure))
  }

  /// - Throws: ``InferenceError``; `CancellationError` when the task is cancelled, and then the connection is given up.
  func run(
    _ request: HTTPClientRequest, with client: HTTPClient, times: CallTimes, watches: CallWatches,
    on executor: (any TaskExecutor)? = nil
  ) async throws {
    do {
      try await watches.run(times, provider: provider, on: executor) { watch in
        try await self.exchange(request, with: client, times: times, watch: watch)
      }
    } catch let error as InferenceError
      where [.cut, .stalled].contains(error.kind) && reader.withLock({ $0.hasReason })
    {
      // The answer is whole: only the mark of its end, or of the connection's, did not come.
    }
    try await deliver(WireFrame(.nothing, try reader.withLock { reader in try reader.end() }))
  }

  private func exchange(
    _ request: HTTPClientRequest, with client: HTTPClient, times: CallTimes, watch: CallWatch
  ) async throws {
    var hasBegun = false
    do {
      let response = try await client.execute(request, timeout: TimeAmount(times.whole))
      hasBegun = true
      try await read(response, watch)
    } catch {
      throw WireError.inferenceError(for: error, from: provider, hasBegun: hasBegun)
    }
  }

  private func read(_ response: HTTPClientResponse, _ watch: CallWatch) async throws {
    guard response.status == .ok else {
      throw failure.error(
        status: Int(response.status.code), headers: response.headers, body: try await errorBody(of: response))
    }
    if let packing = response.headers.first(name: "Content-Encoding"), packing.lowercased() != "identity" {
      throw InferenceError.nonsense(provider, "it is packed as “\(packing.prefix(40))”, which was not asked for.")
    }
    let type = response.headers.first(name: "Content-Type")?.lowercased() ?? Reader.framing.contentTypes[0]
    let plain = String(type.prefix { $0 != ";" && $0 != " " })
    switch plain {
    case _ where Reader.framing.contentTypes.contains(plain): try await readPieces(response.body, watch)
    case "application/json": try await readWhole(response.body, watch)
    default:
      throw InferenceError.nonsense(
        provider, "it is “\(type.prefix(60))” and no stream of an answer. Is the address the right one?")
    }
  }

  private func readPieces(_ body: HTTPClientResponse.Body, _ watch: CallWatch) async throws {
    var parser = PieceParser(Reader.framing, limits)
    var bytesLeft = limits.wireBytesMax
    for try await buffer in body {
      bytesLeft -= buffer.readableBytes
      guard bytesLeft >= 0 else {
        throw InferenceError.tooLarge(provider, "an answer may have \(limits.wireBytesMax) bytes on the wire.")
      }
      for piece in try pieces(of: buffer, &parser) {
        try await hand(on: .event(name: piece.name, data: piece.data), piece.data, watch)
        if reader.withLock({ $0.isDone }) { return }
      }
    }
    for piece in parser.end() { try await hand(on: .event(name: piece.name, data: piece.data), piece.data, watch) }
  }

  private func pieces(of buffer: ByteBuffer, _ parser: inout PieceParser) throws -> [PieceParser.Piece] {
    do {
      return try parser.read(buffer.readableBytesView)
    } catch EventStreamParser.Overflow.line(let max) {
      throw InferenceError.tooLarge(provider, "a line may have \(max) bytes.")
    } catch EventStreamParser.Overflow.event(let max) {
      throw InferenceError.tooLarge(provider, "an event may have \(max) bytes.")
    }
  }

  /// An answer in one piece, whether it was asked for or not.
  private func readWhole(_ body: HTTPClientResponse.Body, _ watch: CallWatch) async throws {
    do {
      let bytes = try await body.collect(upTo: limits.wholeBytesMax)
      try await hand(on: .whole(Array(bytes.readableBytesView)), String(buffer: bytes), watch)
    } catch is NIOTooManyBytesError {
      throw InferenceError.tooLarge(provider, "an answer in one piece may have \(limits.wholeBytesMax) bytes.")
    }
  }

  private func hand(on content: WireFrame.Content, _ data: String, _ watch: CallWatch) async throws {
    let (events, hasReason) = try reader.withLock { reader in (try reader.read(data), reader.hasReason) }
    try await watch.pausing { try await deliver(WireFrame(content, events)) }
    if hasReason { watch.awaitTrailer() } else if events.contains(where: \.isPiece) { watch.awaitNextPiece() }
  }

  /// As much of the body as is read; what is beyond, or does not come, is left there.
  private func errorBody(of response: HTTPClientResponse) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      for try await buffer in response.body {
        bytes += buffer.readableBytesView.prefix(limits.errorBytesMax - bytes.count)
        if bytes.count >= limits.errorBytesMax { break }
      }
    } catch let error as CancellationError {
      throw error
    } catch {
      // The status says what happened; the words about it are only more.
    }
    return bytes
  }
}
