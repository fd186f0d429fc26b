import Storage
import StrictJSON
import TestKit
import Testing

@testable import Web

@Suite("Who a browser speaks for", .timeLimit(.minutes(5)))
struct CrossOriginTests {
  @Test func `a page of ours changes things, with either sign of a browser`() async throws {
    try await EdgeUnderTest.run { edge in
      let cookie = try await edge.signIn()
      for headers in [["Sec-Fetch-Site": "same-origin"], ["Sec-Fetch-Site": "none"], ["Origin": "http://\(edge.host)"]]
      {
        let answer = try await edge.send(
          "POST", "/api/v1/rolls", headers: headers.merging(["Cookie": cookie]) { a, _ in a },
          body: #"{"notation":"1d6"}"#)
        #expect(answer.status == 201, "\(headers)")
      }
    }
  }

  @Test func `what a browser is told twice it is not told`() async throws {
    try await EdgeUnderTest.run { edge in
      let cookie = try await edge.signIn()
      let body = #"{"notation":"1d6"}"#
      let connection = try await edge.connect()
      try await connection.send(
        "POST /api/v1/rolls HTTP/1.1\r\nHost: \(edge.host)\r\nCookie: \(cookie)\r\nSec-Fetch-Site: same-origin\r\n"
          + "Sec-Fetch-Site: cross-site\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
      )
      #expect(try await connection.readResponse()?.problem == "cross_origin")
    }
  }

  /// Every route that changes something, taken from the description: a new one is tried without being written here.
  @Test func `no change is open to another origin`() async throws {
    try await EdgeUnderTest.run { edge in
      let cookie = try await edge.signIn()
      let document = try await edge.send("GET", "/openapi.json").json()
      let paths = try #require(document["paths"]?.members)
      var tried = 0
      for (path, methods) in paths {
        for method in methods.members?.keys ?? [] where method != "get" {
          for site in ["cross-site", "same-site"] {
            let answer = try await edge.send(
              method.uppercased(), path.replacing("{name}", with: "roll_dice"),
              headers: ["Cookie": cookie, "Sec-Fetch-Site": site], body: "{}", type: "text/plain")
            #expect(answer.problem == "cross_origin", "\(method) \(path)")
            tried += 1
          }
        }
      }
      #expect(tried >= 16)
      #expect(try await edge.browser("GET", "/api/v1/session", cookie: cookie).status == 200)
    }
  }

  @Test func `a page elsewhere may lead to ours`() async throws {
    try await EdgeUnderTest.run { edge in
      let answer = try await edge.send("GET", "/sign-in", headers: ["Sec-Fetch-Site": "cross-site"])
      #expect(answer.status == 200)
    }
  }

  /// Every route below the interface, as nobody: only signing in is open.
  @Test func `nobody sees or does anything`() async throws {
    try await EdgeUnderTest.run { edge in
      let document = try await edge.send("GET", "/openapi.json").json()
      for (path, methods) in try #require(document["paths"]?.members) where path.hasPrefix("/api/") {
        for method in methods.members?.keys ?? [] where path != "/api/v1/sessions" {
          let answer = try await edge.send(method.uppercased(), path, body: method == "get" ? nil : "{}")
          #expect(answer.problem == "signed_out", "\(method) \(path): \(answer.status)")
        }
      }
    }
  }
}
