import ModelServer
import StrictJSON
import Testing

@testable import Web

@Suite("Kept responses over HTTP", .serialized, .timeLimit(.minutes(5)))
struct StoredResponseRouteTests {
  private static func ask(_ members: JSONObject = [:]) -> JSON {
    var body: JSONObject = ["model": "small", "input": "hi"]
    for member in members { body[member.key] = member.value }
    return .object(body)
  }

  @Test func `an answer is kept unless it is said otherwise, and is given again as it was`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.answer(["Well ", "met."], usage: #"{"prompt_tokens":7,"completion_tokens":2}"#))
      let made = try await rig.post("/v1/responses", Self.ask())
      #expect(made.status == 200 && made["arbiter-expires-at"] == "2026-12-21T09:00:00.000000Z", "\(made.text)")
      let id = try #require(try made.json()["id"]?.text)
      let again = try await rig.get("/v1/responses/\(id)?include=reasoning.encrypted_content")
      #expect(again.status == 200 && again.body == made.body)
      let unkept = try #require(try await rig.post("/v1/responses", Self.ask(["store": false])).json()["id"]?.text)
      #expect(try await rig.get("/v1/responses/\(unkept)").status == 404)
    }
  }

  @Test func `a stream that is read again from a number on is the rest of the first, byte for byte`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.answer(["Well ", "met, ", "Wren."]))
      let stream = try await rig.post("/v1/responses", Self.ask(["stream": true]))
      #expect(stream["content-type"] == "text/event-stream; charset=utf-8", "\(stream.text)")
      let id = try #require(try JSON(parsing: stream.events[0])["response"]?["id"]?.text)
      let frames = stream.text.components(separatedBy: "\n\n").dropLast().map { $0 + "\n\n" }
      for number in frames.indices {
        let rest = try await rig.get("/v1/responses/\(id)?stream=true&starting_after=\(number)")
        #expect(rest.status == 200 && rest.text == frames[(number + 1)...].joined(), "after \(number)")
      }
      #expect(try await rig.get("/v1/responses/\(id)?stream=true").body == stream.body)
      for number in ["\(frames.count)", "-1", "x", "1.5"] {
        let refused = try await rig.get("/v1/responses/\(id)?stream=true&starting_after=\(number)")
        #expect(refused.status == 400 && refused.text.contains("/starting_after"), "\(refused.text)")
      }
    }
  }

  @Test func `a client who leaves does not stop what is kept, and finds the rest`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.beginning(["Well "]) + [.pause] + .ending(["met."]))
      let connection = try await rig.edge.connect()
      try await connection.send(
        rig.edge.request(
          "POST", "/v1/responses", headers: ["Authorization": "Bearer \(rig.secret)"],
          body: Self.ask(["stream": true]).canonicalText()))
      let beginning = try await connection.read(through: #""delta":"Well ""#)
      let id = try #require(beginning.firstMatch(of: /"id":"(resp_[0-9a-f]+)"/)?.1)
      await connection.close()
      let status = try await rig.get("/v1/responses/\(id)").json()
      #expect(status["status"] == "in_progress")
      rig.upstream.release()
      let rest = try await rig.get("/v1/responses/\(id)?stream=true&starting_after=3")
      #expect(rest.text.contains(#""delta":"met.""#) && rest.text.contains("event: response.completed"))
      #expect(try await rig.calls(1)[0]["state"] == "finished")
    }
  }

  @Test(arguments: [true, false])
  func `in the background it is answered at once, and is there later`(_ isStreamed: Bool) async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.answer(["Well ", "met."]))
      let made = try await rig.post("/v1/responses", Self.ask(["background": true, "stream": .bool(isStreamed)]))
      #expect(made.status == 200, "\(made.text)")
      let first = isStreamed ? try JSON(parsing: made.events[0])["response"] : try made.json()
      #expect(first?["status"] == "queued" && first?["background"] == true)
      let id = try #require(first?["id"]?.text)
      var response = try await rig.get("/v1/responses/\(id)").json()
      while response["status"] != "completed" {
        #expect(["queued", "in_progress"].contains(response["status"]), "\(response)")
        response = try await rig.get("/v1/responses/\(id)").json()
      }
      #expect(response["output"]?[0]?["content"]?[0]?["text"] == "Well met.")
      let stream = try await rig.get("/v1/responses/\(id)?stream=true")
      #expect(stream.status == (isStreamed ? 200 : 400) && (!isStreamed || stream.body == made.body))
    }
  }

  @Test func `one in the background is cancelled, once and for all; another is not`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.beginning(["one"]) + [.pause])
      let made = try await rig.post("/v1/responses", Self.ask(["background": true]))
      let id = try #require(try made.json()["id"]?.text)
      while rig.upstream.received.count < 2 { try await Task.sleep(for: .milliseconds(5)) }
      for _ in 0..<2 {
        let cancelled = try await rig.edge.send(
          "POST", "/v1/responses/\(id)/cancel", headers: ["Authorization": "Bearer \(rig.secret)"])
        #expect(cancelled.status == 200, "\(cancelled.text)")
        #expect(try cancelled.json()["status"] == "cancelled")
      }
      await rig.upstream.departure()
      #expect(try await rig.calls(1)[0]["state"] == "stopped")
      rig.upstream.play(.answer(["Well met."]))
      let plain = try #require(try await rig.post("/v1/responses", Self.ask()).json()["id"]?.text)
      let refused = try await rig.post("/v1/responses/\(plain)/cancel", [:])
      #expect(refused.status == 400 && refused.text.contains("Cannot cancel a synchronous response."))
    }
  }

  @Test func `one that is taken away is gone, and with it what goes on with it`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.answer(["Well met."]))
      let id = try #require(try await rig.post("/v1/responses", Self.ask()).json()["id"]?.text)
      let headers = ["Authorization": "Bearer \(rig.secret)"]
      let deleted = try await rig.edge.send("DELETE", "/v1/responses/\(id)", headers: headers)
      #expect(try deleted.json() == ["id": .string(id), "object": "response", "deleted": true])
      for (method, path) in [("GET", ""), ("DELETE", ""), ("GET", "/input_items"), ("POST", "/cancel")] {
        let gone = try await rig.edge.send(method, "/v1/responses/\(id)\(path)", headers: headers)
        #expect(gone.status == 404, "\(method) \(path)")
        #expect(try gone.json()["error"]?["message"]?.text == "Response with id '\(id)' not found.")
      }
      let next = try await rig.post("/v1/responses", Self.ask(["previous_response_id": .string(id)]))
      #expect(next.status == 400 && next.text.contains("previous_response_not_found"), "\(next.text)")
    }
  }

  @Test func `what goes on with another is asked with what was said, and says what it was asked`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.answer(["Well met."]))
      let first = try await rig.post("/v1/responses", Self.ask(["input": "I am Wren.", "instructions": "Be brief."]))
      let id = try #require(try first.json()["id"]?.text)
      let second = try await rig.post(
        "/v1/responses", Self.ask(["input": "Who am I?", "previous_response_id": .string(id)]))
      #expect(second.status == 200, "\(second.text)")
      #expect(try second.json()["previous_response_id"]?.text == id)
      let sent = try JSON(parsing: rig.upstream.received.last?.body ?? "")["messages"]?.items ?? []
      #expect(sent.map { $0["role"] } == ["user", "assistant", "user"], "instructions are each response's own")
      #expect(sent.map { $0["content"] } == ["I am Wren.", "Well met.", "Who am I?"])
      let next = try #require(try second.json()["id"]?.text)
      // Also with one that is not kept itself.
      let third = try await rig.post(
        "/v1/responses", Self.ask(["input": "And?", "previous_response_id": .string(next), "store": false]))
      #expect(third.status == 200)
      #expect(try JSON(parsing: rig.upstream.received.last?.body ?? "")["messages"]?.items?.count == 5)
      let items = try await rig.get("/v1/responses/\(next)/input_items?order=asc&limit=2").json()
      #expect(items["data"]?.items?.map { $0["role"] } == ["user", "assistant"] && items["has_more"] == true)
      let after = try #require(items["last_id"]?.text)
      let rest = try await rig.get("/v1/responses/\(next)/input_items?order=asc&after=\(after)").json()
      #expect(rest["data"]?[0]?["content"]?[0] == ["type": "input_text", "text": "Who am I?"])
      #expect(try await rig.get("/v1/responses/\(next)/input_items?limit=101").status == 400)
    }
  }

  @Test func `another key sees nothing of it, whatever it asks`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.answer(["Well met."]))
      let id = try #require(
        try await rig.post("/v1/responses", Self.ask(["background": true])).json()["id"]?.text)
      let other = try await rig.edge.terminal("POST", "/api/v1/gateway-keys", body: #"{"name":"other"}"#)
      let headers = ["Authorization": "Bearer \(try #require(try other.json()["secret"]?.text))"]
      let asked = [
        ("GET", ""), ("GET", "?stream=true"), ("DELETE", ""), ("GET", "/input_items"), ("POST", "/cancel"),
      ]
      for (method, path) in asked {
        let answer = try await rig.edge.send(method, "/v1/responses/\(id)\(path)", headers: headers)
        #expect(answer.status == 404, "\(method) \(path)")
        #expect(try await rig.edge.send(method, "/v1/responses/\(id)\(path)").status == 401)
      }
      let next = try await rig.edge.send(
        "POST", "/v1/responses", headers: headers,
        body: Self.ask(["previous_response_id": .string(id)]).canonicalText())
      #expect(next.status == 400 && next.text.contains("previous_response_not_found"))
      #expect(try await rig.get("/v1/responses/\(id)").status == 200)
    }
  }

  @Test func `no prompt and no answer is in the log or the metrics`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.answer(["swordfish"]))
      let made = try await rig.post("/v1/responses", Self.ask(["input": "swordfish", "stream": true]))
      #expect(made.text.contains("swordfish"))
      let metrics = try await rig.edge.terminal("GET", "/metrics")
      for text in ["\(rig.edge.log.lines)", metrics.text] { #expect(!text.contains("swordfish")) }
    }
  }
}
