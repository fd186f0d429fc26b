import Storage
import StrictJSON
import TestKit
import Testing

@testable import Web

/// What keeps other sites, other names and too much out. Each of these walls stands alone: taken away, nothing else would
/// show it.
@Suite("Walls of the edge", .timeLimit(.minutes(5)))
struct EdgeWallTests {
  private let roll = #"{"notation":"1d6"}"#

  @Test(arguments: ["/sign-in", "/assets/css/base.css", "/api/v1/session", "/healthz", "/nothing/here"])
  func `every answer forbids foreign scripts, frames and text that becomes markup`(path: String) async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.send("GET", path)
      let policy = try #require(answer["content-security-policy"], "\(answer.status)")
      for rule in [
        "default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'",
      ] { #expect(policy.contains(rule)) }
      #expect(!policy.contains("unsafe"))
      #expect(answer["x-content-type-options"] == "nosniff")
    }
  }

  @Test(arguments: ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.", "127.0.0.1:1", "[::2]"])
  func `a name that is not this server's is turned away, whatever address it leads to`(host: String) async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.terminal("GET", "/api/v1/workspace", headers: ["Host": host])
      #expect(answer.status == 421)
      #expect(answer.problem == "wrong_host")
    }
  }

  @Test(arguments: [
    ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "http://evil.example"],
    ["Origin": "null"], ["Origin": "http://127.0.0.1:1"],
  ])
  func `a page of another origin changes nothing with a visitor's cookie`(headers: [String: String]) async throws {
    try await EdgeUnderTest.run { edge in
      let cookie = ["Cookie": try await edge.signIn()]
      let answer = try await edge.send(
        "POST", "/api/v1/rolls", headers: headers.merging(cookie) { first, _ in first }, body: roll)
      #expect(answer.status == 403)
      #expect(answer.problem == "cross_origin")
      #expect(try await edge.world.count("rolls") == 0)
    }
  }

  @Test func `a cookie does not speak for a change that no browser vouches for`() async throws {
    try await EdgeUnderTest.run { edge in
      let cookie = ["Cookie": try await edge.signIn()]
      let answer = try await edge.send("POST", "/api/v1/rolls", headers: cookie, body: roll)
      #expect(answer.problem == "signed_out")
      #expect(try await edge.world.count("rolls") == 0)
    }
  }

  @Test func `a body over the limit is refused, announced or not`() async throws {
    try await EdgeUnderTest.run {
      $0.limits.bodyBytes = 1_000
    } _: { edge in
      let purpose = String(repeating: "x", count: 1_000)
      let body = #"{"notation":"1d6","purpose":"\#(purpose)"}"#
      #expect(try await edge.terminal("POST", "/api/v1/rolls", body: body).problem == "body_too_large")
      let chunked = try await edge.terminal(
        "POST", "/api/v1/rolls", headers: ["Transfer-Encoding": "chunked", "Content-Type": "application/json"],
        chunks: [body])
      #expect(chunked.problem == "body_too_large")
      #expect(try await edge.world.count("rolls") == 0)
    }
  }
}

extension EdgeUnderTest {
  /// As the owner at a terminal, with a body in chunks.
  fileprivate func terminal(
    _ method: String, _ path: String, headers: [String: String], chunks: [String]
  ) async throws -> RawResponse {
    let head = request(
      method, path, headers: ["Authorization": "Bearer \(Self.token)"].merging(headers) { _, new in new })
    let connection = try await connect()
    let body = chunks.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined()
    try await connection.send("\(head)\(body)0\r\n\r\n")
    guard let response = try await connection.readResponse() else { throw RawConnection.Cut() }
    await connection.close()
    return response
  }
}
