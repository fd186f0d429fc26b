import Inference
import Testing

@Suite struct Keys {
  @Test(
    arguments: [
      ("sk-ant-api03-abc", "Anthropic", "https://api.anthropic.com/v1"),
      ("sk-or-v1-abc", "OpenRouter", "https://openrouter.ai/api/v1"),
      ("gsk_abc", "Groq", "https://api.groq.com/openai/v1"), ("AIzaSyAbc", "Google Gemini", nil),
      ("xai-abc", "xAI", "https://api.x.ai/v1"), ("hf_abc", "Hugging Face", "https://router.huggingface.co/v1"),
      ("sk-proj-abc", "OpenAI", "https://api.openai.com/v1"), ("sk-abc", "OpenAI", "https://api.openai.com/v1"),
    ] as [(String, String, String?)])
  func `are recognised by their shape`(text: String, provider: String, address: String?) throws {
    let key = try #require(APIKey(text))
    let shape = try #require(KeyShape.recognize(key))
    #expect(shape.provider == provider)
    #expect(shape.standing == address.map { .usable(baseURL: $0) } ?? .coming)
  }

  @Test(arguments: [
    ("https://api.anthropic.com/v1", ModelWire.anthropic), ("https://api.deepseek.com/anthropic", .anthropic),
    ("https://anthropic.example/v1", .openAI), ("http://127.0.0.1:11434/api", .ollama),
    ("http://127.0.0.1:11434/v1", .openAI), ("https://models.example.com/api/v1", .openAI), ("https://x", .openAI),
  ])
  func `an address says which protocol is spoken there`(address: String, wire: ModelWire) throws {
    #expect(ModelWire(spokenAt: try #require(EndpointURL(address))) == wire)
  }

  @Test func `of no known shape are nobody's`() throws {
    let key = try #require(APIKey("0123456789abcdef"))
    #expect(KeyShape.recognize(key) == nil)
  }

  @Test func `no shape hides another`() {
    for (place, shape) in KeyShape.all.enumerated() {
      for earlier in KeyShape.all[..<place] { #expect(!shape.prefix.hasPrefix(earlier.prefix)) }
    }
  }

  @Test(arguments: ["", " ", "a b", "a\nb", "schlüssel", "a\u{0}", String(repeating: "k", count: 5_000)])
  func `that cannot stand in a header are none`(text: String) { #expect(APIKey(text) == nil) }

  @Test func `lose the blanks around them`() { #expect(APIKey(" \n sk-abc \t")?.secret == "sk-abc") }

  @Test(arguments: [
    ("Incorrect key sk-proj-1234567890abcdef.", "Incorrect key [key]"),
    ("authorization: Bearer abcdef0123456789", "authorization: Bearer [key]"),
    ("gsk_1234567890 and (AIzaSy0123456789)", "[key] and ([key])"), ("a sk-8 bolt", "a sk-8 bolt"),
    ("the bearer of news", "the bearer of news"), ("no key at all", "no key at all"), ("", ""),
  ])
  func `are taken out of texts`(text: String, clean: String) { #expect(KeyScrubber.scrub(text) == clean) }

  @Test func `that have no shape are taken out where they are known`() {
    #expect(KeyScrubber.scrub("x=secret1,y=secret1", knowing: APIKey("secret1")) == "x=[key],y=[key]")
  }

  @Test func `are not printed`() throws {
    let key = try #require(APIKey("sk-canary"))
    var dumped = ""
    dump(key, to: &dumped)
    #expect(!"\(key) \(String(reflecting: key)) \(dumped) \([key]) \(Optional(key) as Any)".contains("canary"))
  }
}
