import Inference
import StrictJSON

/// Reads `POST /v1/chat/completions` (OpenAI API reference, Chat Completions, November 2026).
struct ChatRequestReader: RequestReader {
  static let names = FieldNames(
    messages: "messages", tokens: "max_completion_tokens", stop: "stop", thinking: "reasoning_effort")
  private static let known: Set<String> = [
    "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "temperature", "stop",
    "tools",
    "tool_choice", "response_format", "reasoning_effort",
  ]
  /// What is not understood, but says nothing with this value.
  private static let defaults: [String: JSON] = [
    "n": 1, "logprobs": false, "top_logprobs": 0, "store": false, "parallel_tool_calls": true, "frequency_penalty": 0,
    "presence_penalty": 0, "top_p": 1, "modalities": ["text"], "service_tier": "auto", "logit_bias": [:],
    "metadata": [:],
  ]

  var fields = FieldReader()

  mutating func facts(_ body: JSONObject, bytes: Int) -> HopFacts {
    var facts = HopFacts(model: fields.model(body) ?? "")
    facts.isStreamed = fields.flag(body["stream"], at("stream")) ?? false
    let options = fields.object(body["stream_options"], at("stream_options"))
    facts.wantsUsage =
      fields.flag(options?["include_usage"], at("stream_options").appending("include_usage")) ?? false
    facts.outputTokensMax = fields.tokens(body, "max_completion_tokens", "max_tokens")
    facts.answers = fields.integer(body["n"], at("n"), in: 1...128) ?? 1
    if body["web_search_options"]?.given == nil {
      facts.inputTokensMax = InputBound.tokens(of: body["messages"], tools: body["tools"], bytes: bytes)
    }
    return facts
  }

  mutating func translation(_ body: JSONObject, _ facts: HopFacts) -> (ModelRequest, Conversation) {
    var messages = ChatMessageReader(fields: fields)
    messages.read(body["messages"], at("messages"))
    fields = messages.fields
    let effort = fields.effort(body["reasoning_effort"], at("reasoning_effort"))
    let bounds = FieldReader.split(facts.outputTokensMax, effort)
    let request = ModelRequest(
      model: facts.model, messages: messages.conversation.messages, tools: tools(body["tools"]),
      toolChoice: choice(body["tool_choice"]), outputTokensMax: bounds.output,
      temperature: fields.number(body["temperature"], at("temperature"), in: 0...2),
      format: format(body["response_format"]), stop: stop(body["stop"]), thinkingTokensMax: bounds.thinking)
    for (key, value) in body where !Self.known.contains(key) && !value.isNull && Self.defaults[key] != value {
      fields.lose(at(key))
    }
    return (request, messages.conversation)
  }

  private mutating func tools(_ value: JSON?) -> [ModelTool] {
    fields.functionTools(value, at("tools")) { fields, item, place in
      let place = place.appending("function")
      return fields.demandedObject(item["function"], place).map { ($0, place) }
    }
  }

  private mutating func choice(_ value: JSON?) -> ModelToolChoice {
    let place = at("tool_choice")
    if case .object(let choice)? = value {
      guard choice["type"]?.text == "function" else {
        fields.lose(place)
        return .automatic
      }
      let function = fields.demandedObject(choice["function"], place.appending("function"))
      let name = fields.demandedText(function?["name"], place.appending("function").appending("name"))
      return name.map { .named($0) } ?? .automatic
    }
    switch fields.word(value, place, of: ["none", "auto", "required"]) {
    case "none": return .none
    case "required": return .required
    default: return .automatic
    }
  }

  private mutating func format(_ value: JSON?) -> ResponseFormat {
    let place = at("response_format")
    guard let format = fields.object(value, place) else { return .text }
    switch fields.word(
      format["type"] ?? .string(""), place.appending("type"), of: ["text", "json_object", "json_schema"])
    {
    case "json_schema":
      let inner = place.appending("json_schema")
      guard let described = fields.demandedObject(format["json_schema"], inner) else { return .text }
      let name = fields.demandedText(described["name"], inner.appending("name"))
      guard let schema = fields.object(described["schema"] ?? [:], inner.appending("schema")) else { return .text }
      return .schema(name: name ?? "", .object(schema))
    case "json_object":
      // Without a schema there is nothing that another protocol could be held to.
      fields.lose(place)
      return .text
    default: return .text
    }
  }

  private mutating func stop(_ value: JSON?) -> [String] {
    let place = at("stop")
    if let text = value?.text { return [text] }
    return (fields.items(value, place) ?? []).prefix(RequestLimits.stopsMax + 1).enumerated().compactMap {
      index, item in
      fields.demandedText(item, place.appending(index))
    }
  }
}
