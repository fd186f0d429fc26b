import ModelServer
import Operations
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Web

@Suite("Routes and kept answers over HTTP", .serialized, .timeLimit(.minutes(5)))
struct GatewayCacheTests {
  private static let answer = #"""
    {"id":"c1","object":"chat.completion","model":"small-2026","choices":[{"index":0,"message":{"role":"assistant","content":"Well met."},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}
    """#

  /// A gateway with the route `again` to the model `small`, which keeps answers, and how often that was asked.
  private static func run(
    _ more: JSONObject = ["cacheSeconds": 60],
    _ body: @escaping @Sendable (GatewayRig, @Sendable () -> Int) async throws -> Void
  ) async throws {
    try await GatewayRig.run { rig in
      let models = try await rig.edge.terminal("GET", "/api/v1/models").json()
      let connection = try #require(models["connections"]?[0]?["id"])
      var route: JSONObject = ["entries": [["connection": connection, "model": "small"]]]
      for (key, value) in more { route[key] = value }
      let set = try await rig.edge.terminal(
        "PUT", "/api/v1/routes/again", body: JSON.object(route).canonicalText())
      try #require(set.status == 200, "\(set.text)")
      let before = rig.upstream.received.count
      try await body(rig) { rig.upstream.received.count - before }
    }
  }

  @Test func `an equal call is answered again, byte for byte, with its age, and costs nothing`() async throws {
    try await Self.run { rig, asked in
      rig.upstream.play(.plain(200, Self.answer))
      let call = GatewayRig.chat(["model": "again"])
      let first = try await rig.post("/v1/chat/completions", call)
      #expect(first.status == 200 && first["age"] == nil && first["arbiter-cache"] == nil, "\(first.text)")
      let second = try await rig.post("/v1/chat/completions", call)
      #expect(second.text == first.text && asked() == 1)
      #expect(second["age"] != nil && second["arbiter-cache"]?.hasPrefix("hit; ttl=") == true)
      let calls = try await rig.calls(2)
      #expect(calls.map { $0["state"] } == ["cached", "finished"])
      #expect(calls[0]["costMicros"] == 0 && calls[0]["route"] == "again" && calls[0]["modelAnswered"] == "small-2026")
      #expect(try await rig.edge.terminal("GET", "/api/v1/cache").json()["hits"] == 1)
    }
  }

  @Test func `what was found and what was not is counted, for people and for machines`() async throws {
    try await Self.run { rig, _ in
      rig.upstream.play(.plain(200, Self.answer))
      let call = GatewayRig.chat(["model": "again"])
      for _ in 0..<3 { _ = try await rig.post("/v1/chat/completions", call) }
      let standing = try await rig.edge.terminal("GET", "/api/v1/cache").json()
      #expect(standing["sinceStart"] == ["hits": 2, "misses": 1, "damaged": 0, "failures": 0])
      let metrics = try await rig.edge.terminal("GET", "/metrics").text
      for line in [
        "# TYPE arbiter_cache_hits_total counter\narbiter_cache_hits_total 2\n", "\narbiter_cache_misses_total 1\n",
        "\narbiter_cache_damaged_total 0\n", "\narbiter_cache_failures_total 0\n",
      ] { #expect(metrics.contains(line)) }
    }
  }

  @Test func `an owner empties the cache: the next equal call is asked anew, and nothing brings the answers back`()
    async throws
  {
    try await Self.run { rig, asked in
      rig.upstream.play(.plain(200, Self.answer))
      let call = GatewayRig.chat(["model": "again"])
      for _ in 0..<2 { _ = try await rig.post("/v1/chat/completions", call) }
      #expect(asked() == 1)
      let emptied = try await rig.edge.terminal("DELETE", "/api/v1/cache")
      #expect(emptied.status == 200, "\(emptied.text)")
      #expect(try emptied.json()["emptied"] == true)
      #expect(try await rig.edge.terminal("GET", "/api/v1/cache").json()["answers"] == 0)
      let again = try await rig.post("/v1/chat/completions", call)
      #expect(again["arbiter-cache"] == nil && asked() == 2)
      let row = try #require(try emptied.json()["journal"]?["number"])
      let undo = try await rig.edge.terminal(
        "POST", "/api/v1/undos", body: JSON.object(["journal": row]).canonicalText())
      #expect(undo.status == 409, "\(undo.text)")
      await #expect(throws: OperationError.self) {
        try await rig.edge.world.perform("empty_cache", [:], as: rig.edge.world.principal(.editor))
      }
      let rebuilt = try await rig.edge.world.rebuild(reexecuting: true)
      #expect(rebuilt.isEqual, "\(rebuilt.differences)")
    }
  }

  @Test func `a stream is given again as it was`() async throws {
    try await Self.run { rig, asked in
      rig.upstream.play(.answer(["Well ", "met."], usage: #"{"prompt_tokens":7,"completion_tokens":2}"#))
      let call = GatewayRig.chat(["model": "again", "stream": true])
      let first = try await rig.post("/v1/chat/completions", call)
      let second = try await rig.post("/v1/chat/completions", call)
      #expect(first.events.count > 3 && second.text == first.text && asked() == 1)
      #expect(second["arbiter-cache"] != nil)
    }
  }

  @Test func `a translated answer is given again`() async throws {
    try await Self.run { rig, asked in
      rig.upstream.play(.answer(["Well met."]))
      let call: JSON = [
        "model": "again", "max_tokens": 50, "messages": [["role": "user", "content": "hi"]],
      ]
      let texts = try await [rig.post("/v1/messages", call), rig.post("/v1/messages", call)].map {
        try $0.json()["content"]?[0]?["text"]?.text
      }
      #expect(texts == ["Well met.", "Well met."] && asked() == 1)
    }
  }

  @Test func `a client that wants a new answer, and another key, get one`() async throws {
    try await Self.run { rig, asked in
      rig.upstream.play(.plain(200, Self.answer))
      let call = GatewayRig.chat(["model": "again"])
      _ = try await rig.post("/v1/chat/completions", call)
      _ = try await rig.post("/v1/chat/completions", call, headers: ["Cache-Control": "no-cache"])
      #expect(asked() == 2)
      let other = try await rig.edge.terminal("POST", "/api/v1/gateway-keys", body: #"{"name":"other"}"#).json()
      let secret = try #require(other["secret"]?.text)
      let theirs = try await rig.post("/v1/chat/completions", call, headers: ["Authorization": "Bearer \(secret)"])
      #expect(theirs["arbiter-cache"] == nil && asked() == 3)
    }
  }

  @Test func `an answer that broke off is not given again`() async throws {
    try await Self.run(["cacheSeconds": 60, "retries": 0]) { rig, asked in
      var broken = [ModelServer.Step].answer(["Well ", "met."])
      broken.removeLast(3)
      rig.upstream.play(broken + [.reset])
      let call = GatewayRig.chat(["model": "again", "stream": true])
      _ = try await rig.post("/v1/chat/completions", call)
      rig.upstream.play(.answer(["Well met."]))
      let second = try await rig.post("/v1/chat/completions", call)
      #expect(second["arbiter-cache"] == nil && second.text.contains("[DONE]"), "\(second.text)")
      #expect(asked() == 2)
    }
  }

  @Test func `a route bounds an answer that its caller does not`() async throws {
    try await Self.run(["outputTokensMax": 40]) { rig, _ in
      rig.upstream.play(.plain(200, Self.answer))
      _ = try await rig.post("/v1/chat/completions", GatewayRig.chat(["model": "again"]))
      #expect(try JSON(parsing: rig.upstream.received.last?.body ?? "")["max_tokens"] == 40)
      _ = try await rig.post("/v1/chat/completions", GatewayRig.chat(["model": "again", "max_tokens": 7]))
      #expect(try JSON(parsing: rig.upstream.received.last?.body ?? "")["max_tokens"] == 7)
    }
  }
}
