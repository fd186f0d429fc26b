/// A model server as people run it on their own machine, with the address it has unless it was told another.
package struct LocalServer: Sendable, Hashable {
  package let name: String
  package let baseURL: String

  package static let known: [LocalServer] = [
    LocalServer(name: "Ollama", baseURL: "http://127.0.0.1:11434/v1"),
    LocalServer(name: "llama.cpp", baseURL: "http://127.0.0.1:8080/v1"),
    LocalServer(name: "LM Studio", baseURL: "http://127.0.0.1:1234/v1"),
    LocalServer(name: "vLLM", baseURL: "http://127.0.0.1:8000/v1"),
  ]

  package init(name: String, baseURL: String) {
    self.name = name
    self.baseURL = baseURL
  }
}

/// A local server that answered, with its models. Found is not used: it is offered, and gets no text until a person says so.
package struct FoundServer: Sendable, Hashable, Codable {
  package let name: String
  package let baseURL: String
  package let models: [String]

  package init(_ server: LocalServer, models: [String]) {
    name = server.name
    baseURL = server.baseURL
    self.models = models
  }
}
