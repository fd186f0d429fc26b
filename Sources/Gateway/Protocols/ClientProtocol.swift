package import Inference
package import StrictJSON

/// What a program outside speaks. Everything the gateway needs of a protocol is here, so that whoever serves it is
/// written once.
///
/// All of it is pure: ids and times come in through ``AnswerHead``.
package enum ClientProtocol: String, Sendable, Hashable, CaseIterable {
  /// OpenAI's `POST /v1/chat/completions`.
  case chatCompletions = "chat_completions"
  /// OpenAI's `POST /v1/responses`.
  case responses
  /// Anthropic's `POST /v1/messages`.
  case messages

  /// The protocol of upstreams to which a request can be handed on as it is; nil where there is none.
  package var hopWire: ModelWire? {
    switch self {
    case .chatCompletions: .openAI
    case .messages: .anthropic
    case .responses: nil
    }
  }

  private var reader: any RequestReader.Type {
    switch self {
    case .chatCompletions: ChatRequestReader.self
    case .responses: ResponsesRequestReader.self
    case .messages: MessagesRequestReader.self
    }
  }

  /// What is read of every request, in time that does not depend on its texts.
  ///
  /// - Parameter bytes: of the body's text, for the bound of the input; see ``InputBound``.
  /// - Throws: everything that is wrong with the fields that are read, 400.
  package func facts(of body: JSON, bytes: Int) throws(GatewayFault) -> HopFacts {
    try reader.facts(of: body, bytes: bytes)
  }

  /// The whole request, translated, for an upstream that speaks something else.
  ///
  /// - Throws: everything that is wrong with it, 400.
  package func request(of body: JSON, bytes: Int) throws(GatewayFault) -> ClientRequest {
    try reader.request(of: body, bytes: bytes)
  }

  /// The body for an upstream that speaks the same: with the upstream's name of the model, everything else kept. Write
  /// it with ``StrictJSON/JSON/compactBytes()``, which keeps the order of members.
  package func hop(_ body: JSON, model: String) -> JSON {
    HopBody.make(of: body, model: model, asksForUsage: self == .chatCompletions)
  }

  /// What watches the stream of such an upstream; nil where there is none.
  package func hopFilter(_ facts: HopFacts) -> (any HopFilter)? {
    switch self {
    case .chatCompletions: ChatHopFilter(wantsUsage: facts.wantsUsage)
    case .messages: MessagesHopFilter()
    case .responses: nil
    }
  }

  /// What writes a streamed answer.
  package func writer(_ head: AnswerHead) -> any AnswerWriter {
    switch self {
    case .chatCompletions: ChatAnswerWriter(head)
    case .responses: ResponsesAnswerWriter(head)
    case .messages: MessagesAnswerWriter(head)
    }
  }

  /// The answer of a call that is not streamed.
  package func document(_ answer: ModelAnswer, _ head: AnswerHead) -> JSON {
    switch self {
    case .chatCompletions: answer.chatDocument(head)
    case .responses: answer.response(head).json
    case .messages: answer.messagesDocument(head)
    }
  }

  /// The body of an answer with ``GatewayFault/status``, before anything was streamed.
  package func refusal(_ fault: GatewayFault) -> JSON {
    switch self {
    case .chatCompletions, .responses: ["error": fault.openAIError]
    case .messages: fault.anthropicDocument
    }
  }

  /// What is written into a stream to keep its connection: clients pass over it.
  package var heartbeat: String {
    switch self {
    case .chatCompletions, .responses: ": ping\n\n"
    case .messages: "event: ping\ndata: {\"type\":\"ping\"}\n\n"
    }
  }
}
