import Inference
import StrictJSON

/// Reads `POST /v1/responses` (OpenAI API reference, Responses, November 2026).
struct ResponsesRequestReader: RequestReader {
  static let names = FieldNames(messages: "input", tokens: "max_output_tokens", stop: "stop", thinking: "reasoning")
  /// What is understood here or by who keeps responses.
  private static let known: Set<String> = [
    "model", "input", "instructions", "stream", "stream_options", "max_output_tokens", "temperature", "tools",
    "tool_choice", "text", "reasoning", "store", "background", "metadata", "user",
  ]
  private static let defaults: [String: JSON] = [
    "parallel_tool_calls": true, "top_p": 1, "top_logprobs": 0, "truncation": "disabled", "service_tier": "auto",
    "include": [],
  ]

  var fields = FieldReader()

  mutating func facts(_ body: JSONObject, bytes: Int) -> HopFacts {
    var facts = HopFacts(model: fields.model(body) ?? "")
    facts.isStreamed = fields.flag(body["stream"], at("stream")) ?? false
    facts.outputTokensMax = fields.tokens(body, "max_output_tokens")
    facts.isStored = fields.flag(body["store"], at("store")) ?? true
    facts.isBackground = fields.flag(body["background"], at("background")) ?? false
    facts.previousResponse = fields.text(body["previous_response_id"], at("previous_response_id"))
    let elsewhere = ["previous_response_id", "conversation", "prompt"]
    if !elsewhere.contains(where: { body[$0]?.given != nil }) {
      facts.inputTokensMax = InputBound.tokens(of: body["input"], tools: body["tools"], bytes: bytes)
    }
    return facts
  }

  mutating func translation(_ body: JSONObject, _ facts: HopFacts) -> (ModelRequest, Conversation) {
    var items = ResponsesItemReader(fields: fields)
    items.readInstructions(body["instructions"], at("instructions"))
    items.read(body["input"], at("input"))
    fields = items.fields
    let reasoning = fields.object(body["reasoning"], at("reasoning"))
    let effort = fields.effort(reasoning?["effort"], at("reasoning").appending("effort"))
    if let reasoning {
      fields.loseAll(of: reasoning, but: ["effort", "summary", "generate_summary"], at: at("reasoning"))
    }
    let bounds = FieldReader.split(facts.outputTokensMax, effort)
    let request = ModelRequest(
      model: facts.model, messages: items.conversation.messages, tools: tools(body["tools"]),
      toolChoice: choice(body["tool_choice"]), outputTokensMax: bounds.output,
      temperature: fields.number(body["temperature"], at("temperature"), in: 0...2), format: format(body["text"]),
      thinkingTokensMax: bounds.thinking)
    for (key, value) in body where !Self.known.contains(key) && !value.isNull && Self.defaults[key] != value {
      // What a model thought comes with its proof here anyway.
      guard key != "include" || value != ["reasoning.encrypted_content"] else { continue }
      fields.lose(at(key))
    }
    return (request, items.conversation)
  }

  private mutating func tools(_ value: JSON?) -> [ModelTool] {
    fields.functionTools(value, at("tools")) { _, item, place in (item, place) }
  }

  private mutating func choice(_ value: JSON?) -> ModelToolChoice {
    let place = at("tool_choice")
    if case .object(let choice)? = value {
      guard choice["type"]?.text == "function" else {
        fields.lose(place)
        return .automatic
      }
      return fields.demandedText(choice["name"], place.appending("name")).map { .named($0) } ?? .automatic
    }
    switch fields.word(value, place, of: ["none", "auto", "required"]) {
    case "none": return .none
    case "required": return .required
    default: return .automatic
    }
  }

  private mutating func format(_ value: JSON?) -> ResponseFormat {
    let place = at("text").appending("format")
    guard let config = fields.object(value, at("text")) else { return .text }
    if let verbosity = config["verbosity"]?.given, verbosity != "medium" {
      fields.lose(at("text").appending("verbosity"))
    }
    guard let format = fields.object(config["format"], place) else { return .text }
    switch fields.word(
      format["type"] ?? .string(""), place.appending("type"), of: ["text", "json_object", "json_schema"])
    {
    case "json_schema":
      let name = fields.demandedText(format["name"], place.appending("name"))
      guard let schema = fields.demandedObject(format["schema"], place.appending("schema")) else { return .text }
      return .schema(name: name ?? "", .object(schema))
    case "json_object":
      fields.lose(place)
      return .text
    default: return .text
    }
  }
}
