import Gateway
import Inference
import StrictJSON
import Testing
import Vocabulary

@testable import InferenceProviders

/// What the gateway writes for its clients is what our own readers of the same protocols read from upstreams.
@Suite("What the gateway writes")
struct ClientRoundTripTests {
  @Test(arguments: 0..<300)
  func `in OpenAI's chat protocol is read back as the same events`(seed: Int) throws {
    let events = GeneratedEvents.make(seed: UInt64(seed))
    let reader = ChatAnswerReader(provider: "p", failure: Self.failure, eventBytesMax: 1 << 20)
    // A proof of a thought has no place there; usage comes once, at the end.
    let expected = Self.withoutUsage(events).filter {
      if case .thinking(let piece) = $0 { !piece.text.isEmpty } else { true }
    }
    let (read, last) = try Self.read(events, as: .chatCompletions, with: reader)
    #expect(Self.withoutUsage(read) == expected, "seed \(seed)")
    #expect(last == Self.lastUsage(events), "seed \(seed)")
  }

  @Test(arguments: 0..<300)
  func `in Anthropic's protocol is read back as the same events`(seed: Int) throws {
    let events = GeneratedEvents.make(seed: UInt64(seed))
    let reader = MessagesAnswerReader(
      provider: "p", failure: Self.failure, eventBytesMax: 1 << 20, answersByTool: false)
    let (read, last) = try Self.read(events, as: .messages, with: reader)
    #expect(Self.withoutUsage(read) == Self.withoutUsage(events), "seed \(seed)")
    // The protocol knows no usage that is not known, and none of thoughts.
    let told = Self.lastUsage(events)
    #expect(
      last == TokenUsage(input: told?.input ?? 0, output: told?.output ?? 0, cachedInput: told?.cachedInput),
      "seed \(seed)")
  }

  @Test(arguments: 0..<100)
  func `at once is read back as the same answer`(seed: Int) throws {
    let events = GeneratedEvents.make(seed: UInt64(seed))
    var answer = ModelAnswer(model: "", text: "", usage: nil, finish: .unstated)
    for event in events { answer.add(event) }
    var chat = ChatAnswerReader(provider: "p", failure: Self.failure, eventBytesMax: 1 << 20)
    let chatDocument = ClientProtocol.chatCompletions.document(answer, try Self.head(.chatCompletions))
    var read = ModelAnswer(model: "", text: "", usage: nil, finish: .unstated)
    for event in try chat.read(chatDocument.compactText()) { read.add(event) }
    #expect(read.text == answer.text && read.toolCalls == answer.toolCalls && read.usage == answer.usage)

    var messages = MessagesAnswerReader(
      provider: "p", failure: Self.failure, eventBytesMax: 1 << 20, answersByTool: false)
    for index in answer.toolCalls.indices { answer.toolCalls[index].arguments = #"{"a":"\#(index)"}"# }
    let document = ClientProtocol.messages.document(answer, try Self.head(.messages))
    read = ModelAnswer(model: "", text: "", usage: nil, finish: .unstated)
    for event in try messages.read(document.compactText()) { read.add(event) }
    #expect(read.text == answer.text && read.toolCalls == answer.toolCalls && read.thinking == answer.thinking)
  }

  @Test func `as a failure is read back as one of the same kind`() throws {
    for kind in [InferenceError.Kind.rateLimited, .overloaded, .contentFiltered] {
      let fault = GatewayFault(InferenceError(kind, from: "up", "No."))
      var writer = ClientProtocol.chatCompletions.writer(try Self.head(.chatCompletions))
      var reader = ChatAnswerReader(provider: "p", failure: Self.failure, eventBytesMax: 1 << 20)
      let data = try #require(writer.failure(fault).flatMap(Self.data).first)
      do throws(InferenceError) {
        _ = try reader.read(data)
        Issue.record("no failure was read")
      } catch {
        #expect(error.kind == kind)
      }
    }
  }

  @Test func `of a request between the same protocols is what our own provider would ask`() throws {
    let request = ModelRequest(
      model: "m",
      messages: [
        ModelMessage(.system, "Be brief."),
        ModelMessage(.user, content: [.text("Look."), .image(.url("https://a.example/b"))]),
        ModelMessage(
          .assistant, content: [.text("I ask."), .toolCall(ModelToolCall(id: "c", name: "t", arguments: #"{"b":1}"#))]),
        ModelMessage(.user, content: [.toolResult(ModelToolResult(of: "c", "Rain."))]), ModelMessage(.user, "So?"),
      ], tools: [ModelTool(name: "t", summary: "d", parameters: ["type": "object"])], toolChoice: .required,
      outputTokensMax: 500, temperature: 0.5, stop: ["END"])
    #expect(try ClientProtocol.chatCompletions.request(of: request.chatCompletionsBody(), bytes: 1).request == request)
    #expect(try ClientProtocol.messages.request(of: request.messagesBody(), bytes: 1).request == request)
    var thinking = request
    (thinking.thinkingTokensMax, thinking.temperature) = (2_000, nil)
    #expect(try ClientProtocol.messages.request(of: thinking.messagesBody(), bytes: 1).request == thinking)
  }

  private static let failure = ProviderFailure(provider: "p", key: nil)

  private static func head(_ speaks: ClientProtocol) throws -> AnswerHead {
    let body: JSON = [
      "model": "m", "max_tokens": 5, "messages": [["role": "user", "content": "hi"]],
      "stream_options": ["include_usage": true],
    ]
    return AnswerHead(
      id: "x", created: Timestamp(microseconds: 0), facts: try speaks.facts(of: body, bytes: 100), body: body)
  }

  /// Writes, cuts into events as the network side does, and reads.
  private static func read(
    _ events: [ModelEvent], as speaks: ClientProtocol, with reader: some AnswerReader
  ) throws -> ([ModelEvent], TokenUsage?) {
    var writer = speaks.writer(try head(speaks))
    var reader = reader
    let wire = (events.flatMap { writer.frames(for: $0) } + [speaks.heartbeat] + writer.end()).joined()
    var read: [ModelEvent] = []
    for data in Self.data(wire) where !reader.isDone { read += try reader.read(data) }
    #expect(reader.isDone)
    read += try reader.end()
    return (read, lastUsage(read))
  }

  private static func data(_ wire: String) -> [String] {
    var parser = EventStreamParser(lineBytesMax: 1 << 20, eventBytesMax: 1 << 20)
    return ((try? parser.read(wire.utf8)) ?? []).map(\.data)
  }

  private static func withoutUsage(_ events: [ModelEvent]) -> [ModelEvent] {
    events.filter { if case .usage = $0 { false } else { true } }
  }

  private static func lastUsage(_ events: [ModelEvent]) -> TokenUsage? {
    events.reduce(nil) { last, event in if case .usage(let usage) = event { usage } else { last } }
  }
}

/// Answers made by a seed, in the pieces that the readers make: a call's first piece names it, a proof follows its thought.
private enum GeneratedEvents {
  private static let texts = [
    "a", " b", "é", "🦊", "\n", "\r\n\r\n", "\u{1}", "\"", "\\", "data: [DONE]", "\u{2028}", "[DONE]", "ß\u{301}",
    "\u{7F}",
  ]

  static func make(seed: UInt64) -> [ModelEvent] {
    var state = seed
    func below(_ bound: Int) -> Int {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return Int((z ^ (z >> 31)) % UInt64(bound))
    }
    func text() -> String { texts[below(texts.count)] }
    var events: [ModelEvent] = [.started(model: "model \(text())")]
    var calls = 0
    for _ in 0..<below(24) {
      switch below(5) {
      case 0: events.append(.text(text()))
      case 1:
        for _ in 0...below(3) { events.append(.thinking(ModelThinking(text()))) }
        if below(2) == 0 {
          // The next piece is another kind, so that the proof ends its block.
          events += [.thinking(ModelThinking("", signature: "sig\(below(9))")), .text(text())]
        }
      case 2 where calls < 5:
        events.append(.toolCall(ModelToolCallPiece(index: calls, id: "call_\(calls)", name: "tool\(text())")))
        calls += 1
      case 3 where calls > 0:
        events.append(.toolCall(ModelToolCallPiece(index: below(calls), arguments: text())))
      default:
        events.append(.usage(TokenUsage(input: 7, output: Int64(below(99)), cachedInput: below(2) == 0 ? nil : 2)))
      }
    }
    // A server that says “stop” after it called a tool is read as one that waits for it.
    let reasons: [FinishReason] =
      calls > 0 ? [.toolCalls, .length, .unstated] : [.stop, .length, .other("x"), .unstated]
    events.append(.finished(reasons[below(reasons.count)]))
    return events
  }
}
