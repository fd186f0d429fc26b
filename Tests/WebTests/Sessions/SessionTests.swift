import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Web

@Suite("Signing in and out", .timeLimit(.minutes(5)))
struct SessionTests {
  @Test func `a link gives a session, once`() async throws {
    try await EdgeUnderTest.run { edge in
      let code = try await edge.link()
      let body = #"{"code":"\#(code)"}"#
      let answer = try await edge.send(
        "POST", "/api/v1/sessions", headers: ["Sec-Fetch-Site": "same-origin"], body: body)
      #expect(answer.status == 201, "\(answer.text)")
      let session = try #require(try answer.json()["session"])
      #expect(session["person"]?["name"]?.text == "Ines")
      #expect(session["role"]?.text == "owner")
      #expect(session["workspace"]?["name"]?.text == "The Salt Road")
      #expect(session["createdAt"]?.text == "2026-11-21T09:00:00.000000Z")
      let again = try await edge.send("POST", "/api/v1/sessions", body: body)
      #expect(again.problem == "sign_in_link_used")
    }
  }

  @Test func `a link that is old, cut or made up lets nobody in`() async throws {
    try await EdgeUnderTest.run { edge in
      let code = try await edge.link()
      for wrong in ["", "x", String(code.dropLast()), String(repeating: "A", count: 64)] {
        let answer = try await edge.send("POST", "/api/v1/sessions", body: #"{"code":"\#(wrong)"}"#)
        #expect(answer.problem == "sign_in_link_unknown")
      }
      edge.world.clock.advance(by: .seconds(601))
      let late = try await edge.send("POST", "/api/v1/sessions", body: #"{"code":"\#(code)"}"#)
      #expect(late.problem == "sign_in_link_expired")
    }
  }

  @Test func `the cookie is out of reach for scripts and other sites`() async throws {
    try await EdgeUnderTest.run { edge in
      let body = #"{"code":"\#(try await edge.link())"}"#
      let answer = try await edge.send("POST", "/api/v1/sessions", body: body)
      let parts = try #require(answer["set-cookie"]).components(separatedBy: "; ")
      #expect(parts[0].hasPrefix("arbiter_session="))
      #expect(Set(parts.dropFirst()) == ["Max-Age=7776000", "Path=/", "HttpOnly", "SameSite=Lax"])
    }
  }

  @Test func `over TLS the cookie is bound to the host and to TLS`() async throws {
    try await EdgeUnderTest.run {
      $0.publicOrigin = Origin("https://dice.example")
    } _: { edge in
      let body = #"{"code":"\#(try await edge.link())"}"#
      let answer = try await edge.send(
        "POST", "/api/v1/sessions", headers: ["Host": "dice.example", "Origin": "https://dice.example"], body: body)
      let cookie = try #require(answer["set-cookie"])
      #expect(cookie.hasPrefix("__Host-arbiter_session="))
      #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Secure"))
      #expect(answer["strict-transport-security"] != nil)
    }
  }

  @Test func `a session shows who it is until it is ended`() async throws {
    try await EdgeUnderTest.run { edge in
      let cookie = try await edge.signIn()
      #expect(try await edge.browser("GET", "/api/v1/session", cookie: cookie).status == 200)
      let out = try await edge.browser("DELETE", "/api/v1/session", cookie: cookie)
      #expect(out.status == 204)
      #expect(out["set-cookie"] == "arbiter_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax")
      #expect(try await edge.browser("GET", "/api/v1/session", cookie: cookie).problem == "signed_out")
    }
  }

  @Test func `a session ends by itself`() async throws {
    try await EdgeUnderTest.run { edge in
      let cookie = try await edge.signIn()
      edge.world.clock.advance(by: .seconds(15 * 86_400))
      let answer = try await edge.browser("GET", "/api/v1/session", cookie: cookie)
      #expect(answer.problem == "signed_out")
      #expect(answer["www-authenticate"] == "Bearer")
    }
  }

  @Test func `of several cookies the first that opens something counts`() async throws {
    try await EdgeUnderTest.run { edge in
      let cookie = try await edge.signIn()
      let made = "arbiter_session=" + String(repeating: "A", count: 64)
      for cookies in ["\(made); \(cookie)", "a=b;\(cookie)", "arbiter_session=; \(cookie)", "\(cookie); \(made)"] {
        #expect(try await edge.browser("GET", "/api/v1/session", cookie: cookies).status == 200, "\(cookies)")
      }
      let many = Array(repeating: made, count: 20).joined(separator: "; ")
      #expect(try await edge.browser("GET", "/api/v1/session", cookie: "\(many); \(cookie)").status == 401)
      #expect(try await edge.browser("GET", "/api/v1/session", cookie: "xarbiter_session=1; \(made)").status == 401)
    }
  }

  @Test func `the eleventh attempt of a minute waits`() async throws {
    try await EdgeUnderTest.run { edge in
      for _ in 0..<10 {
        #expect(try await edge.send("POST", "/api/v1/sessions", body: #"{"code":"x"}"#).status == 401)
      }
      let answer = try await edge.send("POST", "/api/v1/sessions", body: #"{"code":"\#(try await edge.link())"}"#)
      #expect(answer.problem == "too_many_attempts")
      let wait = try #require(answer["retry-after"].flatMap { Int($0) })
      edge.world.clock.advance(by: .seconds(wait))
      #expect(
        try await edge.send("POST", "/api/v1/sessions", body: #"{"code":"\#(try await edge.link())"}"#).status == 201)
    }
  }

  @Test func `a terminal is the owner, has no session, and makes links`() async throws {
    try await EdgeUnderTest.run { edge in
      let session = try await edge.terminal("GET", "/api/v1/session").json()
      #expect(session["person"]?["name"]?.text == "Ines")
      #expect(session["expiresAt"]?.isNull == true)
      #expect(try await edge.terminal("DELETE", "/api/v1/session").problem == "refused")

      let link = try await edge.terminal("POST", "/api/v1/sign-in-links", body: "{}")
      #expect(link.status == 201)
      let url = try #require(try link.json()["url"]?.text)
      #expect(url.hasPrefix("http://\(edge.host)/sign-in#"))
      let code = try #require(url.split(separator: "#").last)
      #expect(try await edge.send("POST", "/api/v1/sessions", body: #"{"code":"\#(code)"}"#).status == 201)
    }
  }

  @Test func `somebody who is signed in makes no links`() async throws {
    try await EdgeUnderTest.run { edge in
      let cookie = try await edge.signIn()
      #expect(
        try await edge.browser("POST", "/api/v1/sign-in-links", cookie: cookie, body: "{}").problem == "forbidden")
    }
  }

  @Test func `attempts are counted for a bounded number of addresses`() {
    let attempts = SignInAttempts(limit: 10)
    let now = Timestamp(microseconds: 0)
    var refused = 0
    for number in 0..<(SignInAttempts.addressesMax + 50) {
      do { try attempts.note("\(number)", at: now) } catch { refused += 1 }
    }
    #expect(refused == 40)
  }
}
