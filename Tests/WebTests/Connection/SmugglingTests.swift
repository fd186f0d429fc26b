import Testing

@testable import Web

/// Requests that two readers could take for different ones. Each gets one answer, 400, and a closed connection.
@Suite("Requests with two meanings", .timeLimit(.minutes(5)))
struct SmugglingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: String
    var testDescription: String { name }

    init(_ name: String, _ bytes: String) {
      self.name = name
      self.bytes = bytes
    }
  }

  /// What an attacker hopes to have taken for a request of its own.
  private static let smuggled = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
  private static let post = "POST /api/v1/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"

  static let cases = [
    Case("length and chunks", "\(post)Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(smuggled)"),
    Case("chunks and length", "\(post)Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n\(smuggled)"),
    Case("two lengths", "\(post)Content-Length: 0\r\nContent-Length: 43\r\n\r\n\(smuggled)"),
    Case("two equal lengths", "\(post)Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}\(smuggled)"),
    Case("a list of lengths", "\(post)Content-Length: 0, 43\r\n\r\n\(smuggled)"),
    Case("a signed length", "\(post)Content-Length: +2\r\n\r\n{}\(smuggled)"),
    Case("a negative length", "\(post)Content-Length: -1\r\n\r\n{}\(smuggled)"),
    Case("a length beyond all numbers", "\(post)Content-Length: 99999999999999999999999\r\n\r\n{}\(smuggled)"),
    Case("a length in hexadecimal", "\(post)Content-Length: 0x2\r\n\r\n{}\(smuggled)"),
    Case("two codings", "\(post)Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n\(smuggled)"),
    Case("an unknown coding", "\(post)Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n\(smuggled)"),
    Case("chunked and another", "\(post)Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n\(smuggled)"),
    Case("another and chunked", "\(post)Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n\(smuggled)"),
    Case("a coding behind a tab", "\(post)Transfer-Encoding:\u{b}chunked\r\n\r\n0\r\n\r\n\(smuggled)"),
    Case("a space before the colon", "\(post)Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n\(smuggled)"),
    Case("a folded header", "\(post)X-Fold: a\r\n b\r\nContent-Length: 0\r\n\r\n\(smuggled)"),
    Case("a folded coding", "\(post)Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n\(smuggled)"),
    Case("a bare line feed", "POST /api/v1/sessions HTTP/1.1\nHost: localhost\nContent-Length: 0\n\n\(smuggled)"),
    Case("a bare carriage return", "\(post)X-Odd: a\rb\r\nContent-Length: 0\r\n\r\n\(smuggled)"),
    Case("a zero byte in a header", "\(post)X-Odd: a\0b\r\nContent-Length: 0\r\n\r\n\(smuggled)"),
    Case(
      "a chunk size beyond all numbers", "\(post)Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}\(smuggled)"),
    Case("a chunk size that is none", "\(post)Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n\(smuggled)"),
    Case("a negative chunk size", "\(post)Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n\(smuggled)"),
    Case("a chunk longer than it says", "\(post)Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n\(smuggled)"),
    Case(
      "chunks in HTTP/1.0",
      "POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(smuggled)"),
    Case("two hosts", "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n\(smuggled)"),
    Case("no host", "GET /healthz HTTP/1.1\r\n\r\n\(smuggled)"),
    Case("a whole URL", "GET http://evil/healthz HTTP/1.1\r\nHost: localhost\r\n\r\n\(smuggled)"),
    Case("an authority", "CONNECT evil:443 HTTP/1.1\r\nHost: localhost\r\n\r\n\(smuggled)"),
    Case("an unknown version", "GET /healthz HTTP/3.9\r\nHost: localhost\r\n\r\n\(smuggled)"),
    Case("no version", "GET /healthz\r\nHost: localhost\r\n\r\n\(smuggled)"),
    Case("a header without a name", "GET /healthz HTTP/1.1\r\nHost: localhost\r\n: x\r\n\r\n\(smuggled)"),
    Case("a method that is none", "G@T /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n\(smuggled)"),
    Case("no HTTP at all", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\r\n\r\n\(smuggled)"),
  ]

  @Test func `each gets one answer, 400, and the connection is closed`() async throws {
    try await EdgeUnderTest.run { edge in
      for attack in Self.cases {
        let connection = try await edge.connect()
        try await connection.send(attack.bytes)
        let all = String(decoding: try await connection.readToEnd(), as: UTF8.self)
        let answers = all.components(separatedBy: "HTTP/1.1 ").dropFirst()
        #expect(answers.count == 1, "\(attack.name): \(all)")
        #expect(answers.first?.hasPrefix("400 ") == true, "\(attack.name): \(all)")
        #expect(all.contains(#""code":"malformed_request""#), "\(attack.name): \(all)")
        #expect(all.contains("onnection: close"), "\(attack.name): \(all)")
        await connection.close()
      }
    }
  }

  @Test func `a request behind a good one is refused after the good one's answer`() async throws {
    try await EdgeUnderTest.run { edge in
      let connection = try await edge.connect()
      try await connection.send("\(edge.request("GET", "/healthz"))GET /healthz HTTP/1.1\r\nHost : x\r\n\r\n")
      #expect(try await connection.readResponse()?.status == 200)
      #expect(try await connection.readResponse()?.status == 400)
      #expect(try await connection.readToEnd().isEmpty)
    }
  }
}
