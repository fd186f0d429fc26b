import Inference
import InferenceProviders
import ModelServer
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Web

@Suite("Models over HTTP", .serialized, .timeLimit(.minutes(2)))
struct ModelRouteTests {
  private static let key = "sk-canary-1234567890"
  private static let list: [ModelServer.Step] = .plain(200, #"{"data":[{"id":"small"},{"id":"large"}]}"#)

  /// An edge beside a model server on this machine.
  private func run(
    playing script: [ModelServer.Step] = list, _ body: @Sendable (EdgeUnderTest, ModelServer) async throws -> Void
  ) async throws {
    try await ModelServer.run(playing: script) { server in
      let finder = ModelsOverHTTP(
        lookingAt: [
          LocalServer(name: "Nobody", baseURL: "http://127.0.0.1:1/v1"),
          LocalServer(name: "Here", baseURL: server.baseURL),
        ])
      do {
        try await EdgeUnderTest.run(finder: finder) { try await body($0, server) }
      } catch {
        await finder.close()
        throw error
      }
      await finder.close()
    }
  }

  private static func body(_ members: JSONObject) -> String { JSON.object(members).canonicalText() }

  @Test func `a key is checked, connected, chosen and destroyed, and shows nowhere`() async throws {
    try await run { edge, server in
      let address = JSON.string(server.baseURL)
      let given = Self.body(["key": .string(Self.key), "baseURL": address])
      let check = try await edge.terminal("POST", "/api/v1/model-checks", body: given)
      #expect(check.status == 200, "\(check.text)")
      #expect(
        try check.json() == [
          "provider": "127.0.0.1", "isUsable": true, "baseURL": address, "models": ["small", "large"], "limits": [],
          "message": "127.0.0.1 answers, with 2 models.",
        ])
      #expect(server.received.map { $0.headers["authorization"] } == ["Bearer \(Self.key)"])
      #expect(try await edge.world.count("model_keys") == 0)

      let full = Self.body(["key": .string(Self.key), "baseURL": address, "model": "large", "name": "Mine"])
      let headers = ["Idempotency-Key": "k"]
      let made = try await edge.terminal("POST", "/api/v1/model-connections", headers: headers, body: full)
      #expect(made.status == 201, "\(made.text)")
      let id = try #require(try made.json()["id"]?.text)
      #expect(try made.json()["hasKey"] == true)
      let again = try await edge.terminal("POST", "/api/v1/model-connections", headers: headers, body: full)
      #expect(again["idempotency-replayed"] == "true")
      #expect(again.body == made.body)

      let shown = try await edge.terminal("GET", "/api/v1/models")
      #expect(
        try shown.json()["chosen"] == [
          "connection": .string(id), "provider": "127.0.0.1", "model": "large", "badge": .null,
        ])
      let row = try await edge.world.count("journal")
      let entry = try await edge.terminal("GET", "/api/v1/journal/\(row)")
      #expect(entry.text.contains("connect_model"))

      let gone = try await edge.terminal("DELETE", "/api/v1/model-connections/\(id)")
      #expect(gone.status == 204, "\(gone.text)")
      #expect(gone.body.isEmpty)
      #expect(try await edge.world.count("model_keys") == 0)
      #expect(try await edge.terminal("DELETE", "/api/v1/model-connections/\(id)").status == 404)
      let after = try await edge.terminal("GET", "/api/v1/models")
      #expect(try after.json()["chosen"] == .null)

      for answer in [check, made, again, shown, entry, after] { #expect(!answer.text.contains("canary")) }
      #expect(!"\(edge.log.lines)".contains("canary"))
    }
  }

  @Test func `the built-in model, a connection and none are chosen`() async throws {
    try await run { edge, server in
      let none = try await edge.terminal("PUT", "/api/v1/models/chosen", body: #"{"none":true}"#)
      #expect(try none.json()["chosen"] == .null)
      let rule = try await edge.terminal("PUT", "/api/v1/models/chosen", body: #"{"builtIn":true}"#)
      #expect(rule.status == 200, "\(rule.text)")
      #expect(
        try rule.json()["chosen"] == [
          "connection": .null, "provider": "The built-in model", "model": "built-in", "badge": "built-in",
        ])
      #expect(try rule.json() == (try await edge.terminal("GET", "/api/v1/models")).json())
      let made = try await edge.terminal(
        "POST", "/api/v1/model-connections", body: Self.body(["baseURL": .string(server.baseURL), "model": "small"]))
      let id = try #require(try made.json()["id"])
      let large = try await edge.terminal(
        "PUT", "/api/v1/models/chosen", body: Self.body(["connection": id, "model": "large"]))
      #expect(try large.json()["chosen"]?["model"] == "large")
      let wrong = try await edge.terminal(
        "PUT", "/api/v1/models/chosen", body: Self.body(["connection": id, "model": "huge"]))
      #expect(wrong.status == 422)
      #expect(wrong.pointers == ["/model"])
    }
  }

  @Test func `servers of this machine are offered, and asked for their models only`() async throws {
    try await run { edge, server in
      let found = try await edge.terminal("GET", "/api/v1/local-servers")
      #expect(
        try found.json() == [
          "items": [["name": "Here", "baseURL": .string(server.baseURL), "models": ["small", "large"]]]
        ])
      #expect(server.received.map(\.path) == ["/v1/models"])
      #expect(server.received[0].headers["authorization"] == nil)
      #expect(try await edge.world.count("model_connections") == 0)
    }
  }

  @Test func `a provider whose protocol is coming is named, and its key goes nowhere`() async throws {
    try await run { edge, server in
      let check = try await edge.terminal(
        "POST", "/api/v1/model-checks", body: #"{"key":"AIzaSyCanary1234"}"#)
      #expect(check.status == 200)
      #expect(try check.json()["provider"] == "Google Gemini")
      #expect(try check.json()["isUsable"] == false)
      #expect(check.text.contains("coming"))
      #expect(!check.text.lowercased().contains("canary"))
      #expect(server.received.isEmpty)
    }
  }

  @Test func `a key that is refused is a check's answer, and no connection`() async throws {
    try await run(playing: .plain(401, #"{"error":{"message":"Incorrect key sk-canary-1234567890"}}"#)) {
      edge, server in
      let given: JSONObject = ["key": .string(Self.key), "baseURL": .string(server.baseURL)]
      let check = try await edge.terminal(
        "POST", "/api/v1/model-checks", body: Self.body(given))
      #expect(try check.json()["isUsable"] == false)
      var full = given
      full["model"] = "small"
      let made = try await edge.terminal("POST", "/api/v1/model-connections", body: Self.body(full))
      #expect(made.status == 409 || made.status == 422, "\(made.status)")
      #expect(made.problem == "refused")
      #expect(!(check.text + made.text).contains("canary"))
      #expect(!"\(edge.log.lines)".contains("canary"))
    }
  }

  @Test(
    arguments: [
      ("{}", [""]), (#"{"key":["sk-canary-1234567890"]}"#, ["/key"]), (#"{"key":"sk canary"}"#, ["/key"]),
      (#"{"baseURL":"http://models.example.com/v1"}"#, ["/baseURL"]),
      (#"{"baseURL":"https://sk-canary-1234567890@x/v1"}"#, ["/baseURL"]),
      (#"{"key":"sk-canary-1234567890","color":1}"#, ["/color"]),
    ])
  func `what cannot be used is a problem with its place, and quotes no key`(
    body: String, pointers: [String]
  ) async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.terminal("POST", "/api/v1/model-checks", body: body)
      #expect(answer.status == 422, "\(answer.text)")
      #expect(answer.pointers == pointers)
      #expect(!answer.text.contains("canary"))
      #expect(!"\(edge.log.lines)".contains("canary"))
    }
  }

  @Test(
    arguments: [
      ("POST", "/api/v1/model-checks", "{}"), ("POST", "/api/v1/model-connections", "{}"),
      ("GET", "/api/v1/local-servers", nil), ("GET", "/api/v1/models", nil),
      ("PUT", "/api/v1/models/chosen", #"{"none":true}"#),
      ("DELETE", "/api/v1/model-connections/0197a3c1-0000-7000-8000-000000000000", nil),
    ] as [(String, String, String?)])
  func `nobody gets in without being signed in`(method: String, path: String, body: String?) async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.send(method, path, body: body)
      #expect([401, 403].contains(answer.status))
    }
  }
}
