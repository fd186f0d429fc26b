import AsyncHTTPClient
import Inference
import InferenceConformance
import ModelServer
import StrictJSON
import Testing

@testable import InferenceProviders

extension OverTheWire {
  @Suite(.timeLimit(.minutes(5))) struct `What a model takes, as its provider says it` {
    /// What a server lists that answers each path with its page, and 404 elsewhere; and what it was asked.
    private func listed(
      _ pages: [String: String], below ending: String = "/v1"
    ) async throws -> ([FoundModel], [ModelServer.Request]) {
      try await ModelServer.run(playing: []) { server in
        server.play { request in
          let model = (try? JSON(parsing: request.body))?["model"]?.text
          let page = pages[request.path] ?? model.flatMap { pages["\(request.path) \($0)"] }
          return page.map { .plain(200, $0) } ?? .plain(404, "{}")
        }
        let client = HTTPClient.forModels()
        let address = server.baseURL.replacing("/v1", with: ending)
        do {
          let models = try await ProviderProbe(client: client).models(
            at: try #require(EndpointURL(address)), key: APIKey("sk-canary-1234567890"), provider: "Test")
          try await client.shutdown()
          return (models, server.received)
        } catch {
          try await client.shutdown()
          throw error
        }
      }
    }

    @Test(
      arguments: [
        // OpenRouter
        (
          #""context_length":131072,"top_provider":{"context_length":65536,"max_completion_tokens":8192}"#, 65_536,
          8_192
        ),
        // Groq
        (#""context_window":131072,"max_completion_tokens":32768"#, 131_072, 32_768),
        // vLLM
        (#""owned_by":"vllm","max_model_len":4096"#, 4_096, nil),
        // Hugging Face's router
        (
          #""providers":[{"provider":"a","context_length":40960},{"provider":"b"},{"context_length":32768}]"#, 32_768,
          nil
        ),
        // llama.cpp
        (#""meta":{"n_ctx":8192,"n_ctx_train":262144}"#, 8_192, nil),
        (#""meta":{"n_ctx_train":262144}"#, nil, nil),
        // OpenAI
        (#""owned_by":"openai""#, nil, nil),
        // Nobody
        (#""context_length":0,"max_completion_tokens":-1"#, nil, nil),
        (#""context_length":9007199254740993"#, nil, nil),
        (#""context_length":"131072","max_tokens":4096"#, nil, nil),
        (#""context_length":1e400"#, nil, nil),
        (#""top_provider":[],"meta":7,"providers":{"context_length":4096}"#, nil, nil),
      ] as [(String, Int?, Int?)])
    func `is read from its list, where it is a number that can be believed`(
      members: String, context: Int?, output: Int?
    ) async throws {
      let list = #"{"data":[{"id":"m",\#(members)},{"id":"other"}]}"#
      guard (try? JSON(parsing: list)) != nil else {
        await #expect(throws: InferenceError.self) { try await listed(["/v1/models": list]) }
        return
      }
      let models = try await listed(["/v1/models": list]).0
      #expect(
        models == [FoundModel("m", contextTokens: context, outputTokensMax: output), FoundModel("other")])
    }

    @Test func `is read from Anthropic's list`() async throws {
      let models = try await listed(
        [
          "/anthropic/models?limit=1000":
            #"{"data":[{"id":"claude","max_input_tokens":200000,"max_tokens":64000},{"id":"old"}]}"#
        ], below: "/anthropic"
      ).0
      #expect(
        models == [FoundModel("claude", contextTokens: 200_000, outputTokensMax: 64_000), FoundModel("old")])
    }

    @Test func `is what one slot has of an older llama.cpp, which is asked without the key`() async throws {
      let (models, received) = try await listed([
        "/v1/models": #"{"data":[{"id":"m.gguf","owned_by":"llamacpp","meta":{"n_ctx_train":262144}}]}"#,
        "/props": #"{"default_generation_settings":{"n_ctx":4096},"total_slots":2}"#,
      ])
      #expect(models == [FoundModel("m.gguf", contextTokens: 4_096)])
      #expect(received.map(\.path) == ["/v1/models", "/props"])
      #expect(received.map { $0.headers["authorization"] } == ["Bearer sk-canary-1234567890", nil])
    }

    @Test func `is what LM Studio has loaded a model with`() async throws {
      let (models, _) = try await listed([
        "/v1/models":
          #"{"data":[{"id":"a","owned_by":"organization_owner"},{"id":"b","owned_by":"organization_owner"}]}"#,
        "/api/v0/models":
          #"{"data":[{"id":"a","state":"loaded","max_context_length":131072,"loaded_context_length":16384},{"id":"b","max_context_length":32768}]}"#,
      ])
      #expect(models == [FoundModel("a", contextTokens: 16_384), FoundModel("b")])
    }

    @Test func `is what Ollama has loaded a model with, or what it would give it`() async throws {
      let list = ["a", "b", "c", "d"].map { #"{"id":"\#($0)","owned_by":"library"}"# }.joined(separator: ",")
      let (models, received) = try await listed([
        "/v1/models": #"{"data":[\#(list)]}"#,
        "/api/ps": #"{"models":[{"name":"a","context_length":32768}]}"#,
        "/api/show b": #"{"model_info":{"general.architecture":"qwen3","qwen3.context_length":262144}}"#,
        "/api/show c":
          #"{"model_info":{"general.architecture":"x","x.context_length":8192},"parameters":"stop  \"<|x|>\"\nnum_ctx   16384"}"#,
      ])
      #expect(
        models == [
          FoundModel("a", contextTokens: 32_768), FoundModel("b", contextTokens: 4_096),
          FoundModel("c", contextTokens: 8_192), FoundModel("d"),
        ])
      #expect(received.filter { $0.path.hasPrefix("/api") }.allSatisfy { $0.headers["authorization"] == nil })
    }

    @Test func `is what Ollama is asked for in its own protocol, where the model takes so much`() async throws {
      let (models, _) = try await listed(
        [
          "/api/tags": #"{"models":[{"name":"big"},{"name":"small"}]}"#,
          "/api/show big": #"{"model_info":{"general.architecture":"q","q.context_length":262144}}"#,
          "/api/show small": #"{"model_info":{"general.architecture":"q","q.context_length":2048}}"#,
        ], below: "/api")
      #expect(models == [FoundModel("big", contextTokens: 8_192), FoundModel("small", contextTokens: 2_048)])
    }

    @Test(arguments: [(100, 8_192), (30_000, 16_384), (200_000, 131_072)])
    func `is asked of Ollama with room for the request and its answer`(bytes: Int, tokens: Int64) async throws {
      let request = ModelRequest(
        model: "m", messages: [ModelMessage(.user, String(repeating: "x", count: bytes))], outputTokensMax: 1_000)
      let received = try await ProviderUnderTest.ask(.lines(["Hm."]), over: .ollama, request: request).1
      #expect(try JSON(parsing: received[0].body)["options"]?["num_ctx"] == .integer(tokens))
    }

    @Test(
      arguments: [
        (
          #"{"error":{"message":"This model's maximum context length is 8192 tokens. However, you requested 9001."}}"#,
          8_192
        ),
        (#"{"error":{"message":"maximum context length is 131,072 tokens"}}"#, 131_072),
        (#"{"error":{"message":"The decoder prompt is longer than the maximum model length of 4096."}}"#, 4_096),
        (
          #"{"error":{"type":"invalid_request_error","message":"prompt is too long: 215000 tokens > 200000 maximum"}}"#,
          200_000
        ),
        (
          #"{"error":{"message":"input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000, decrease"}}"#,
          200_000
        ),
        (
          #"{"error":{"code":400,"message":"request (1952 tokens) exceeds the available context size (1024 tokens), try increasing it","type":"exceed_context_size_error","n_prompt_tokens":1952,"n_ctx":1024}}"#,
          1_024
        ),
        (#"{"error":{"message":"the request exceeds the available context size (4096 tokens)"}}"#, 4_096),
        (#"{"error":"The model is loaded with context length of only 4096 tokens, which is not enough."}"#, 4_096),
        (
          #"{"error":{"message":"Prompt contains 40000 tokens, too large for model with 32768 maximum context length"}}"#,
          32_768
        ),
        (#"{"error":{"code":"context_length_exceeded","message":"Please reduce the length of the messages."}}"#, nil),
        (#"{"error":{"message":"maximum context length is 7 tokens"}}"#, nil),
        (#"{"error":{"code":"context_length_exceeded","message":"no","n_ctx":-4}}"#, nil),
      ] as [(String, Int?)])
    func `is heard where a request was too long`(body: String, tokens: Int?) async throws {
      let error = try await ProviderUnderTest.failure(.plain(400, body))
      #expect(error.kind == .contextLength, "\(error)")
      #expect(error.contextTokens == tokens)
    }

    @Test func `is told by no other refusal`() async throws {
      let error = try await ProviderUnderTest.failure(
        .plain(500, #"{"error":{"message":"maximum context length is 8192 tokens"}}"#))
      #expect(error.contextTokens == nil)
    }
  }
}

@Suite struct `What OpenAI's models take` {
  @Test(
    arguments: [
      ("gpt-5-mini", 272_000), ("gpt-5-mini-2025-08-07", 272_000), ("gpt-4o-mini", 128_000), ("gpt-4o-2024-05-13", nil),
      ("gpt-5-chat-latest", nil), ("o3-mini-2025-01-31", 200_000), ("gpt-6", nil),
    ] as [(String, Int?)])
  func `is known by name, also of dated ones, and of no other`(name: String, tokens: Int?) {
    #expect(OpenAIModels.complete(FoundModel(name)).contextTokens == tokens)
  }
}
