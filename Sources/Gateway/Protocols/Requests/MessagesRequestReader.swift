import Inference
import StrictJSON

/// Reads `POST /v1/messages` (Anthropic API reference, Messages, November 2026).
struct MessagesRequestReader: RequestReader {
  static let names = FieldNames(
    messages: "messages", tokens: "max_tokens", stop: "stop_sequences", thinking: "thinking")
  private static let known: Set<String> = [
    "model", "messages", "system", "stream", "max_tokens", "temperature", "stop_sequences", "tools", "tool_choice",
    "thinking", "output_config",
  ]

  var fields = FieldReader()

  mutating func facts(_ body: JSONObject, bytes: Int) -> HopFacts {
    var facts = HopFacts(model: fields.model(body) ?? "")
    facts.isStreamed = fields.flag(body["stream"], at("stream")) ?? false
    facts.outputTokensMax = fields.tokens(body, "max_tokens")
    facts.inputTokensMax = InputBound.tokens(of: body["messages"], tools: body["tools"], bytes: bytes)
    return facts
  }

  mutating func translation(_ body: JSONObject, _ facts: HopFacts) -> (ModelRequest, Conversation) {
    if body["max_tokens"]?.given == nil {
      fields.refuse(at("max_tokens"), "missing", "This field is missing; wanted is a whole number.")
    }
    var messages = MessagesMessageReader(fields: fields)
    messages.readSystem(body["system"], at("system"))
    messages.read(body["messages"], at("messages"))
    fields = messages.fields
    let thinking = thinking(body["thinking"])
    var output = facts.outputTokensMax
    // The protocol's bound is of what is thought and said together.
    if let tokens = output, let thinking, thinking > 0 {
      if thinking >= tokens {
        fields.refuse(
          at("thinking").appending("budget_tokens"), "out_of_range",
          "A budget for thinking is less than max_tokens, which is \(tokens).")
      } else {
        output = tokens - thinking
      }
    }
    let request = ModelRequest(
      model: facts.model, messages: messages.conversation.messages, tools: tools(body["tools"]),
      toolChoice: choice(body["tool_choice"]), outputTokensMax: output,
      temperature: fields.number(body["temperature"], at("temperature"), in: 0...1),
      format: format(body["output_config"]), stop: stop(body["stop_sequences"]), thinkingTokensMax: thinking)
    fields.loseAll(of: body, but: Self.known, at: .root)
    return (request, messages.conversation)
  }

  private mutating func thinking(_ value: JSON?) -> Int? {
    let place = at("thinking")
    guard let thinking = fields.object(value, place) else { return nil }
    switch fields.word(
      thinking["type"] ?? .string(""), place.appending("type"), of: ["enabled", "disabled", "adaptive"])
    {
    case "disabled": return 0
    case "enabled":
      let budget = place.appending("budget_tokens")
      guard thinking["budget_tokens"]?.given != nil else {
        fields.refuse(budget, "missing", "This field is missing; wanted is a whole number.")
        return nil
      }
      return fields.integer(
        thinking["budget_tokens"], budget, in: ThinkingEffort.tokensMin...RequestLimits.outputTokensMax)
    default: return nil  // An adaptive model decides itself, as one does that is told nothing.
    }
  }

  private mutating func tools(_ value: JSON?) -> [ModelTool] {
    let place = at("tools")
    guard let items = fields.items(value, place) else { return [] }
    guard items.count <= RequestLimits.toolsMax else {
      fields.refuse(
        place, "out_of_range", "At most \(RequestLimits.toolsMax) tools can be offered, not \(items.count).")
      return []
    }
    var tools: [ModelTool] = []
    var names: Set<String> = []
    for (index, item) in items.enumerated() {
      let place = place.appending(index)
      guard let tool = fields.object(item, place) ?? fields.refuseNull(place) else { continue }
      guard fields.text(tool["type"], place.appending("type")) ?? "custom" == "custom" else {
        fields.lose(place)  // A tool that Anthropic runs itself.
        continue
      }
      guard let name = fields.toolName(tool["name"], place.appending("name"), &names),
        let schema = fields.demandedObject(tool["input_schema"], place.appending("input_schema"))
      else { continue }
      tools.append(
        ModelTool(
          name: name, summary: fields.text(tool["description"], place.appending("description")) ?? "",
          parameters: .object(schema)))
      fields.loseAll(of: tool, but: ["type", "name", "description", "input_schema"], at: place)
    }
    return tools
  }

  private mutating func choice(_ value: JSON?) -> ModelToolChoice {
    let place = at("tool_choice")
    guard let choice = fields.object(value, place) else { return .automatic }
    if choice["disable_parallel_tool_use"]?.flag == true { fields.lose(place.appending("disable_parallel_tool_use")) }
    switch fields.word(
      choice["type"] ?? .string(""), place.appending("type"), of: ["auto", "any", "tool", "none"])
    {
    case "any": return .required
    case "none": return .none
    case "tool": return fields.demandedText(choice["name"], place.appending("name")).map { .named($0) } ?? .automatic
    default: return .automatic
    }
  }

  private mutating func format(_ value: JSON?) -> ResponseFormat {
    let place = at("output_config")
    guard let config = fields.object(value, place) else { return .text }
    fields.loseAll(of: config, but: ["format"], at: place)
    let inner = place.appending("format")
    guard let format = fields.object(config["format"], inner),
      fields.word(format["type"] ?? .string(""), inner.appending("type"), of: ["json_schema"]) != nil,
      let schema = fields.demandedObject(format["schema"], inner.appending("schema"))
    else { return .text }
    // The protocol has no name for a form; others want one.
    return .schema(name: "answer", .object(schema))
  }

  private mutating func stop(_ value: JSON?) -> [String] {
    let place = at("stop_sequences")
    return (fields.items(value, place) ?? []).prefix(RequestLimits.stopsMax + 1).enumerated().compactMap {
      index, item in
      fields.demandedText(item, place.appending(index))
    }
  }
}
