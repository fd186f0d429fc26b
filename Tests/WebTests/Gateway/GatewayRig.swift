import Inference
import InferenceProviders
import ModelServer
import StrictJSON
import TestKit
import Testing

@testable import Web

/// A gateway at an edge, with one connection, to a server that plays OpenAI or Anthropic, and one key.
struct GatewayRig: Sendable {
  let edge: EdgeUnderTest
  let upstream: ModelServer
  /// The secret of the key.
  let secret: String
  let keyID: String

  static let providerKey = "sk-canary-1234567890"

  static func run(
    path: String = "/v1", models: [JSON]? = nil,
    _ configure: @Sendable (inout WebConfiguration) -> Void = { _ in },
    _ body: @Sendable (GatewayRig) async throws -> Void
  ) async throws {
    try await ModelServer.run(playing: .plain(200, #"{"data":[{"id":"small"},{"id":"large"}]}"#)) { server in
      let finder = ModelsOverHTTP(lookingAt: [])
      do {
        try await EdgeUnderTest.run(configure, finder: finder) { edge in
          let address = server.baseURL.replacing("/v1", with: path)
          let connection = try await edge.terminal(
            "POST", "/api/v1/model-connections",
            body: JSON.object([
              "key": .string(providerKey), "baseURL": .string(address), "model": "small", "name": "Mine",
            ]).canonicalText())
          try #require(connection.status == 201, "\(connection.text)")
          let key = try await edge.terminal(
            "POST", "/api/v1/gateway-keys",
            body: JSON.object(["name": "tests", "models": models.map { .array($0) } ?? []]).canonicalText())
          try #require(key.status == 201, "\(key.text)")
          try await body(
            GatewayRig(
              edge: edge, upstream: server, secret: try #require(try key.json()["secret"]?.text),
              keyID: try #require(try key.json()["key"]?["id"]?.text)))
        }
      } catch {
        await finder.close()
        throw error
      }
      await finder.close()
    }
  }

  /// As OpenAI's clients send.
  func post(_ path: String, _ body: JSON, headers: [String: String] = [:]) async throws -> RawResponse {
    try await edge.send(
      "POST", path, headers: ["Authorization": "Bearer \(secret)"].merging(headers) { _, new in new },
      body: body.canonicalText())
  }

  func get(_ path: String, headers: [String: String] = [:]) async throws -> RawResponse {
    try await edge.send("GET", path, headers: ["Authorization": "Bearer \(secret)"].merging(headers) { _, new in new })
  }

  static func chat(_ members: JSONObject = [:]) -> JSON {
    var body: JSONObject = ["model": "small", "messages": [["role": "user", "content": "hi"]]]
    for member in members { body[member.key] = member.value }
    return .object(body)
  }

  /// Calls in the books, newest first, when there are so many that have ended.
  func calls(_ count: Int) async throws -> [JSON] {
    while true {
      let items = try await edge.terminal("GET", "/api/v1/model-calls").json()["items"]?.items ?? []
      if items.count == count, items.allSatisfy({ $0["state"] != "reserved" }) { return items }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}

extension RawResponse {
  /// The data of a stream of events.
  var events: [String] {
    text.split(separator: "\n").filter { $0.hasPrefix("data: ") }.map { String($0.dropFirst(6)) }
  }
}
