import AsyncHTTPClient
import Inference
import InferenceConformance
import InferenceProviders
import ModelServer
import NIOSSL
import StrictJSON
import Synchronization
import Testing

extension OverTheWire {
  /// HTTP/2 is not asked for in so many words: it is agreed on with whoever offers it over TLS (RFC 9113, section 3.2).
  @Suite(.timeLimit(.minutes(5))) struct `Over HTTP/2` {
    /// Beside a server that offers HTTP/2 or does not, with a client as production makes it, but for whom it trusts.
    private func withProvider(
      offeringHTTP2: Bool = true, _ script: [ModelServer.Step],
      _ body: @Sendable (OpenAICompatibleProvider, ModelServer) async throws -> Void
    ) async throws {
      let server = try await ModelServer.start(playing: script, showing: .right, offersHTTP2: offeringHTTP2)
      var configuration = HTTPClient.Configuration.forModels()
      var security = TLSConfiguration.makeClientConfiguration()
      let root = try NIOSSLCertificate(bytes: Array(ShownCertificate.root.utf8), format: .pem)
      security.trustRoots = .certificates([root])
      configuration.tlsConfiguration = security
      let client = HTTPClient(configuration: configuration)
      do {
        let provider = OpenAICompatibleProvider(
          name: "Test", at: try #require(EndpointURL(server.baseURL)), key: APIKey("sk-canary-1234567890"),
          client: client)
        try await body(provider, server)
      } catch {
        try? await client.shutdown()
        await server.stop()
        throw error
      }
      try await client.shutdown()
      await server.stop()
    }

    @Test func `a streamed and a whole answer come over one connection, where it is offered`() async throws {
      try await withProvider(.answer(["one ", "two"])) { provider, server in
        #expect(try await provider.answer(to: InferenceConformance.request).text == "one two")
        server.play(.plain(200, #"{"model":"m","choices":[{"message":{"content":"whole"},"finish_reason":"stop"}]}"#))
        let text = Mutex("")
        try await provider.send(
          WireCall(.chatCompletions, body: ["messages": []], isStreamed: false), to: "test-model"
        ) { frame in
          for case .text(let piece) in frame.events { text.withLock { $0 += piece } }
        }
        #expect(text.withLock { $0 } == "whole")
        #expect(server.received.map(\.version) == ["HTTP/2.0", "HTTP/2.0"])
        #expect(server.received.map { $0.headers["authorization"] }.allSatisfy { $0 == "Bearer sk-canary-1234567890" })
        #expect(server.connections == 1)
      }
    }

    @Test func `HTTP/1.1 is spoken where nothing else is offered`() async throws {
      try await withProvider(offeringHTTP2: false, .answer(["one"])) { provider, server in
        let answer = try await provider.answer(to: InferenceConformance.request)
        #expect(answer.text == "one")
        #expect(server.received.map(\.version) == ["HTTP/1.1"])
      }
    }

    @Test func `forty answers come at once over one connection`() async throws {
      try await withProvider(.answer(["first"])) { provider, server in
        _ = try await provider.answer(to: InferenceConformance.request)
        server.play(.beginning(["one "]) + [.pause] + .ending(["two"]))
        let begun = AsyncStream.makeStream(of: Void.self)
        let texts = try await withThrowingTaskGroup(of: String.self) { group in
          for _ in 0..<40 {
            group.addTask {
              var text = ""
              for try await event in provider.stream(InferenceConformance.request) {
                guard case .text(let piece) = event else { continue }
                if text.isEmpty { begun.continuation.yield() }
                text += piece
              }
              return text
            }
          }
          var count = 0
          for await _ in begun.stream {
            count += 1
            if count == 40 { break }
          }
          // All of them are in the middle of their answers.
          server.release()
          return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(texts == Array(repeating: "one two", count: 40))
        #expect(server.connections == 1)
      }
    }

    @Test func `a reader who leaves ends its own answer, and the connection goes on`() async throws {
      try await withProvider(.beginning(["one "])) { provider, server in
        for try await event in provider.stream(InferenceConformance.request) {
          if case .text = event { break }
        }
        await server.departure()
        server.play(.answer(["well"]))
        #expect(try await provider.answer(to: InferenceConformance.request).text == "well")
        #expect(server.connections == 1)
      }
    }

    @Test(arguments: [ModelServer.Step.cut, .end])
    func `an answer without its end is a cut, and keeps what had come`(ending: ModelServer.Step) async throws {
      try await withProvider(.beginning(["one "]) + [ending]) { provider, server in
        let error = try await #require(throws: InferenceError.self) {
          try await provider.answer(to: InferenceConformance.request)
        }
        #expect(error.kind == .cut)
        #expect(error.kept == "one ")
        #expect(server.received.map(\.version) == ["HTTP/2.0"])
      }
    }
  }
}
