import Inference
import ModelServer
import Storage
import StrictJSON
import TestKit
import Testing

@testable import Web

@Suite("Asking models over HTTP", .serialized, .timeLimit(.minutes(5)))
struct ModelAskerRouteTests {
  private func ask(_ rig: GatewayRig, _ body: JSON) async throws -> RawResponse {
    try await rig.edge.terminal("POST", "/api/v1/questions", body: body.canonicalText())
  }

  private func events(_ response: RawResponse) throws -> [QuestionEvent] {
    try response.text.split(separator: "\n").map { try JSON(parsing: String($0)).decode(QuestionEvent.self) }
  }

  @Test func `a question is answered line by line, with a report at the end, and booked`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.answer(["Well ", "met."], usage: #"{"prompt_tokens":7,"completion_tokens":2}"#))
      let response = try await ask(rig, ["text": "hi", "model": "large", "rules": "Be short."])
      #expect(response.status == 200 && response["content-type"] == "application/x-ndjson", "\(response.text)")
      let events = try events(response)
      #expect(events.first == .asked(QuestionTarget(provider: "127.0.0.1", model: "large")))
      #expect(events.dropFirst().dropLast() == [.text("Well "), .text("met.")])
      guard case .report(let report)? = events.last else { throw NoReport() }
      #expect(report.failure == nil && report.finish == "stop" && report.costMicros == 0)
      #expect(report.usage == TokenUsage(input: 7, output: 2))
      let call = try #require(try await rig.calls(1).first)
      #expect(call["surface"] == "workbench" && call["task"] == "ask" && call["state"] == "finished")
      let sent = try JSON(parsing: try #require(rig.upstream.received.last).body)
      #expect(sent["messages"]?.items?.map { $0["role"] } == ["system", "user"])
    }
  }

  @Test func `what the provider refuses is in the report, without a key, and an unknown name is not found`()
    async throws
  {
    try await GatewayRig.run { rig in
      rig.upstream.play(.plain(401, #"{"error":{"message":"Incorrect key \#(GatewayRig.providerKey)"}}"#))
      let response = try await ask(rig, ["text": "hi"])
      guard case .report(let report)? = try events(response).last else { throw NoReport() }
      #expect(report.failure?.kind == .badKey && report.failure?.isRetryable == false)
      #expect(report.costMicros == 0, "what runs on this machine costs nothing, whatever was told")
      #expect(!response.text.contains("canary"))
      #expect(try await ask(rig, ["text": "hi", "model": "huge"]).status == 404)
      let wrong = try await ask(rig, ["text": "", "outputTokensMax": 0])
      #expect(wrong.status == 422 && Set(wrong.pointers) == ["/text", "/outputTokensMax"])
    }
  }

  @Test func `who leaves stops the call`() async throws {
    try await GatewayRig.run { rig in
      rig.upstream.play(.beginning(["one"]) + [.pause])
      let connection = try await rig.edge.connect()
      try await connection.send(
        rig.edge.request(
          "POST", "/api/v1/questions", headers: ["Authorization": "Bearer \(EdgeUnderTest.token)"],
          body: #"{"text":"hi"}"#))
      _ = try await connection.read(through: #"{"text":"one"}"#)
      await connection.close()
      await rig.upstream.departure()
      #expect(try await rig.calls(1).first?["state"] == "stopped")
    }
  }

  @Test func `an explanation says where a call would go, and asks nobody`() async throws {
    try await GatewayRig.run { rig in
      let asked = rig.upstream.received.count
      let budget = try await rig.edge.terminal(
        "PUT", "/api/v1/budgets", body: #"{"period":"day","limitMicros":5}"#)
      #expect(budget.status == 200)
      let large = try await rig.edge.terminal("GET", "/api/v1/model-explanations?model=Mine%2Flarge").json()
      #expect(large["entries"]?[0]?["model"] == "large" && large["entries"]?[0]?["connection"] == "Mine")
      #expect(large["entries"]?[0]?["baseURL"]?.text == rig.upstream.baseURL)
      #expect(large["entries"]?[0]?["price"]?["inputMicros"] == 0)
      #expect(large["budgets"]?[0]?["limitMicros"] == 5)
      let chosen = try await rig.edge.terminal("GET", "/api/v1/model-explanations").json()
      #expect(chosen["name"] == "default" && chosen["entries"]?[0]?["model"] == "small")
      #expect(try await rig.edge.terminal("GET", "/api/v1/model-explanations?model=huge").status == 404)
      #expect(rig.upstream.received.count == asked)
    }
  }

  @Test func `connections tell their last use, their last check, and what is held against their models`() async throws {
    try await GatewayRig.run { rig in
      func standing() async throws -> JSON {
        try #require(try await rig.edge.terminal("GET", "/api/v1/upstreams").json()["items"]?[0])
      }
      let before = try await standing()
      #expect(before["check"]?["isUsable"] == true && before["lastUsedAt"] == nil)
      #expect(before["troubles"] == [] && before["underWay"] == 0)
      rig.upstream.play(.plain(500, "{}"))
      _ = try await ask(rig, ["text": "hi"])
      let after = try await standing()
      #expect(after["troubles"]?[0]?["model"] == "small" && after["lastUsedAt"]?.text != nil, "\(after)")
      #expect(after["troubles"]?[0]?["failures"]?.int64 ?? 0 >= 1)
      let id = try #require(before["connection"]?.text)
      rig.upstream.play(.plain(401, #"{"error":{"message":"no \#(GatewayRig.providerKey)"}}"#))
      let check = try await rig.edge.terminal("POST", "/api/v1/model-connections/\(id)/checks")
      #expect(check.status == 200, "\(check.text)")
      #expect(try check.json()["isUsable"] == false)
      #expect(rig.upstream.received.last?.headers["authorization"] == "Bearer \(GatewayRig.providerKey)")
      let kept = try await standing()
      #expect(kept["check"]?["isUsable"] == false)
      #expect(!"\(check.text)\(kept)".contains("canary"))
      #expect(try await rig.edge.terminal("POST", "/api/v1/model-connections/\(rig.keyID)/checks").status == 404)
      #expect(try await rig.edge.terminal("DELETE", "/api/v1/model-connections/\(id)").status == 204)
      #expect(try await rig.edge.world.count("model_checks") == 0)
    }
  }

  private struct NoReport: Error {}
}
