import HTTPTypes
import Storage
import StrictJSON
import TestKit
import Testing

@testable import Web

/// Whatever comes in, one sentence goes out, nothing is half written, and the server stays up.
@Suite("Bad input", .timeLimit(.minutes(5)))
struct BadInputTests {
  struct Case: Sendable {
    let name: String
    var method = "POST"
    var path = "/api/v1/rolls"
    var headers: [String: String] = [:]
    var body: String?
    let code: ProblemCode
    var pointers: [String]?
  }

  private static let text = String(repeating: "x", count: 1 << 20)
  private static let roll = #"{"notation":"1d6"}"#

  static let bodies = [
    Case(name: "no body", code: .invalidInput, pointers: ["/notation"]),
    Case(name: "no JSON", body: "notation=1d6", code: .malformedJSON),
    Case(name: "cut off", body: #"{"notation":"1d6""#, code: .malformedJSON),
    Case(name: "two values", body: "\(roll)\(roll)", code: .malformedJSON),
    Case(name: "a byte order mark", body: "\u{feff}\(roll)", code: .malformedJSON),
    Case(
      name: "a repeated key", body: #"{"notation":"1d6","notation":"2d6"}"#, code: .malformedJSON,
      pointers: ["/notation"]),
    Case(name: "an escaped repeated key", body: #"{"notation":"1d6","no\u0074ation":"2d6"}"#, code: .malformedJSON),
    Case(name: "10,000 arrays", body: String(repeating: "[", count: 10_000), code: .malformedJSON),
    Case(
      name: "10,000 objects in variables",
      body: #"{"notation":"1d6","variables":"# + String(repeating: #"{"a":"#, count: 10_000), code: .malformedJSON),
    Case(name: "a number of a million digits", body: String(repeating: "9", count: 1_000_000), code: .malformedJSON),
    Case(
      name: "U+0000", body: #"{"notation":"1d6","purpose":"a\u0000b"}"#, code: .malformedJSON, pointers: ["/purpose"]),
    Case(name: "half a surrogate pair", body: #"{"notation":"1d6","purpose":"\ud800"}"#, code: .malformedJSON),
    Case(name: "the other half", body: #"{"notation":"1d6","purpose":"\udc00x"}"#, code: .malformedJSON),
    Case(name: "an array", body: "[]", code: .invalidInput),
    Case(name: "null", body: "null", code: .invalidInput),
    Case(name: "a number for text", body: #"{"notation":6}"#, code: .invalidInput, pointers: ["/notation"]),
    Case(name: "true for text", body: #"{"notation":true}"#, code: .invalidInput, pointers: ["/notation"]),
    Case(
      name: "an unknown field", body: #"{"notation":"1d6","role":"owner"}"#, code: .invalidInput, pointers: ["/role"]),
    Case(
      name: "two faults at once", body: #"{"notation":6,"purpsoe":""}"#, code: .invalidInput,
      pointers: ["/notation", "/purpsoe"]),
    Case(name: "empty notation", body: #"{"notation":""}"#, code: .invalidInput, pointers: ["/notation"]),
    Case(name: "no notation at all", body: #"{"notation":"; DROP TABLE rolls"}"#, code: .invalidInput),
    Case(
      name: "a long purpose", body: #"{"notation":"1d6","purpose":"\#(String(repeating: "a", count: 201))"}"#,
      code: .invalidInput),
    Case(name: "1 MB of text", body: #"{"notation":"\#(text.dropLast(100))"}"#, code: .invalidInput),
    Case(name: "more than 1 MiB", body: #"{"notation":"\#(text)"}"#, code: .bodyTooLarge),
  ]

  static let requests = [
    Case(
      name: "a form", headers: ["Content-Type": "application/x-www-form-urlencoded"], body: roll,
      code: .unsupportedMediaType),
    Case(name: "plain text", headers: ["Content-Type": "text/plain"], body: roll, code: .unsupportedMediaType),
    Case(
      name: "another charset", headers: ["Content-Type": "application/json; charset=latin1"], body: roll,
      code: .unsupportedMediaType),
    Case(
      name: "a multipart form", headers: ["Content-Type": "multipart/form-data; boundary=x"], body: roll,
      code: .unsupportedMediaType),
    Case(
      name: "an idempotency key with a space", headers: ["Idempotency-Key": "a b"], body: roll,
      code: .malformedIdempotencyKey),
    Case(
      name: "a long idempotency key", headers: ["Idempotency-Key": String(repeating: "a", count: 129)], body: roll,
      code: .malformedIdempotencyKey),
    Case(
      name: "an unknown parameter", method: "GET", path: "/api/v1/rolls?limt=5", code: .invalidQuery,
      pointers: ["/limt"]),
    Case(
      name: "a repeated parameter", method: "GET", path: "/api/v1/rolls?limit=5&limit=6", code: .invalidQuery,
      pointers: ["/limit"]),
    Case(name: "a parameter on a change", path: "/api/v1/rolls?x=1", body: roll, code: .invalidQuery),
    Case(
      name: "100,000 parameters", method: "GET", path: "/api/v1/rolls?\(String(repeating: "a&", count: 4_000))",
      code: .invalidQuery),
    Case(
      name: "a number that is none", method: "GET", path: "/api/v1/rolls?limit=ten", code: .invalidInput,
      pointers: ["/limit"]),
    Case(
      name: "a number with a sign", method: "GET", path: "/api/v1/rolls?limit=%2B5", code: .invalidInput,
      pointers: ["/limit"]),
    Case(
      name: "a number too large", method: "GET", path: "/api/v1/rolls?limit=99999999999999999999", code: .invalidInput,
      pointers: ["/limit"]),
    Case(
      name: "a number out of bounds", method: "GET", path: "/api/v1/rolls?limit=201", code: .invalidInput,
      pointers: ["/limit"]),
    Case(name: "an id that is none", method: "GET", path: "/api/v1/rolls/7", code: .invalidInput, pointers: ["/id"]),
    Case(
      name: "an id of nothing", method: "GET", path: "/api/v1/rolls/019a0b3c-7f2e-7c41-9b1a-5d3f0a8e6c21",
      code: .notFound),
    Case(name: "a path that cannot be decoded", method: "GET", path: "/api/v1/rolls/%ff", code: .malformedRequest),
    Case(name: "a path with U+0000", method: "GET", path: "/api/v1/rolls/%00", code: .malformedRequest),
    Case(name: "an unknown path", method: "GET", path: "/api/v1/dragons", code: .unknownPath),
    Case(
      name: "an address of 9 KB", method: "GET", path: "/\(String(repeating: "a", count: 9 * 1024))",
      code: .targetTooLong),
    Case(name: "an unknown operation", path: "/api/v1/operations/fly", body: "{}", code: .unknownOperation),
    Case(name: "a change by GET", method: "GET", path: "/api/v1/operations/roll_dice/x", code: .unknownPath),
    Case(name: "the wrong method", method: "DELETE", code: .methodNotAllowed),
    Case(name: "TRACE", method: "TRACE", code: .methodNotAllowed),
    Case(name: "a preflight", method: "OPTIONS", headers: ["Origin": "http://evil"], code: .methodNotAllowed),
    Case(name: "a wrong token", headers: ["Authorization": "Bearer guess"], body: roll, code: .invalidToken),
    Case(name: "no token", headers: ["Authorization": "Bearer "], body: roll, code: .invalidToken),
    Case(name: "a password", headers: ["Authorization": "Basic b3duZXI6b3duZXI="], body: roll, code: .invalidToken),
    Case(name: "a wrong host", headers: ["Host": "evil.example"], body: roll, code: .wrongHost),
    Case(
      name: "no If-Match", method: "PATCH", path: "/api/v1/workspace", body: #"{"name":"x"}"#,
      code: .preconditionRequired),
    Case(
      name: "a bare If-Match", method: "PATCH", path: "/api/v1/workspace", headers: ["If-Match": "1"],
      body: #"{"name":"x"}"#, code: .malformedPrecondition),
    Case(
      name: "a tag of another kind", method: "PATCH", path: "/api/v1/workspace", headers: ["If-Match": "\"abc\""],
      body: #"{"name":"x"}"#, code: .preconditionFailed),
    Case(
      name: "a revision in the body too", method: "PATCH", path: "/api/v1/workspace", headers: ["If-Match": "\"1\""],
      body: #"{"name":"x","revision":1}"#, code: .invalidInput, pointers: ["/revision"]),
    Case(name: "an undo of nothing", path: "/api/v1/undos", body: #"{"journal":999}"#, code: .notFound),
    Case(name: "an undo of the founding", path: "/api/v1/undos", body: #"{"journal":1}"#, code: .notUndoable),
    Case(name: "a rehearsal of nothing", path: "/api/v1/rehearsals", body: #"{"operations":[]}"#, code: .invalidInput),
    Case(name: "no topics", method: "GET", path: "/api/v1/events", code: .invalidQuery, pointers: ["/topics"]),
    Case(
      name: "a topic that is none", method: "GET", path: "/api/v1/events?topics=Rolls", code: .invalidQuery,
      pointers: ["/topics"]),
    Case(name: "a topic twice", method: "GET", path: "/api/v1/events?topics=rolls,rolls", code: .invalidQuery),
    Case(
      name: "a cursor that is none", method: "GET", path: "/api/v1/events?topics=rolls&after=7", code: .malformedCursor),
    Case(
      name: "a last event that is none", method: "GET", path: "/api/v1/events?topics=rolls",
      headers: ["Last-Event-ID": "rolls:-1"], code: .malformedCursor),
  ]

  @Test func `every bad body and request gets its problem, and nothing is done`() async throws {
    try await EdgeUnderTest.run { edge in
      let rows = try await edge.world.count("journal")
      for bad in Self.bodies + Self.requests {
        let answer = try await edge.terminal(bad.method, bad.path, headers: bad.headers, body: bad.body)
        #expect(answer.problem == bad.code.rawValue, "\(bad.name): \(answer.status) \(answer.text.prefix(300))")
        #expect(answer.status == bad.code.status.code, "\(bad.name)")
        if let pointers = bad.pointers { #expect(answer.pointers.sorted() == pointers, "\(bad.name)") }
        #expect(answer["x-request-id"] != nil, "\(bad.name)")
        #expect(answer.body.count < 20_000, "\(bad.name)")
      }
      #expect(try await edge.world.count("journal") == rows)
      #expect(try await edge.send("GET", "/healthz").status == 200)
    }
  }

  @Test func `text that is not UTF-8 is no JSON`() async throws {
    try await EdgeUnderTest.run { edge in
      let connection = try await edge.connect()
      let body: [UInt8] = Array(#"{"notation":""#.utf8) + [0xff, 0xfe] + Array(#""}"#.utf8)
      try await connection.send(
        "POST /api/v1/rolls HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(EdgeUnderTest.token)\r\n"
          + "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\r\n")
      try await connection.send(body)
      #expect(try await connection.readResponse()?.problem == "malformed_json")
    }
  }

  @Test func `a wrong method is told the right ones`() async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.terminal("DELETE", "/api/v1/rolls")
      #expect(answer["allow"] == "GET, HEAD, POST")
    }
  }

  @Test(arguments: ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"])
  func `a method that stands in a header is not heard`(header: String) async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.terminal("GET", "/api/v1/session", headers: [header: "DELETE"])
      #expect(answer.status == 200)
    }
  }

  @Test func `what a log line holds cannot be forged`() async throws {
    try await EdgeUnderTest.run { edge in
      _ = try await edge.send(
        "GET", "/a%0d%0a%1b[31mforged?token=secret", headers: ["Cookie": "arbiter_session=secret"])
      let line = try #require(edge.log.lines.last { $0.message == "request" })
      #expect(line.facts["route"] == "none")
      #expect(!line.facts.values.contains { $0.contains("forged") || $0.contains("secret") || $0.contains("\n") })
    }
  }
}
