import Events
import Storage
import StrictJSON
import TestKit
import Testing

@testable import Web

@Suite("The event stream", .timeLimit(.minutes(2)))
struct EventStreamTests {
  private static let roll = #"{"notation":"1d6"}"#

  /// Opens a stream and reads past its head and its opening frame.
  private func open(
    _ edge: EdgeUnderTest, _ query: String, cookie: String? = nil, headers: [String: String] = [:]
  ) async throws -> RawConnection {
    let connection = try await edge.connect()
    let visitor = cookie.map { ["Cookie": $0] } ?? ["Authorization": "Bearer \(EdgeUnderTest.token)"]
    let headers = visitor.merging(headers) { _, new in new }
    try await connection.send(edge.request("GET", "/api/v1/events?\(query)", headers: headers))
    let head = try #require(try await connection.readHead())
    #expect(head.status == 200)
    _ = try await connection.read(through: "retry: 1000\n\n\r\n")
    return connection
  }

  /// The next frames that say something. Heartbeats come when they like, so a test that counts them is a race.
  private func events(_ count: Int, from connection: RawConnection) async throws -> [String] {
    var events: [String] = []
    while events.count < count {
      events += try await frames(1, from: connection).filter { !$0.hasPrefix(":") }
    }
    return events
  }

  /// The next frames of a stream, its chunks taken apart; heartbeats are frames too.
  private func frames(_ count: Int, from connection: RawConnection) async throws -> [String] {
    var text = ""
    while text.components(separatedBy: "\n\n").count - 1 < count {
      let line = try await connection.read(through: "\r\n")
      let size = try #require(Int(line.dropLast(), radix: 16))
      text += String(decoding: try await connection.read(size), as: UTF8.self)
      _ = try await connection.read(through: "\r\n")
    }
    return text.components(separatedBy: "\n\n").filter { !$0.isEmpty }
  }

  private func makeRolls(_ count: Int, _ edge: EdgeUnderTest) async throws {
    for _ in 0..<count { _ = try await edge.world.perform("roll_dice", ["notation": "1d6", "purpose": "ü"]) }
  }

  @Test func `a stream says what it is`() async throws {
    try await EdgeUnderTest.run { edge in
      let connection = try await edge.connect()
      let headers = ["Authorization": "Bearer \(EdgeUnderTest.token)"]
      try await connection.send(edge.request("GET", "/api/v1/events?topics=rolls", headers: headers))
      let head = try #require(try await connection.readHead())
      #expect(head["content-type"] == "text/event-stream; charset=utf-8")
      #expect(head["cache-control"] == "no-store")
      #expect(head["x-accel-buffering"] == "no")
      #expect(head["content-length"] == nil)
    }
  }

  @Test func `an event comes as a frame with its cursor, live, to every reader`() async throws {
    try await EdgeUnderTest.run { edge in
      let first = try await open(edge, "topics=rolls")
      let second = try await open(edge, "topics=workspace,rolls&after=rolls:0")
      try await makeRolls(1, edge)
      let frame = try await events(1, from: first)[0].components(separatedBy: "\n")
      #expect(frame[0] == "id: rolls:1")
      #expect(frame[1] == "event: roll.made")
      let data = try JSON(parsing: String(frame[2].dropFirst("data: ".count)))
      #expect(data["topic"]?.text == "rolls")
      #expect(data["number"]?.int64 == 1)
      #expect(data["payload"]?["roll"]?["notation"]?.text == "1d6")
      let other = try await events(1, from: second)[0].components(separatedBy: "\n")
      #expect(other[0] == "id: rolls:1,workspace:0")
      #expect(other[2] == frame[2])
    }
  }

  @Test func `a snapshot's cursor leads on without a gap, and the last event wins over it`() async throws {
    try await EdgeUnderTest.run { edge in
      try await makeRolls(3, edge)
      let cursor = try #require(try await edge.world.read("list_rolls")["cursor"]?.text)
      #expect(cursor == "rolls:3")
      let stream = try await open(edge, "topics=rolls&after=\(cursor)")
      let back = try await open(edge, "topics=rolls&after=\(cursor)", headers: ["Last-Event-ID": "rolls:1,other:9"])
      try await makeRolls(1, edge)
      #expect(try await events(1, from: stream)[0].hasPrefix("id: rolls:4\n"))
      let missed = try await events(3, from: back)
      #expect(missed.map { $0.prefix(11) } == ["id: rolls:2", "id: rolls:3", "id: rolls:4"])
    }
  }

  @Test func `a cursor of another database says to begin again`() async throws {
    try await EdgeUnderTest.run { edge in
      try await makeRolls(2, edge)
      let stream = try await open(edge, "topics=rolls&after=rolls:99")
      let frame = try await events(1, from: stream)[0]
      #expect(frame == "id: rolls:2\nevent: reset\ndata: {\"reason\":\"cursor_ahead\",\"topics\":[\"rolls\"]}")
    }
  }

  @Test func `a stream with nothing to say says so`() async throws {
    try await EdgeUnderTest.run {
      $0.limits.heartbeat = .milliseconds(50)
    } _: { edge in
      let stream = try await open(edge, "topics=rolls&after=rolls:0")
      #expect(try await frames(2, from: stream) == [": heartbeat", ": heartbeat"])
    }
  }

  /// What a browser would have seen after each possible cut: whole frames only; it comes back with the last one's id.
  @Test func `cut at every byte and resumed, a reader sees the uncut stream`() async throws {
    try await EdgeUnderTest.run { edge in
      try await makeRolls(3, edge)
      let uncut = try await events(3, from: try await open(edge, "topics=rolls"))
      let stream = uncut.map { "\($0)\n\n" }.joined()
      let bytes = Array(stream.utf8)
      // Cuts within a frame all lead back to the frame before; each place is tried, the server asked once for each answer.
      var resumed: [String: [String]] = [:]
      for cut in 0...bytes.count {
        let seen = String(decoding: bytes[..<cut], as: UTF8.self).components(separatedBy: "\n\n").dropLast()
        let last = seen.last?.components(separatedBy: "\n")[0].dropFirst("id: ".count)
        let id = last.map(String.init) ?? ""
        let missing = uncut.count - seen.count
        if resumed[id] == nil, missing > 0 {
          let back = try await open(
            edge, "topics=rolls&after=rolls:0", headers: id.isEmpty ? [:] : ["Last-Event-ID": id])
          resumed[id] = try await events(missing, from: back)
          await back.close()
        }
        #expect(Array(seen) + (resumed[id] ?? []) == uncut, "cut at byte \(cut)")
      }
    }
  }

  @Test func `a connection cut in the middle of a frame is left, and its seat with it`() async throws {
    try await EdgeUnderTest.run {
      $0.limits.streamsPerSession = 1
    } _: { edge in
      try await makeRolls(3, edge)
      for size in [1, 40, 400, 900] {
        let connection = try await edge.connect()
        let headers = ["Authorization": "Bearer \(EdgeUnderTest.token)"]
        var status = 429
        // The seat of the reader before is given back when its going is noticed.
        while status == 429 {
          try await connection.send(edge.request("GET", "/api/v1/events?topics=rolls", headers: headers))
          let head = try #require(try await connection.readHead())
          status = head.status
          if status == 429 { _ = try await connection.read(Int(head["content-length"] ?? "") ?? 0) }
        }
        _ = try await connection.read(size)
        await connection.close()
      }
    }
  }

  @Test func `a session has so many streams and no more`() async throws {
    try await EdgeUnderTest.run {
      $0.limits.streamsPerSession = 2
    } _: { edge in
      let one = try await open(edge, "topics=rolls")
      let two = try await open(edge, "topics=rolls")
      let answer = try await edge.terminal("GET", "/api/v1/events?topics=rolls")
      #expect(answer.problem == "too_many_streams")
      #expect(answer["retry-after"] == "5")
      let other = try await open(edge, "topics=rolls", cookie: try await edge.signIn())
      for stream in [one, two, other] { await stream.close() }
    }
  }

  @Test func `signing out ends the session's streams and no others`() async throws {
    try await EdgeUnderTest.run { edge in
      let cookie = try await edge.signIn()
      let connection = try await open(edge, "topics=rolls", cookie: cookie)
      let other = try await open(edge, "topics=rolls")
      #expect(try await edge.browser("DELETE", "/api/v1/session", cookie: cookie).status == 204)
      let rest = String(decoding: try await connection.readToEnd(), as: UTF8.self)
      #expect(rest == "0\r\n\r\n")
      try await makeRolls(1, edge)
      #expect(try await events(1, from: other).last?.contains("roll.made") == true)
    }
  }

  @Test func `a session that runs out ends its streams`() async throws {
    try await EdgeUnderTest.run {
      $0.limits.sessionCheck = .milliseconds(50)
    } _: { edge in
      let cookie = try await edge.signIn()
      let connection = try await open(edge, "topics=rolls", cookie: cookie)
      edge.world.clock.advance(by: .seconds(91 * 86_400))
      #expect(String(decoding: try await connection.readToEnd(), as: UTF8.self).hasSuffix("0\r\n\r\n"))
    }
  }

  @Test func `a reader that takes nothing is cut off, and holds up nobody`() async throws {
    try await EdgeUnderTest.run {
      $0.limits.stalledTime = .milliseconds(300)
      $0.limits.sendBufferBytes = 4096
      $0.limits.streamsPerSession = 1
    } _: { edge in
      let connection = try await edge.connect()
      try await connection.stopReading()
      let headers = ["Authorization": "Bearer \(EdgeUnderTest.token)"]
      try await connection.send(edge.request("GET", "/api/v1/events?topics=rolls,journal", headers: headers))
      // Until its seat is free again; each roll is some kilobytes that nobody reads.
      var isFree = false
      while !isFree {
        _ = try await edge.world.perform("roll_dice", ["notation": "200d6"])
        let answer = try await edge.terminal("HEAD", "/api/v1/events?topics=rolls")
        isFree = answer.status == 200 && edge.world.events.readerCount == 0
      }
    }
  }
}
