import ModelServer
import StrictJSON
import Testing

@testable import Web

@Suite("Long silences of streamed answers", .serialized, .timeLimit(.minutes(5)))
struct HeartbeatTests {
  /// A gateway whose answers are silent for a twentieth of a second at most.
  private static func run(
    path: String = "/v1", _ body: @Sendable (GatewayRig) async throws -> Void
  ) async throws {
    try await GatewayRig.run(path: path, { $0.limits.heartbeat = .milliseconds(50) }, body)
  }

  /// What comes of a stream whose model falls silent after its first words, and goes on after the second heartbeat.
  private static func stream(
    _ rig: GatewayRig, _ path: String, _ body: JSON, heartbeat: String
  ) async throws -> String {
    let connection = try await rig.edge.connect()
    try await connection.send(
      rig.edge.request(
        "POST", path, headers: ["Authorization": "Bearer \(rig.secret)"], body: body.canonicalText()))
    let head = try await connection.read(through: "\r\n\r\n")
    #expect(head.contains("200 OK") && head.contains("text/event-stream"))
    var text = ""
    var isReleased = false
    while let chunk = try await connection.readChunk() {
      text += String(decoding: chunk, as: UTF8.self)
      guard !isReleased, text.components(separatedBy: heartbeat).count > 2 else { continue }
      isReleased = true
      rig.upstream.release()
    }
    #expect(isReleased)
    await connection.close()
    return text
  }

  @Test(
    arguments: [
      ("/v1/chat/completions", ["messages": [["role": "user", "content": "hi"]]], ": ping\n\n", "[DONE]"),
      (
        "/v1/messages", ["max_tokens": 50, "messages": [["role": "user", "content": "hi"]]],
        "event: ping\ndata: {\"type\":\"ping\"}\n\n", "message_stop"
      ),
      ("/v1/responses", ["input": "hi", "store": false], ": ping\n\n", "response.completed"),
    ] as [(String, JSONObject, String, String)])
  func `a stream that has begun is kept with heartbeats between its frames`(
    path: String, members: JSONObject, heartbeat: String, end: String
  ) async throws {
    try await Self.run { rig in
      rig.upstream.play(.beginning(["Well "]) + [.pause] + .ending(["met."]))
      var body = members
      body["model"] = "small"
      body["stream"] = true
      let text = try await Self.stream(rig, path, .object(body), heartbeat: heartbeat)
      let frames = text.replacing(heartbeat, with: "")
      #expect(frames.contains("Well ") && frames.contains("met.") && frames.contains(end))
      #expect(!frames.contains("ping"), "between two frames, and never inside of one")
      #expect(!text.hasPrefix(heartbeat), "it has begun before")
    }
  }

  @Test func `a kept response has no heartbeat in it: read again it is the same without them`() async throws {
    try await Self.run { rig in
      rig.upstream.play(.beginning(["Well "]) + [.pause] + .ending(["met."]))
      let text = try await Self.stream(
        rig, "/v1/responses", ["model": "small", "input": "hi", "stream": true], heartbeat: ": ping\n\n")
      let events = text.replacing(": ping\n\n", with: "")
      let id = try #require(events.firstMatch(of: /"id":"(resp_[0-9a-f]+)"/)?.1)
      #expect(try await rig.get("/v1/responses/\(id)?stream=true").text == events)
    }
  }

  @Test func `who reads a kept response while its model is silent is kept, too`() async throws {
    try await Self.run { rig in
      rig.upstream.play(.beginning(["Well "]) + [.pause] + .ending(["met."]))
      let made = try await rig.edge.connect()
      try await made.send(
        rig.edge.request(
          "POST", "/v1/responses", headers: ["Authorization": "Bearer \(rig.secret)"],
          body: JSON.object(["model": "small", "input": "hi", "stream": true]).canonicalText()))
      let beginning = try await made.read(through: #""delta":"Well ""#)
      let id = try #require(beginning.firstMatch(of: /"id":"(resp_[0-9a-f]+)"/)?.1)
      await made.close()
      let reader = try await rig.edge.connect()
      try await reader.send(
        rig.edge.request(
          "GET", "/v1/responses/\(id)?stream=true&starting_after=0",
          headers: ["Authorization": "Bearer \(rig.secret)"]))
      _ = try await reader.read(through: ": ping\n\n")
      rig.upstream.release()
      _ = try await reader.read(through: "event: response.completed")
      await reader.close()
    }
  }
}
