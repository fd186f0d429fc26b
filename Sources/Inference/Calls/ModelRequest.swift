package import StrictJSON

/// What a model is asked: the conversation so far, and the bounds of the answer.
///
/// It is a value without a secret in it, so that it can be recorded, compared and shown. Its canonical JSON, cleaned of
/// keys, is what a recording is found by; see ``CallRecord``.
package struct ModelRequest: Sendable, Hashable {
  /// The provider's own name for the model.
  package var model: String
  /// In the order they were said; at least one.
  package var messages: [ModelMessage]
  /// What the model may ask for; at most ``RequestLimits/toolsMax``.
  package var tools: [ModelTool]
  package var toolChoice: ModelToolChoice
  /// How many tokens the answer may have; nil leaves it to the provider.
  package var outputTokensMax: Int?
  /// From 0 (always the likeliest word) to 2; nil leaves it to the provider.
  package var temperature: Double?
  package var format: ResponseFormat
  /// Texts at which the answer ends; at most ``RequestLimits/stopsMax``.
  package var stop: [String]
  /// How many tokens the model may think before it answers; nil leaves it to the provider, 0 forbids it where it can be.
  package var thinkingTokensMax: Int?

  package init(
    model: String, messages: [ModelMessage], tools: [ModelTool] = [], toolChoice: ModelToolChoice = .automatic,
    outputTokensMax: Int? = nil, temperature: Double? = nil, format: ResponseFormat = .text, stop: [String] = [],
    thinkingTokensMax: Int? = nil
  ) {
    self.model = model
    self.messages = messages
    self.tools = tools
    self.toolChoice = toolChoice
    self.thinkingTokensMax = thinkingTokensMax
    self.outputTokensMax = outputTokensMax
    self.temperature = temperature
    self.format = format
    self.stop = stop
  }

  /// The last thing the person said.
  package var lastUserText: String? { messages.last { $0.role == .user }?.text }
}

/// What form the answer is to have.
package enum ResponseFormat: Sendable, Hashable, Codable {
  /// Words.
  case text
  /// A JSON text that the schema describes. Providers differ in how well they keep it: the answer is checked anyway.
  case schema(name: String, JSON)
}

// What is not used is not written, so that a request of words alone has the form that recordings are found by.
extension ModelRequest: Codable {
  private enum CodingKeys: String, CodingKey {
    case model, messages, tools, toolChoice, outputTokensMax, temperature, format, stop, thinkingTokensMax
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      model: try container.decode(String.self, forKey: .model),
      messages: try container.decode([ModelMessage].self, forKey: .messages),
      tools: try container.decodeIfPresent([ModelTool].self, forKey: .tools) ?? [],
      toolChoice: try container.decodeIfPresent(ModelToolChoice.self, forKey: .toolChoice) ?? .automatic,
      outputTokensMax: try container.decodeIfPresent(Int.self, forKey: .outputTokensMax),
      temperature: try container.decodeIfPresent(Double.self, forKey: .temperature),
      format: try container.decode(ResponseFormat.self, forKey: .format),
      stop: try container.decode([String].self, forKey: .stop),
      thinkingTokensMax: try container.decodeIfPresent(Int.self, forKey: .thinkingTokensMax))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(model, forKey: .model)
    try container.encode(messages, forKey: .messages)
    if !tools.isEmpty { try container.encode(tools, forKey: .tools) }
    if toolChoice != .automatic { try container.encode(toolChoice, forKey: .toolChoice) }
    try container.encodeIfPresent(outputTokensMax, forKey: .outputTokensMax)
    try container.encodeIfPresent(temperature, forKey: .temperature)
    try container.encode(format, forKey: .format)
    try container.encode(stop, forKey: .stop)
    try container.encodeIfPresent(thinkingTokensMax, forKey: .thinkingTokensMax)
  }
}
