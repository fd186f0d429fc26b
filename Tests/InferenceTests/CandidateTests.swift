import Inference
import StrictJSON
import Testing

/// A network in which every address lists the same.
private struct OneList: ModelFinder {
  var models: [String] = ["a", "b"]
  var error: InferenceError?

  func models(of provider: String, at endpoint: EndpointURL, key: APIKey?) async throws -> [FoundModel] {
    if let error { throw error }
    return models.map { FoundModel($0) }
  }
  func localServers() async -> [FoundServer] { [] }
  func provider(named name: String, at endpoint: EndpointURL, key: APIKey?, times: CallTimes) -> any ModelProvider {
    BuiltInModel()
  }
}

@Suite struct `A key and an address that are brought` {
  @Test(
    arguments: [
      ("sk-or-v1-canary1234", nil, "OpenRouter", "https://openrouter.ai/api/v1"),
      ("sk-canary123456", nil, "OpenAI", "https://api.openai.com/v1"),
      ("sk-canary123456", "https://api.deepseek.example/v1", "api.deepseek.example", "https://api.deepseek.example/v1"),
      (nil, "http://127.0.0.1:11434/v1/", "Ollama", "http://127.0.0.1:11434/v1"),
      ("sk-ant-api03-canary", nil, "Anthropic", "https://api.anthropic.com/v1"),
      (nil, "http://127.0.0.1:9999/v1", "127.0.0.1", "http://127.0.0.1:9999/v1"),
      ("canary", "https://api.groq.com/openai/v1", "Groq", "https://api.groq.com/openai/v1"),
      ("sk-ant-canary1234", "https://gateway.example/v1", "gateway.example", "https://gateway.example/v1"),
    ] as [(String?, String?, String, String)])
  func `say whom to ask`(key: String?, address: String?, provider: String, asked: String) throws {
    let candidate = try ModelCandidate(key: key, baseURL: address)
    #expect(candidate.standing == .askable(provider: provider, at: try #require(EndpointURL(asked))))
  }

  @Test(
    arguments: [
      ("AIzaSyCanary1234", nil, "Google Gemini", "coming"),
      ("canary-of-nobody", nil, nil, "Say the provider's address"),
      ("sk-or-v1-canary1234", "https://api.openai.com/v1", "OpenRouter", "It was not sent there."),
    ] as [(String, String?, String?, String)])
  func `that are of no use yet say why, and whose they are`(
    key: String, address: String?, provider: String?, words: String
  ) async throws {
    let check = try await OneList().check(ModelCandidate(key: key, baseURL: address))
    #expect(!check.isUsable)
    #expect(check.provider == provider)
    #expect(check.message.contains(words))
    #expect(check.models.isEmpty && check.baseURL == nil)
    #expect(!"\(check)".lowercased().contains("canary"))
  }

  @Test(
    arguments: [
      (nil, nil, [""]), ("", "", [""]), ("has blank", nil, ["/key"]), (nil, "models.example.com", ["/baseURL"]),
      (nil, "https://canary@models.example.com/v1", ["/baseURL"]),
      ("ca nary", "ftp://canary", ["/key", "/baseURL"]),
    ] as [(String?, String?, [String])])
  func `that cannot be used are refused with each place, and never quoted`(
    key: String?, address: String?, pointers: [String]
  ) throws {
    let refusal = try #require(throws: ModelCandidate.Refusal.self) { try ModelCandidate(key: key, baseURL: address) }
    #expect(refusal.errors.map(\.pointer) == pointers)
    #expect(!"\(refusal.errors)".contains("canary"))
  }

  @Test func `are shown with the models, without those that are keys`() async throws {
    let candidate = try ModelCandidate(key: "my-own-secret", baseURL: "https://models.example.com/v1")
    let check = try await OneList(models: ["b", "my-own-secret", "sk-canary1234567", "a"]).check(candidate)
    #expect(check.models == ["b", "a"])
    #expect(check.message == "models.example.com answers, with 2 models.")
  }

  @Test func `that a provider refuses are told in its words, without the key`() async throws {
    let candidate = try ModelCandidate(key: "my-own-secret", baseURL: "https://models.example.com/v1")
    let error = InferenceError(.badKey, from: "x", "It does not take my-own-secret.")
    let check = try await OneList(error: error).check(candidate)
    #expect(!check.isUsable)
    #expect(check.message == "It does not take [key].")
  }

  @Test func `of a provider that lists to everybody are not called proved`() async throws {
    let check = try await OneList().check(ModelCandidate(key: "sk-or-v1-canary1234", baseURL: nil))
    #expect(check.message.contains("shows at the first call"))
  }

  @Test(arguments: [
    ("http://127.0.0.1/v1", true), ("http://127.255.0.9:1/v1", true), ("http://[::1]:8080", true),
    ("http://128.0.0.1/v1", false), ("http://127.0.0.256/v1", false), ("http://127.00.0.1/v1", false),
    ("http://localhost/v1", false), ("https://127.0.0.1.example/v1", false),
  ])
  func `know this machine by its numbers`(address: String, isLoopback: Bool) throws {
    #expect(try #require(EndpointURL(address)).isLoopback == isLoopback)
  }

  @Test(arguments: [
    "https://x:0/", "https://x:65536/", "https://x:8x/", "https://[::1/", "https://[g]/", "https://x%41/",
  ])
  func `have a host and a port, or are no address`(address: String) { #expect(EndpointURL(address) == nil) }
}
