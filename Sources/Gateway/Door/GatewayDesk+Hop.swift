import Inference
import StrictJSON
import Synchronization

// Calls between a client and a provider that speak the same protocol: handed on as they are, and so are the answers. What is
// not known here survives.
extension GatewayDesk {
  func hop(
    _ call: Call, to endpoint: WireCall.Endpoint, _ protocol: ClientProtocol
  ) async throws -> GatewayAnswer {
    let body = `protocol`.hop(call.body, model: call.facts.model).members ?? [:]
    let wire = WireCall(
      endpoint, body: body, isStreamed: call.facts.isStreamed, headers: Self.handedOn(call.request.headers),
      executor: call.request.executor)
    return call.facts.isStreamed
      ? try await hopStream(call, wire, `protocol`) : try await hopWhole(call, wire, `protocol`)
  }

  /// - Parameter protocol: nil for what is no conversation.
  func hopWhole(_ call: Call, _ wire: WireCall, _ protocol: ClientProtocol?) async throws -> GatewayAnswer {
    let taken = Taken(model: call.facts.model)
    let found = FoundAnswer()
    do {
      try await routed(call, wire, .whole, found) { taken.take($0) }.run()
    } catch let error as InferenceError {
      return try handedOn(error)
    }
    if let bytes = taken.bytes { return .whole(bytes, headers: headers(of: found)) }
    // A server that streams whatever it was asked for.
    guard let `protocol` else { throw GatewayFault.internalFault }
    return .json(`protocol`.document(taken.answer, call.head), headers: headers(of: found))
  }

  private func hopStream(_ call: Call, _ wire: WireCall, _ protocol: ClientProtocol) async throws -> GatewayAnswer {
    let found = FoundAnswer()
    do {
      let stream = try await ByteStream.begin(on: call.request.executor) { write in
        let relay = HopRelay(`protocol`, call)
        do {
          try await routed(call, wire, .asItComes, found) { frame in
            let bytes = relay.bytes(for: frame)
            if !bytes.isEmpty { try await write(bytes) }
          }.run()
        } catch let error as InferenceError {
          guard relay.hasBegun else { throw error }
          try await write(relay.failure(GatewayFault(error)))
        }
      }
      return .events(stream, `protocol`, headers: headers(of: found))
    } catch let error as InferenceError {
      return try handedOn(error)
    }
  }

  private func routed(
    _ call: Call, _ wire: WireCall, _ delivery: AnswerDelivery, _ found: FoundAnswer,
    _ emit: @escaping @Sendable (WireFrame) async throws -> Void
  ) -> RoutedExchange {
    RoutedExchange(
      route: call.route, upstreams: upstreams, context: call.context, delivery: delivery, random: random, books: books,
      bound: call.bound, call: wire, cache: cache(for: call), onFound: { found.note($0) }, emit: emit)
  }

  /// The provider's own refusal, for a client that speaks its protocol: status, body, and when to come back. Not of a key:
  /// the client's own is fine.
  private func handedOn(_ error: InferenceError) throws -> GatewayAnswer {
    guard let refusal = error.refusal, error.kind != .badKey, (400...599).contains(refusal.status),
      (try? JSON(parsing: refusal.body))?.members != nil
    else { throw error }
    return .whole(Array(refusal.body.utf8), status: refusal.status, headers: GatewayFault(error).headers)
  }

  /// The headers that say how a request is meant. None of them says who asks.
  private static func handedOn(_ headers: [String: String]) -> [String: String] {
    headers.filter { ["anthropic-beta", "anthropic-version", "openai-beta"].contains($0.key) }
  }
}

/// What a call that is not streamed has brought.
private final class Taken: Sendable {
  private let state: Mutex<(bytes: [UInt8]?, answer: ModelAnswer)>

  init(model: String) { state = Mutex((nil, ModelAnswer(model: model, text: "", usage: nil, finish: .unstated))) }

  var bytes: [UInt8]? { state.withLock { $0.bytes } }
  var answer: ModelAnswer { state.withLock { $0.answer } }

  func take(_ frame: WireFrame) {
    state.withLock { state in
      if case .whole(let bytes) = frame.content { state.bytes = bytes }
      // The same is in the bytes, where there are any.
      guard state.bytes == nil else { return }
      for event in frame.events { state.answer.add(event) }
    }
  }
}

/// Writes what a provider streams for a client that speaks the same protocol.
private final class HopRelay: Sendable {
  private struct State {
    var filter: (any HopFilter)?
    /// For what is not handed on as it is: an answer that came in one piece, and a failure.
    var writer: any AnswerWriter
    var isTranslating = false
    var hasBegun = false
    var hasMark = false
  }

  private let isChat: Bool
  private let state: Mutex<State>

  init(_ protocol: ClientProtocol, _ call: GatewayDesk.Call) {
    isChat = `protocol` == .chatCompletions
    state = Mutex(State(filter: `protocol`.hopFilter(call.facts), writer: `protocol`.writer(call.head)))
  }

  var hasBegun: Bool { state.withLock { $0.hasBegun } }

  /// What is written for a piece; empty for nothing.
  func bytes(for frame: WireFrame) -> [UInt8] {
    state.withLock { state in
      var text = ""
      switch frame.content {
      case .event(let name, let data):
        if isChat, data == "[DONE]" { state.hasMark = true }
        if let passed = state.filter == nil ? data : state.filter?.passed(data) { text = Self.event(name, passed) }
      case .whole:
        state.isTranslating = true
        text = frame.events.flatMap { state.writer.frames(for: $0) }.joined()
      case .nothing:
        if state.isTranslating {
          text = frame.events.flatMap { state.writer.frames(for: $0) }.joined() + state.writer.end().joined()
        } else if isChat, !state.hasMark, frame.events.contains(where: \.isEnd) {
          // The provider left out the mark that its protocol ends with.
          text = Self.event("", "[DONE]")
        }
      }
      if !text.isEmpty { state.hasBegun = true }
      return Array(text.utf8)
    }
  }

  func failure(_ fault: GatewayFault) -> [UInt8] {
    state.withLock { Array($0.writer.failure(fault).joined().utf8) }
  }

  private static func event(_ name: String, _ data: String) -> String {
    let head = name.isEmpty ? "" : "event: \(name)\n"
    guard data.utf8.contains(UInt8(ascii: "\n")) else { return "\(head)data: \(data)\n\n" }
    return head + data.split(separator: "\n", omittingEmptySubsequences: false).map { "data: \($0)\n" }.joined() + "\n"
  }
}
