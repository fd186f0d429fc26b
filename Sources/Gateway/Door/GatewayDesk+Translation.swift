import Inference
import StrictJSON
import Synchronization

// Calls to a provider that speaks another protocol than the client, or to the built-in model: read whole, asked in the words
// that all protocols have in common, and answered in the client's.
extension GatewayDesk {
  func translate(_ call: Call, _ protocol: ClientProtocol) async throws -> GatewayAnswer {
    try await translate(call, `protocol`, try `protocol`.request(of: call.body, bytes: call.request.bodyBytes))
  }

  func translate(_ call: Call, _ protocol: ClientProtocol, _ asked: ClientRequest) async throws -> GatewayAnswer {
    let lost = Self.lost(asked.untranslated)
    let found = FoundAnswer()
    let provider = provider(for: call) { found.note($0) }
    guard call.facts.isStreamed else {
      let answer = try await provider.answer(to: asked.request)
      return .json(`protocol`.document(answer, call.head), headers: lost + headers(of: found))
    }
    let stream = try await ByteStream.begin(on: call.request.executor) { write in
      var writer = `protocol`.writer(call.head)
      var hasBegun = false
      do {
        for try await event in provider.stream(asked.request) {
          let frames = writer.frames(for: event).joined()
          guard !frames.isEmpty else { continue }
          try await write(Array(frames.utf8))
          hasBegun = true
        }
        try await write(Array(writer.end().joined().utf8))
      } catch let error as InferenceError {
        guard hasBegun else { throw error }
        try await write(Array(writer.failure(GatewayFault(error)).joined().utf8))
      }
    }
    return .events(stream, `protocol`, headers: lost + headers(of: found))
  }

  /// Who is asked with a call that is translated.
  ///
  /// - Parameter onFound: told of an answer that was there.
  func provider(
    for call: Call, onFound: @escaping @Sendable (StoredAnswer) -> Void = { _ in }
  ) -> RoutedProvider {
    RoutedProvider(
      call.route, over: upstreams, for: call.context, delivery: call.facts.isStreamed ? .asItComes : .whole,
      random: random, books: books, cache: cache(for: call), onFound: onFound)
  }

  /// Which fields of the request had no place in the provider's protocol.
  static func lost(_ pointers: [String]) -> [(name: String, value: String)] {
    let shown = pointers.filter { $0.utf8.allSatisfy { (0x21...0x7e).contains($0) } }.prefix(20)
    return shown.isEmpty ? [] : [("arbiter-untranslated", shown.joined(separator: ", "))]
  }
}
