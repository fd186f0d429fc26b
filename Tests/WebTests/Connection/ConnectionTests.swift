import Storage
import TestKit
import Testing

@testable import Web

@Suite("Connections", .timeLimit(.minutes(5)))
struct ConnectionTests {
  @Test func `several requests share a connection, also pipelined`() async throws {
    try await EdgeUnderTest.run { edge in
      let connection = try await edge.connect()
      let request = edge.request("GET", "/healthz")
      try await connection.send(request + request + request)
      for _ in 0..<3 { #expect(try await connection.readResponse()?.status == 200) }
      try await connection.send(request)
      #expect(try await connection.readResponse()?.status == 200)
    }
  }

  @Test func `a request that asks for another protocol is answered, and the connection closed`() async throws {
    try await EdgeUnderTest.run { edge in
      let connection = try await edge.connect()
      let headers = [
        "Upgrade": "h2c", "Connection": "Upgrade, HTTP2-Settings", "HTTP2-Settings": "AAMAAABkAAQAoAAAAAIAAAAA",
      ]
      try await connection.send(edge.request("GET", "/healthz", headers: headers))
      let answer = try #require(try await connection.readResponse())
      #expect(answer.status == 200)
      #expect(answer["connection"] == "close")
      #expect(try await connection.readToEnd().isEmpty)
    }
  }

  @Test func `an HTTP 1 point 0 request is answered and the connection closed`() async throws {
    try await EdgeUnderTest.run { edge in
      let connection = try await edge.connect()
      try await connection.send("GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n")
      #expect(try await connection.readResponse()?.status == 200)
      #expect(try await connection.readToEnd().isEmpty)
    }
  }

  @Test func `a slow head gets 408`() async throws {
    try await EdgeUnderTest.run {
      $0.limits.headTime = .milliseconds(150)
    } _: { edge in
      let connection = try await edge.connect()
      try await connection.send("GET /healthz HTTP/1.1\r\nHost: loc")
      let answer = try #require(try await connection.readResponse())
      #expect(answer.status == 408)
      #expect(answer.problem == "request_timeout")
      #expect(answer["retry-after"] == "1")
      #expect(try await connection.readToEnd().isEmpty)
    }
  }

  @Test func `a slow body gets 408, and nothing is done`() async throws {
    try await EdgeUnderTest.run {
      $0.limits.bodyGrace = .milliseconds(150)
    } _: { edge in
      let connection = try await edge.connect()
      let head = "POST /api/v1/rolls HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(EdgeUnderTest.token)\r\n"
      try await connection.send("\(head)Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"nota")
      let answer = try #require(try await connection.readResponse())
      #expect(answer.problem == "request_timeout")
      #expect(try await connection.readToEnd().isEmpty)
      #expect(try await edge.world.count("rolls") == 0)
    }
  }

  @Test func `a body that ends early does nothing`() async throws {
    try await EdgeUnderTest.run { edge in
      let connection = try await edge.connect()
      let head = "POST /api/v1/rolls HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(EdgeUnderTest.token)\r\n"
      try await connection.send(
        "\(head)Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"notation\":\"d6\"}")
      try await connection.finishSending()
      _ = try await connection.readToEnd()
      #expect(try await edge.world.count("rolls") == 0)
    }
  }

  @Test func `a silent connection is closed without a word`() async throws {
    try await EdgeUnderTest.run {
      $0.limits.idleTime = .milliseconds(150)
    } _: { edge in
      let connection = try await edge.connect()
      #expect(try await connection.readToEnd().isEmpty)
    }
  }

  @Test func `an answer before the body's end reaches its reader`() async throws {
    try await EdgeUnderTest.run { edge in
      let connection = try await edge.connect()
      let length = 3 << 20
      try await connection.send(
        "POST /api/v1/rolls HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(EdgeUnderTest.token)\r\n"
          + "Content-Type: application/json\r\nContent-Length: \(length)\r\n\r\n")
      // What the server does not want any more may be lost on the way; its answer may not.
      try? await connection.send([UInt8](repeating: UInt8(ascii: " "), count: length / 2))
      let answer = try #require(try await connection.readResponse())
      #expect(answer.status == 413)
      #expect(answer["connection"] == "close")
    }
  }

  @Test func `headers beyond the limits get 431`() async throws {
    try await EdgeUnderTest.run { edge in
      let many = (0..<1001).map { "X-\($0): 1\r\n" }.joined()
      for headers in ["X-Long: \(String(repeating: "a", count: 81 * 1024))\r\n", many] {
        let connection = try await edge.connect()
        try await connection.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n")
        let answer = try #require(try await connection.readResponse())
        #expect(answer.status == 431)
        #expect(answer.problem == "headers_too_large")
      }
    }
  }

  @Test func `what does not end by itself is cut off when the server stops`() async throws {
    try await EdgeUnderTest.run {
      $0.limits.shutdownTime = .milliseconds(100)
    } _: { edge in
      let connection = try await beginRoll(#"{"#, length: 100, on: edge)
      await edge.stop()
      _ = try await connection.readToEnd()
    }
  }

  @Test func `requests under way are finished when the server stops, and streams get a word`() async throws {
    try await EdgeUnderTest.run { edge in
      let connection = try await beginRoll(#"{"notation":"#, length: 17, on: edge)
      let stream = try await edge.connect()
      try await stream.send(
        "GET /api/v1/events?topics=rolls HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(EdgeUnderTest.token)\r\n\r\n"
      )
      _ = try await stream.read(through: "retry: 1000\n\n")
      await edge.stop()
      let bye = try await stream.read(through: "\n\n")
      #expect(bye.hasSuffix("event: bye\ndata: {\"reason\":\"shutdown\"}\n\n"))
      try await connection.send(#""d6"}"#)
      let answer = try #require(try await connection.readResponse())
      #expect(answer.status == 201)
      #expect(answer["connection"] == "close")
    }
  }

  /// A request whose body has only begun, on a connection where the server is known to have read it: it came in one piece
  /// with one that was answered.
  private func beginRoll(_ body: String, length: Int, on edge: EdgeUnderTest) async throws -> RawConnection {
    let connection = try await edge.connect()
    let head = "POST /api/v1/rolls HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(EdgeUnderTest.token)\r\n"
    try await connection.send(
      edge.request("GET", "/healthz") + head
        + "Content-Type: application/json\r\nContent-Length: \(length)\r\n\r\n\(body)")
    #expect(try await connection.readResponse()?.status == 200)
    return connection
  }
}
