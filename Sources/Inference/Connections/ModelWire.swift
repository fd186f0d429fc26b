/// The protocol that is spoken with a provider.
package enum ModelWire: String, Sendable, Hashable, Codable, CaseIterable {
  /// OpenAI's chat completions, which nearly everybody speaks.
  case openAI = "openai"
  /// Anthropic's messages.
  case anthropic
  /// Ollama's chat.
  case ollama

  /// What is spoken at an address: OpenAI's protocol, but Anthropic's where the host is Anthropic's or a part of the path is
  /// `anthropic`, and Ollama's own where the path is `/api`.
  package init(spokenAt endpoint: EndpointURL) {
    let path = endpoint.description.split(separator: "/").dropFirst(2)
    if endpoint.host == "api.anthropic.com" || path.contains("anthropic") {
      self = .anthropic
    } else if path.elementsEqual(["api"]) {
      self = .ollama
    } else {
      self = .openAI
    }
  }
}
