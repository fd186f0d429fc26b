import ModelServer
import Operations
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Web

@Suite("The gateway over HTTP", .serialized, .timeLimit(.minutes(5)))
struct GatewayRouteTests {
  private static let answer = #"""
    {"id":"c1","object":"chat.completion","model":"small-2026","fingerprint":{"odd":[1,2]},"choices":[{"index":0,"message":{"role":"assistant","content":"Well met."},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":7,"completion_tokens":3}}
    """#

  // MARK: Handed on

  @Test func `a call is handed on as it is, and so is its answer, but for the key and the model's name`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.plain(200, Self.answer))
      let body = GatewayRig.chat(["model": "default", "seed": 7, "odd": ["nested": ["kept"]]])
      let response = try await rig.post("/v1/chat/completions", body, headers: ["OpenAI-Organization": "ours"])
      #expect(response.status == 200, "\(response.text)")
      #expect(response.text == Self.answer)
      let asked = try #require(rig.upstream.received.last)
      #expect(asked.path == "/v1/chat/completions")
      #expect(asked.headers["authorization"] == "Bearer \(GatewayRig.providerKey)")
      #expect(asked.headers["openai-organization"] == nil)
      let sent = try JSON(parsing: asked.body)
      #expect(sent["model"] == "small" && sent["seed"] == 7 && sent["odd"] == ["nested": ["kept"]])
      #expect(sent["messages"] == body["messages"])
    }
  }

  @Test func `a stream is handed on frame by frame, ends with its mark once, and tells usage only if asked`()
    async throws
  {
    try await GatewayRig.run { rig in
      let usage = #"{"prompt_tokens":7,"completion_tokens":2}"#
      for hasMark in [true, false] {
        var script = [ModelServer.Step].answer(["Well ", "met."], usage: usage)
        if !hasMark { script.remove(at: script.count - 2) }
        rig.upstream.play(script)
        let plain = try await rig.post("/v1/chat/completions", GatewayRig.chat(["stream": true]))
        #expect(plain.status == 200 && plain["content-type"] == "text/event-stream; charset=utf-8", "\(plain.text)")
        #expect(plain.events.count { $0 == "[DONE]" } == 1 && plain.events.last == "[DONE]")
        #expect(!plain.text.contains("prompt_tokens"))
        let text = try plain.events.dropLast().map {
          try JSON(parsing: $0)["choices"]?[0]?["delta"]?["content"]?.text ?? ""
        }.joined()
        #expect(text == "Well met.")
        let asking = GatewayRig.chat(["stream": true, "stream_options": ["include_usage": true]])
        #expect(try await rig.post("/v1/chat/completions", asking).text.contains(usage))
      }
      #expect(try JSON(parsing: rig.upstream.received.last?.body ?? "")["stream_options"]?["include_usage"] == true)
    }
  }

  @Test func `a provider's refusal keeps its status, its body and when to come back`() async throws {
    try await GatewayRig.run { rig in
      let words = #"{"error":{"message":"slow down, \#(GatewayRig.providerKey)","type":"tokens","code":"tpm"}}"#
      rig.upstream.play(.plain(429, words, headers: [["Retry-After", "20"]]))
      let response = try await rig.post("/v1/chat/completions", GatewayRig.chat())
      #expect(response.status == 429)
      #expect(response["retry-after"] == "20" && response["retry-after-ms"] == "20000")
      #expect(try response.json()["error"]?["code"] == "tpm")
      #expect(!response.text.contains("canary"))
    }
  }

  @Test func `embeddings are handed on as they are`() async throws {
    try await GatewayRig.run { rig in
      let answer =
        #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.5,-1e-3]}],"model":"e","usage":{"prompt_tokens":4,"total_tokens":4}}"#
      rig.upstream.play(.plain(200, answer))
      let response = try await rig.post("/v1/embeddings", ["model": "small", "input": "hi", "dimensions": 2])
      #expect(response.status == 200 && response.text == answer, "\(response.text)")
      #expect(rig.upstream.received.last?.path == "/v1/embeddings")
      #expect(try await rig.calls(1)[0]["inputTokens"] == 4)
    }
  }

  // MARK: Translated

  @Test func `a client of Anthropic's asks a model of OpenAI's, whole and streamed`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.answer(["Well ", "met."], usage: #"{"prompt_tokens":7,"completion_tokens":2}"#))
      let body: JSON = [
        "model": "small", "max_tokens": 50, "system": "Be brief.", "messages": [["role": "user", "content": "hi"]],
      ]
      let whole = try await rig.edge.send(
        "POST", "/v1/messages", headers: ["x-api-key": rig.secret, "anthropic-version": "2023-06-01"],
        body: body.canonicalText())
      #expect(whole.status == 200, "\(whole.text)")
      #expect(try whole.json()["content"]?[0]?["text"] == "Well met.")
      #expect(try whole.json()["stop_reason"] == "end_turn")
      #expect(try whole.json()["usage"]?["output_tokens"] == 2)
      let sent = try JSON(parsing: rig.upstream.received.last?.body ?? "")
      #expect(sent["messages"]?[0] == ["role": "system", "content": "Be brief."] && sent["max_tokens"] == 50)
      var streaming = body.members ?? [:]
      streaming["stream"] = true
      let stream = try await rig.post("/v1/messages", .object(streaming))
      #expect(stream.text.contains("event: message_stop\n") && stream.text.contains(#""text":"Well ""#))
    }
  }

  @Test func `a client of OpenAI's asks a model of Anthropic's`() async throws {
    try await GatewayRig.run(path: "/anthropic/v1") { rig in
      rig.upstream.play(.message(["Well ", "met."], input: 7, output: 2))
      let response = try await rig.post("/v1/chat/completions", GatewayRig.chat(["logit_bias": ["1": 5]]))
      #expect(response.status == 200, "\(response.text)")
      #expect(try response.json()["choices"]?[0]?["message"]?["content"] == "Well met.")
      #expect(response["arbiter-untranslated"]?.contains("/logit_bias") == true)
      #expect(rig.upstream.received.last?.headers["x-api-key"] == GatewayRig.providerKey)
    }
  }

  @Test func `the Responses protocol is answered by any model`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.answer(["Well ", "met."]))
      let response = try await rig.post("/v1/responses", ["model": "small", "input": "hi", "store": false])
      #expect(response.status == 200, "\(response.text)")
      #expect(try response.json()["output"]?[0]?["content"]?[0]?["text"] == "Well met.")
      let stream = try await rig.post(
        "/v1/responses", ["model": "small", "input": "hi", "store": false, "stream": true])
      #expect(stream.events.count { $0.contains(#""type":"response.completed""#) } == 1, "\(stream.text)")
    }
  }

  // MARK: What goes wrong

  @Test(arguments: ["/v1/chat/completions", "/v1/messages"])
  func `a stream that is cut ends with an error in the client's own words, and never as if it were whole`(
    _ path: String
  ) async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.beginning(["one", "two"]) + [.cut])
      var body = GatewayRig.chat(["stream": true]).members ?? [:]
      body["max_tokens"] = 50
      let response = try await rig.post(path, .object(body))
      #expect(response.status == 200)
      #expect(response.text.contains("one") && response.text.contains("two"))
      #expect(!response.text.contains("[DONE]") && !response.text.contains("message_stop"))
      #expect(response.events.last?.contains("error") == true, "\(response.text)")
      #expect(try await rig.calls(1)[0]["state"] == "cut")
    }
  }

  @Test func `before its first piece a stream that fails has a status of its own`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.plain(400, #"{"error":{"code":"context_length_exceeded","message":"8192 at most"}}"#))
      let response = try await rig.post("/v1/chat/completions", GatewayRig.chat(["stream": true]))
      #expect(response.status == 400 && response.text.contains("8192 at most"))
      rig.upstream.play(.beginning([]) + [.event(#"{"error":{"message":"no","code":400}}"#), .end])
      #expect(try await rig.post("/v1/chat/completions", GatewayRig.chat(["stream": true])).status == 400)
    }
  }

  @Test(arguments: [true, false])
  func `a client who leaves stops the call, and it is booked as stopped`(_ isStreamed: Bool) async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.beginning(isStreamed ? ["one"] : []) + [.pause])
      let connection = try await rig.edge.connect()
      try await connection.send(
        rig.edge.request(
          "POST", "/v1/chat/completions", headers: ["Authorization": "Bearer \(rig.secret)"],
          body: GatewayRig.chat(["stream": .bool(isStreamed)]).canonicalText()))
      if isStreamed {
        _ = try await connection.read(through: "one")
      } else {
        while rig.upstream.received.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
      }
      let left = ContinuousClock.now
      await connection.close()
      await rig.upstream.departure()
      #expect(left.duration(to: .now) < .seconds(30), "a hang guard; the design's second is measured in the bench")
      #expect(try await rig.calls(1)[0]["state"] == "stopped")
    }
  }

  @Test func `what is wrong with a request is told with its place, in the words of the protocol`() async throws {
    try await GatewayRig.run { rig in
      let cases: [(String, JSON, Int, String)] = [
        ("/v1/chat/completions", ["messages": []], 400, "/model"),
        ("/v1/chat/completions", GatewayRig.chat(["model": "nobody"]), 404, "nobody"),
        ("/v1/messages", ["model": "nobody", "messages": [], "max_tokens": 1], 404, "not_found_error"),
        ("/v1/responses", ["model": "small"], 400, "/input"),
        ("/v1/responses", ["model": "small", "input": "hi", "background": true, "store": false], 400, "background"),
        (
          "/v1/responses", ["model": "small", "input": "hi", "previous_response_id": "resp_1"], 400, "previous_response"
        ),
        ("/v1/embeddings", ["model": "small"], 400, "/input"),
      ]
      for (path, body, status, words) in cases {
        let response = try await rig.post(path, body)
        #expect(response.status == status && response.text.contains(words), "\(path): \(response.text)")
      }
      let broken = try await rig.edge.send(
        "POST", "/v1/chat/completions", headers: ["Authorization": "Bearer \(rig.secret)"], body: "{\"model\":")
      #expect(broken.status == 400)
      #expect(rig.upstream.received.count == 1, "nothing of it was sent anywhere")
    }
  }

  // MARK: Keys

  @Test func `without a key that is good nothing is asked`() async throws {
    try await GatewayRig.run { rig in
      let keys = [
        [:], ["Authorization": "Bearer arb_\(String(repeating: "A", count: 64))"], ["x-api-key": "sk-nonsense"],
        ["Authorization": "Bearer \(EdgeUnderTest.token)"],
      ]
      for headers in keys {
        let response = try await rig.edge.send(
          "POST", "/v1/chat/completions", headers: headers, body: GatewayRig.chat().canonicalText())
        #expect(response.status == 401)
        #expect(try response.json()["error"]?["code"] == "invalid_api_key")
      }
      let gone = try await rig.edge.terminal("DELETE", "/api/v1/gateway-keys/\(rig.keyID)")
      #expect(gone.status == 200, "\(gone.text)")
      #expect(try await rig.post("/v1/chat/completions", GatewayRig.chat()).status == 401)
      #expect(rig.upstream.received.count == 1)
    }
  }

  @Test func `a key says when it was last used and when it was revoked, and its name stays`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.plain(200, Self.answer))
      func key() async throws -> JSON? {
        try await rig.edge.terminal("GET", "/api/v1/gateway-keys").json()["items"]?[0]
      }
      #expect(try await key()?["lastUsedAt"] == .null)
      #expect(try await rig.post("/v1/chat/completions", GatewayRig.chat()).status == 200)
      let call = try #require(try await rig.calls(1).first)
      #expect(call["gatewayKey"]?.text == rig.keyID)
      #expect(try await key()?["lastUsedAt"] == call["at"])
      #expect(try await rig.edge.terminal("DELETE", "/api/v1/gateway-keys/\(rig.keyID)").status == 200)
      let revoked = try await key()
      #expect(revoked?["name"] == "tests" && revoked?["revokedAt"]?.text != nil, "\(revoked ?? .null)")
      #expect(try await rig.edge.terminal("DELETE", "/api/v1/gateway-keys/\(rig.keyID)").status == 409)
      let rebuilt = try await rig.edge.world.rebuild(reexecuting: true)
      #expect(rebuilt.isEqual, "\(rebuilt.differences)")
    }
  }

  @Test func `the attempts of a call are listed, and calls are looked for by model, key and whether they go on`()
    async throws
  {
    try await GatewayRig.run { rig in
      rig.upstream.play(.plain(200, Self.answer))
      _ = try await rig.post("/v1/chat/completions", GatewayRig.chat())
      let id = try #require(try await rig.calls(1).first?["id"]?.text)
      let attempts = try await rig.edge.terminal("GET", "/api/v1/model-calls/\(id)/attempts")
      #expect(attempts.status == 200, "\(attempts.text)")
      #expect(try attempts.json()["items"]?.items?.map { $0["id"]?.text } == [id])
      let elsewhere = "/api/v1/model-calls/\(rig.keyID)/attempts"
      #expect(try await rig.edge.terminal("GET", elsewhere).status == 404)
      for (query, count) in [
        ("model=small&key=\(rig.keyID)&surface=gateway", 1), ("model=large", 0), ("open=true", 0), ("failed=true", 0),
      ] {
        let found = try await rig.edge.terminal("GET", "/api/v1/model-calls?\(query)")
        #expect(try found.json()["items"]?.items?.count == count, "\(query): \(found.text)")
      }
      let both = try await rig.edge.terminal("GET", "/api/v1/model-calls?open=true&failed=true")
      #expect(both.status == 422 && both.pointers == ["/open"])
    }
  }

  @Test func `a key that was in use is refused by the very next call after it was revoked`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.plain(200, Self.answer))
      #expect(try await rig.post("/v1/chat/completions", GatewayRig.chat()).status == 200)
      let gone = try await rig.edge.terminal("DELETE", "/api/v1/gateway-keys/\(rig.keyID)")
      #expect(gone.status == 200, "\(gone.text)")
      #expect(try await rig.post("/v1/chat/completions", GatewayRig.chat()).status == 401)
    }
  }

  @Test func `a connection that was in use is asked no more after it was disconnected`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.plain(200, Self.answer))
      #expect(try await rig.post("/v1/chat/completions", GatewayRig.chat()).status == 200)
      let asked = rig.upstream.received.count
      let id = try #require(
        try await rig.edge.terminal("GET", "/api/v1/models").json()["connections"]?[0]?["id"]?.text)
      let gone = try await rig.edge.terminal("DELETE", "/api/v1/model-connections/\(id)")
      #expect(gone.status == 204, "\(gone.text)")
      #expect(try await rig.post("/v1/chat/completions", GatewayRig.chat()).status == 404)
      #expect(rig.upstream.received.count == asked)
    }
  }

  @Test func `a key that has expired is good for nothing`() async throws {
    try await GatewayRig.run { rig in
      let soon = rig.edge.world.clock.now().advanced(by: .seconds(60))
      let key = try await rig.edge.terminal(
        "POST", "/api/v1/gateway-keys", body: #"{"name":"short","expiresAt":"\#(soon)"}"#)
      let secret = try #require(try key.json()["secret"]?.text, "\(key.text)")
      let headers = ["Authorization": "Bearer \(secret)"]
      #expect(try await rig.edge.send("GET", "/v1/models", headers: headers).status == 200)
      rig.edge.world.clock.advance(by: .seconds(60))
      #expect(try await rig.edge.send("GET", "/v1/models", headers: headers).status == 401)
    }
  }

  @Test func `a key asks the models it was made for, and sees no others`() async throws {
    try await GatewayRig.run(models: ["small"]) { rig in
      rig.upstream.play(.plain(200, Self.answer))
      #expect(try await rig.post("/v1/chat/completions", GatewayRig.chat()).status == 200)
      let refused = try await rig.post("/v1/chat/completions", GatewayRig.chat(["model": "large"]))
      #expect(refused.status == 403)
      #expect(try await rig.get("/v1/models").json()["data"]?.items?.map { $0["id"] } == ["small"])
    }
  }

  @Test func `a secret is told once, and is in no table and no journal row`() async throws {
    try await GatewayRig.run { rig in
      let body = #"{"name":"again"}"#
      let headers = ["Idempotency-Key": "once"]
      let first = try await rig.edge.terminal("POST", "/api/v1/gateway-keys", headers: headers, body: body)
      #expect(first.status == 201)
      let list = try await rig.edge.terminal("GET", "/api/v1/gateway-keys")
      let journal = try await rig.edge.terminal("GET", "/api/v1/journal?limit=50")
      for text in [list.text, journal.text, "\(rig.edge.log.lines)"] {
        #expect(!text.contains(rig.secret.dropFirst(4)))
      }
      #expect(list.text.contains(rig.secret.suffix(4)))
    }
  }

  @Test func `models are listed as OpenAI does and as Anthropic does`() async throws {
    try await GatewayRig.run { rig in
      let openAI = try await rig.get("/v1/models").json()
      #expect(openAI["data"]?.items?.map { $0["id"] } == ["default", "small", "large"])
      #expect(openAI["object"] == "list")
      let anthropic = try await rig.get("/v1/models", headers: ["anthropic-version": "2023-06-01"]).json()
      #expect(anthropic["data"]?[1]?["type"] == "model" && anthropic["has_more"] == false)
      #expect(try await rig.get("/v1/models/large").json()["id"] == "large")
      #expect(try await rig.get("/v1/models/other").status == 404)
    }
  }

  // MARK: Money

  @Test func `a budget that is used up stops calls before anybody is asked`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.plain(200, Self.answer))
      #expect(try await rig.post("/v1/chat/completions", GatewayRig.chat()).status == 200)
      let call = try await rig.calls(1)[0]
      #expect(call["state"] == "finished" && call["inputTokens"] == 7 && call["outputTokens"] == 3)
      #expect(call["gatewayKey"]?.text == rig.keyID && call["modelAnswered"] == "small-2026", "\(call)")
      // This server is on this machine, and so free: what is not free is refused by a budget of nothing.
      #expect(call["costMicros"] == 0)
    }
  }

  @Test func `the built-in model answers programs, too`() async throws {
    try await GatewayRig.run { rig in
      let chosen = try await rig.edge.terminal("PUT", "/api/v1/models/chosen", body: #"{"builtIn":true}"#)
      #expect(chosen.status == 200)
      let response = try await rig.post("/v1/chat/completions", GatewayRig.chat(["model": "default"]))
      #expect(response.status == 200, "\(response.text)")
      #expect(rig.upstream.received.count == 1)
    }
  }
}
