import Foundation
import Operations
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Web

@Suite("Odds and readings over HTTP", .timeLimit(.minutes(5)))
struct DiceRouteTests {
  /// Runs `body`, and expects the journal to be as long afterwards as it was.
  private func run(_ body: @Sendable (EdgeUnderTest) async throws -> Void) async throws {
    try await EdgeUnderTest.run { edge in
      let rows = try await edge.world.count("journal")
      try await body(edge)
      #expect(try await edge.world.count("journal") == rows, "nothing is journalled")
      #expect(try await edge.world.count("rolls") == 0)
    }
  }

  private static func double(_ json: JSON?) -> Double {
    switch json {
    case .number(let number)?: number
    case .integer(let integer)?: Double(integer)
    default: .nan
    }
  }

  // MARK: Odds

  @Test func `odds are every total with its count and its chances`() async throws {
    try await run { edge in
      let answer = try await edge.terminal("POST", "/api/v1/odds", body: #"{"notation":"2D6"}"#)
      #expect(answer.status == 200, "\(answer.text)")
      #expect(answer["cache-control"] == "no-store")
      let odds = try answer.json()
      #expect(odds["expression"] == "2d6" && odds["den"] == "36" && Self.double(odds["tail"]) == 0)
      #expect(Self.double(odds["mean"]) == 7 && Self.double(odds["median"]) == 7)
      #expect(abs(Self.double(odds["sd"]) - (35.0 / 6).squareRoot()) < 1e-15)
      let outcomes = try #require(odds["outcomes"]?.items)
      #expect(outcomes.map { $0["total"]?.int64 } == Array(2...12))
      let counts = [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]
      #expect(outcomes.map { $0["count"]?.text } == counts.map { "\($0)" })
      for (index, outcome) in outcomes.enumerated() {
        #expect(abs(Self.double(outcome["chance"]) - Double(counts[index]) / 36) < 1e-15)
        #expect(abs(Self.double(outcome["atLeast"]) - Double(counts[index...].reduce(0, +)) / 36) < 1e-15)
      }
    }
  }

  @Test(
    arguments: [
      (#"{"notation":"4d6k3"}"#, "4d6kh3", 3, 18, "1296"),
      (#"{"notation":"4d6k3","dialect":"d20"}"#, "4d6k3", 0, 12, "1296"),
      (#"{"notation":"{1d4, 1d6}kh","dialect":"foundry"}"#, "{1d4, 1d6}kh", 1, 6, "24"),
      (#"{"notation":"{level}d6","variables":{"level":2}}"#, "{level}d6", 2, 12, "36"),
      (#"{"notation":"1d4 + @hp.max","variables":{"hp":{"max":10}}}"#, "1d4 + @hp.max", 11, 14, "4"),
    ] as [(String, String, Int64, Int64, String)])
  func `each dialect and its variables are read`(
    body: String, expression: String, least: Int64, greatest: Int64, den: String
  ) async throws {
    try await run { edge in
      let odds = try await edge.terminal("POST", "/api/v1/odds", body: body).json()
      #expect(odds["outcomes"]?[0]?["total"]?.int64 == least, "\(odds)")
      #expect(odds["outcomes"]?.items?.last?["total"]?.int64 == greatest)
      #expect(odds["den"]?.text == den)
      #expect(odds["expression"]?.text?.hasPrefix(expression) == true, "\(odds)")
    }
  }

  @Test func `explosions without an end have a tail`() async throws {
    try await run { edge in
      let odds = try await edge.terminal("POST", "/api/v1/odds", body: #"{"notation":"1d6x"}"#).json()
      let tail = Self.double(odds["tail"])
      #expect(tail > 0 && tail < 0x1p-40)
    }
  }

  static let refused: [(body: String, pointer: String, code: String)] = [
    (#"{"notation":"4d6kh3 + * 2"}"#, "/notation", "bad_notation"),
    (#"{"notation":"{level}d6"}"#, "/notation", "bad_notation"),
    (#"{"notation":"{1d4, 1d6}kh"}"#, "/notation", "bad_notation"),
    (#"{"notation":"1d6","variables":{"level":"x"}}"#, "/variables", "bad_variable"),
    (#"{"notation":"1d6","variables":{"level":null}}"#, "/variables", "bad_variable"),
    (#"{"notation":"1d6","variables":{"a b":1}}"#, "/variables", "bad_variable"),
    (#"{"notation":"101d1000"}"#, "/notation", "odds_too_large"),
    (#"{"notation":"6 // (1d3 - 1)"}"#, "/notation", "no_odds"),
  ]

  @Test(arguments: refused.indices)
  func `what has no odds is a problem with its place`(index: Int) async throws {
    let (body, pointer, code) = Self.refused[index]
    try await run { edge in
      let answer = try await edge.terminal("POST", "/api/v1/odds", body: body)
      #expect(answer.status == 422, "\(answer.text)")
      #expect(answer.problem == "invalid_input")
      let errors = try answer.json()["errors"]?.items ?? []
      #expect(errors.map { $0["pointer"]?.text } == [pointer], "\(answer.text)")
      #expect(errors.map { $0["code"]?.text } == [code], "\(answer.text)")
      #expect(errors.allSatisfy { $0["message"]?.text?.isEmpty == false })
    }
  }

  /// 5,000 totals are drawn, one more is refused with the number.
  @Test func `odds that a page cannot draw are refused with the estimate`() async throws {
    try await run { edge in
      let most = try await edge.terminal("POST", "/api/v1/odds", body: #"{"notation":"1d5000"}"#)
      #expect(most.status == 200)
      #expect(try most.json()["outcomes"]?.items?.count == 5_000)
      let more = try await edge.terminal("POST", "/api/v1/odds", body: #"{"notation":"1d5001"}"#)
      #expect(more.status == 422)
      #expect(more.text.contains("about 5001 different totals; at most 5000 are allowed."))
    }
  }

  @Test(arguments: ["/api/v1/odds", "/api/v1/readings"])
  func `a body that is none is a problem with its place`(path: String) async throws {
    let long = "1" + String(repeating: " ", count: 512)
    try await run { edge in
      for (body, pointer) in [
        ("{}", ""), (#"{"notation":6}"#, "/notation"), (#"{"notation":""}"#, "/notation"),
        (#"{"notation":"\#(long)"}"#, "/notation"), (#"{"notation":"1d6","variables":[]}"#, "/variables"),
        (#"{"notation":"1d6","dialect":"roll20"}"#, "/dialect"), (#"{"notation":"1d6","colour":1}"#, "/colour"),
      ] {
        let answer = try await edge.terminal("POST", path, body: body)
        #expect(answer.status == 422, "\(body): \(answer.text)")
        #expect(answer.pointers.first?.hasPrefix(pointer) == true, "\(body): \(answer.text)")
      }
      let shorter = #"{"notation":"\#(long.dropLast())"}"#
      #expect(try await edge.terminal("POST", path, body: shorter).status == 200, "512 characters are read")
    }
  }

  // MARK: Readings

  @Test func `a text is shown as each dialect reads it`() async throws {
    try await run { edge in
      let answer = try await edge.terminal("POST", "/api/v1/readings", body: #"{"notation":"4d6k3"}"#)
      #expect(answer.status == 200, "\(answer.text)")
      let readings = try #require(try answer.json()["readings"]?.items)
      #expect(readings.map { $0["dialect"]?.text } == ["native", "d20", "foundry"])
      #expect(readings.map { $0["expression"]?.text } == ["4d6kh3", "4d6k3", "4d6kh3"])
      #expect(readings.map { $0["minimum"]?.int64 } == [3, 0, 3])
      #expect(readings[0]["maximum"] == 18 && readings[2]["maximum"] == 18)
      #expect(try #require(readings[1]["maximum"]?.int64) >= 12, "no total is higher")
      // 15869 of 1296; four dice that count 3 once in six.
      #expect(abs(Self.double(readings[0]["mean"]) - 15_869.0 / 1_296) < 1e-12)
      #expect(abs(Self.double(readings[1]["mean"]) - 2) < 1e-12)
      #expect(abs(Self.double(readings[2]["mean"]) - 15_869.0 / 1_296) < 1e-12)
      #expect(readings.allSatisfy { $0["error"] == nil })
    }
  }

  @Test func `a dialect that does not read it says why and where`() async throws {
    try await run { edge in
      let body = #"{"notation":"ö + 2d6"}"#
      let readings = try await edge.terminal("POST", "/api/v1/readings", body: body).json()["readings"]?.items ?? []
      #expect(readings.count == 3)
      for reading in readings {
        #expect(reading["error"]?["code"] == "syntax" && reading["error"]?["position"] == 0)
        #expect(reading["error"]?["column"] == 1 && reading["error"]?["message"]?.text?.isEmpty == false)
        #expect(reading["expression"] == nil && reading["minimum"] == nil && reading["mean"] == nil)
      }
      let sets = try await edge.terminal("POST", "/api/v1/readings", body: #"{"notation":"(1d4, 1d6)kh1"}"#).json()
      #expect(sets["readings"]?.items?.map { $0["error"] == nil } == [true, true, false])
    }
  }

  @Test func `bytes and characters of a place are told apart`() async throws {
    try await run { edge in
      let body = #"{"notation":"2d6[größe] + * 2"}"#
      let error = try await edge.terminal("POST", "/api/v1/readings", body: body).json()["readings"]?[0]?["error"]
      #expect(error?["position"] == 15 && error?["column"] == 14, "\(String(describing: error))")
    }
  }

  @Test func `variables are read, and a missing one is each reading's error`() async throws {
    try await run { edge in
      let with = try await edge.terminal(
        "POST", "/api/v1/readings", body: #"{"notation":"1d6+@level","variables":{"level":3}}"#
      ).json()["readings"]
      #expect(with?[0]?["maximum"] == 9 && with?[2]?["maximum"] == 9)
      #expect(with?[1]?["error"]?["code"] == "syntax", "d20 has no names")
      let without = try await edge.terminal("POST", "/api/v1/readings", body: #"{"notation":"1d6+@level"}"#).json()
      #expect(without["readings"]?[0]?["error"]?["code"] == "formula")
      let bad = try await edge.terminal(
        "POST", "/api/v1/readings", body: #"{"notation":"1d6","variables":{"level":"x"}}"#)
      #expect(bad.status == 422 && bad.pointers == ["/variables"])
      #expect(try bad.json()["errors"]?[0]?["code"] == "bad_variable")
    }
  }

  @Test func `a mean that takes long is left out, bounds are not`() async throws {
    try await run { edge in
      let answer = try await edge.terminal("POST", "/api/v1/readings", body: #"{"notation":"1d1000000"}"#).json()
      #expect(answer["readings"]?[0]?["maximum"] == 1_000_000 && answer["readings"]?[0]?["mean"] == nil)
    }
  }

  // MARK: Who may

  @Test(arguments: ["/api/v1/odds", "/api/v1/readings"])
  func `nobody looks without being signed in`(path: String) async throws {
    try await run { edge in
      #expect(try await edge.send("POST", path, body: #"{"notation":"2d6"}"#).status == 401)
      let cookie = try await edge.signIn()
      #expect(try await edge.browser("POST", path, cookie: cookie, body: #"{"notation":"2d6"}"#).status == 200)
    }
  }

  @Test(arguments: ["show_odds", "read_notation"])
  func `who only looks may look at dice, and may not roll them`(operation: String) async throws {
    let world = try await TestWorkspace()
    let viewer = world.principal(.viewer)
    let call = OperationCall(operation: operation, input: ["notation": "2d6"])
    let answer = try await world.desk.read(call, as: viewer)
    #expect("\(answer)".contains("2d6"))
    let error = await #expect(throws: OperationError.self) {
      try await world.perform("roll_dice", ["notation": "2d6"], as: viewer)
    }
    #expect(error?.code == .forbidden)
    #expect(try await world.count("journal") == 2)
  }
}
