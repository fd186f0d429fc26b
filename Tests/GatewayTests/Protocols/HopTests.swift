import Gateway
import Inference
import StrictJSON
import Testing
import Vocabulary

@Suite("A call between two that speak the same")
struct HopTests {
  @Test func `is handed on with everything in its order, another model and the question for usage`() throws {
    let text =
      #"{"zeta":{"b":1,"a":[2.50,null]},"model":"fast","stream":true,"stream_options":{"other":1},"messages":[],"seed":9007199254740993}"#
    let hop = ClientProtocol.chatCompletions.hop(try JSON(parsing: text), model: "gpt-x")
    #expect(
      hop.compactText()
        == #"{"zeta":{"b":1,"a":[2.5,null]},"model":"gpt-x","stream":true,"stream_options":{"other":1,"include_usage":true},"messages":[],"seed":9007199254740993}"#
    )
  }

  @Test func `asks for usage only where there is a stream and it must be asked for`() throws {
    let plain = ClientProtocol.chatCompletions.body()
    #expect(ClientProtocol.chatCompletions.hop(plain, model: "x")["stream_options"] == nil)
    let messages = ClientProtocol.messages.body(["stream": true])
    #expect(
      ClientProtocol.messages.hop(messages, model: "x") == ClientProtocol.messages.body(["stream": true, "model": "x"]))
  }

  private static let usage = #"{"prompt_tokens":3,"completion_tokens":4,"prompt_tokens_details":{"cached_tokens":1}}"#

  private static func chunk(_ delta: String, reason: String = "null", _ more: String = "") -> String {
    #"{"id":"x", "model":"up","choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(reason)}]\#(more)}"#
  }

  @Test(arguments: [true, false])
  func `hands chunks of OpenAI's protocol on byte for byte, but for usage that nobody wants`(wanted: Bool) {
    var filter = ChatHopFilter(wantsUsage: wanted)
    let plain = [
      Self.chunk(#"{"role":"assistant"}"#), Self.chunk(#"{"content":"\"usage\": \"error\":"}"#),
      Self.chunk(#"{"content":"usage"}"#), Self.chunk("{}", reason: #""stop""#, #","usage":null"#),
    ]
    for data in plain { #expect(filter.passed(data) == data) }
    #expect(filter.usage == nil && filter.model == "up")
    let last = #"{"choices":[], "usage" : \#(Self.usage)}"#
    #expect(filter.passed(last) == (wanted ? last : nil))
    #expect(filter.usage == TokenUsage(input: 3, output: 4, cachedInput: 1))
    #expect(filter.passed("[DONE]") == "[DONE]")
    #expect(filter.isDone && filter.isWhole && !filter.hasFailed)
  }

  @Test func `takes usage out of a chunk that has more in it`() {
    var filter = ChatHopFilter(wantsUsage: false)
    let passed = filter.passed(
      Self.chunk(#"{"content":"x"}"#, reason: #""stop""#, #","usage":\#(Self.usage),"zeta":1"#))
    #expect(
      passed
        == #"{"id":"x","model":"up","choices":[{"index":0,"delta":{"content":"x"},"finish_reason":"stop"}],"zeta":1}"#)
    #expect(filter.usage?.output == 4 && filter.isWhole && !filter.isDone)
  }

  @Test func `is cut when no reason came, and failed when an error did`() {
    var cut = ChatHopFilter(wantsUsage: true)
    _ = cut.passed(Self.chunk(#"{"content":"half"}"#))
    #expect(!cut.isWhole && !cut.hasFailed)
    let error = #"{"error":{"message":"busy"}}"#
    #expect(cut.passed(error) == error)
    #expect(cut.hasFailed && !cut.isWhole)
    _ = cut.passed("[DONE]")
    #expect(!cut.isWhole, "no mark makes an answer whole that failed")
  }

  @Test(arguments: [
    "", "x", "[]", #"{"a":"b"#, #"{"a":[1,{"b":"}"}]"#, #"{"choices":[{"delta":{"content":"ab{"id":"x"}"#, "null",
    #""{}""#,
    #"{"a":1} {"b":2}"#, #"{"a":"\"}"#,
  ])
  func `never hands on an event that was broken on its way, nor anything after it`(data: String) {
    let filters: [any HopFilter] = [ChatHopFilter(wantsUsage: true), MessagesHopFilter()]
    for var filter in filters {
      let whole = #" {"choices":[{"delta":{"content":"\\\"}{[]"}}]} "#
      #expect(filter.passed(whole) == whole && !filter.isBroken)
      #expect(filter.passed(data) == nil && filter.isBroken)
      #expect(filter.passed(whole) == nil)
      _ = filter.passed("[DONE]")
      #expect(!filter.isWhole, "text is missing, so no end makes it whole")
    }
  }

  @Test func `hands all of Anthropic's events on and reads what they say`() {
    var filter = MessagesHopFilter()
    let events = [
      #"{"type":"message_start","message":{"model":"claude","usage":{"input_tokens":10,"cache_read_input_tokens":5,"output_tokens":1}}}"#,
      #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"message_stop"}}"#,
      #"{"type":"ping"}"#,
      #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}"#,
      #"{"type":"message_stop"}"#,
    ]
    for (index, event) in events.enumerated() {
      #expect(filter.passed(event) == event)
      #expect(filter.isWhole == (index >= 3))
    }
    #expect(filter.isDone && filter.model == "claude")
    #expect(filter.usage == TokenUsage(input: 15, output: 7, cachedInput: 5))
    _ = filter.passed(#"{"type":"error","error":{"type":"overloaded_error"}}"#)
    #expect(filter.hasFailed && !filter.isWhole)
  }

  @Test func `of embeddings needs a model and an input`() throws {
    let body: JSON = ["model": "e", "input": ["a", "b"], "dimensions": 8]
    let facts = try Embeddings.facts(of: body, bytes: 50)
    #expect(facts.model == "e" && facts.inputTokensMax == 50 && facts.outputTokensMax == 0)
    #expect(Embeddings.hop(body, model: "up") == ["model": "up", "input": ["a", "b"], "dimensions": 8])
    do throws(GatewayFault) {
      _ = try Embeddings.facts(of: ["model": 1], bytes: 5)
      Issue.record("it was taken")
    } catch {
      #expect(error.errors.map(\.pointer) == ["/model", "/input"])
    }
  }
}

@Suite("The list of models")
struct ModelListTests {
  private static let models = [
    ListedModel(id: "fast", created: Timestamp(microseconds: 1_795_000_000_000_000), owner: "arbiter"),
    ListedModel(id: "slow", created: Timestamp(microseconds: 0), owner: "acme", displayName: "Slow & sure"),
  ]

  @Test func `has OpenAI's form`() {
    #expect(
      ModelList.openAI(Self.models) == [
        "object": "list",
        "data": [
          ["id": "fast", "object": "model", "created": 1_795_000_000, "owned_by": "arbiter"],
          ["id": "slow", "object": "model", "created": 0, "owned_by": "acme"],
        ],
      ])
  }

  @Test func `has Anthropic's form`() {
    let list = ModelList.anthropic(Self.models)
    #expect(list["has_more"] == false && list["first_id"] == "fast" && list["last_id"] == "slow")
    #expect(
      list["data"]?[1] == [
        "type": "model", "id": "slow", "display_name": "Slow & sure", "created_at": "1970-01-01T00:00:00.000000Z",
      ])
    #expect(ModelList.anthropic([])["first_id"] == .null)
  }
}
