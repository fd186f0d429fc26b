import AsyncHTTPClient
import Inference
import InferenceConformance
import InferenceProviders
import ModelServer
import Testing

/// One after another: each measures times, and none is to be slowed by the others.
@Suite(.serialized) enum OverTheWire {}

/// A provider beside a server that plays a script.
enum ProviderUnderTest {
  /// What a provider that was asked once said, and what the server was asked.
  static func ask(
    _ script: [ModelServer.Step], over wire: Wire = .openAI, request: ModelRequest = InferenceConformance.request,
    times: CallTimes = CallTimes(),
    limits: StreamLimits = StreamLimits(), key: String? = "sk-canary-1234567890"
  ) async throws -> (Result<ModelAnswer, InferenceError>, [ModelServer.Request]) {
    try await ModelServer.run(playing: script) { server in
      let endpoint = try #require(EndpointURL(server.baseURL))
      let client = HTTPClient.forModels(times: times)
      let provider = wire.provider(
        at: endpoint, key: key.flatMap { APIKey($0) }, client: client, times: times, limits: limits)
      let result: Result<ModelAnswer, InferenceError>
      do { result = .success(try await provider.answer(to: request)) } catch let error as InferenceError {
        result = .failure(error)
      } catch {
        // A test that ran out of time is cancelled. A client that is not shut down would end all tests with it.
        try await client.shutdown()
        throw error
      }
      try await client.shutdown()
      return (result, server.received)
    }
  }

  static func answer(_ script: [ModelServer.Step], times: CallTimes = CallTimes()) async throws -> ModelAnswer {
    try await ask(script, times: times).0.get()
  }

  static func failure(
    _ script: [ModelServer.Step], times: CallTimes = CallTimes(), limits: StreamLimits = StreamLimits()
  ) async throws -> InferenceError {
    switch try await ask(script, times: times, limits: limits).0 {
    case .success(let answer): throw Surprise(answer: answer)
    case .failure(let error): return error
    }
  }

  struct Surprise: Error { let answer: ModelAnswer }

  static let end = ModelServer.Step.event(#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#)
  static let hi = ModelServer.Step.event(#"{"model":"m","choices":[{"delta":{"content":"hi"}}]}"#)
  static let head = ModelServer.Step.streamHead
}
