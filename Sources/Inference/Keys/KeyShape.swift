/// What a key's first letters say about where it belongs. They are a hint and no proof: a check asks the provider.
package struct KeyShape: Sendable, Hashable {
  package enum Standing: Sendable, Hashable {
    /// The provider speaks a protocol of ``ModelWire`` under this address.
    case usable(baseURL: String)
    /// The provider has a protocol of its own, which is not spoken yet.
    case coming
  }

  /// The provider's name.
  package let provider: String
  package let prefix: String
  package let standing: Standing

  package static let all: [KeyShape] = [
    KeyShape("Anthropic", "sk-ant-", .usable(baseURL: "https://api.anthropic.com/v1")),
    KeyShape("OpenRouter", "sk-or-", .usable(baseURL: "https://openrouter.ai/api/v1")),
    KeyShape("Groq", "gsk_", .usable(baseURL: "https://api.groq.com/openai/v1")),
    KeyShape("Google Gemini", "AIza", .coming),
    KeyShape("xAI", "xai-", .usable(baseURL: "https://api.x.ai/v1")),
    KeyShape("Hugging Face", "hf_", .usable(baseURL: "https://router.huggingface.co/v1")),
    KeyShape("NVIDIA", "nvapi-", .usable(baseURL: "https://integrate.api.nvidia.com/v1")),
    KeyShape("Cerebras", "csk-", .usable(baseURL: "https://api.cerebras.ai/v1")),
    KeyShape("Fireworks", "fw_", .usable(baseURL: "https://api.fireworks.ai/inference/v1")),
    KeyShape("Together", "tgp_", .usable(baseURL: "https://api.together.xyz/v1")),
    // Others use it too, DeepSeek among them: who has such a key names the address.
    KeyShape("OpenAI", "sk-", .usable(baseURL: "https://api.openai.com/v1")),
  ]

  private init(_ provider: String, _ prefix: String, _ standing: Standing) {
    self.provider = provider
    self.prefix = prefix
    self.standing = standing
  }

  /// Whether a provider answers with its models whatever the key: then an answer does not prove the key.
  static func listsToEverybody(_ provider: String) -> Bool { provider == "OpenRouter" }

  /// The shape of a key; nil when it has none that is known.
  package static func recognize(_ key: APIKey) -> KeyShape? { all.first { key.secret.hasPrefix($0.prefix) } }
}
