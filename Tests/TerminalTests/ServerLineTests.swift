import Operations
import Storage
import StrictJSON
import Testing
import Vocabulary

@testable import Terminal

@Suite(.timeLimit(.minutes(5))) struct `The door through the server` {
  private static let call = OperationCall(operation: "roll_dice", input: ["notation": "2d6"])

  private func withDoor<Result>(
    _ reply: FakeServer.Reply, limits: ServerLine.Limits = .init(),
    _ body: (ServerDoor, FakeServer) async throws -> Result
  ) async throws -> Result {
    let scratch = try ScratchFolder()
    try PrivateFile.write(Array("secret-token".utf8), to: scratch.data.terminalToken)
    let token = try TerminalToken(of: scratch.data)
    return try await FakeServer.run(answering: reply) { server in
      let holder = FolderHolder(
        process: 4711, role: "server", address: server.address, since: Timestamp(microseconds: 0), version: "1.2.3")
      let address = try #require(LoopbackAddress(server.address))
      let door = ServerDoor(ServerLine(to: holder, at: address, token: token, limits: limits))
      do {
        let result = try await body(door, server)
        await door.close()
        return result
      } catch {
        await door.close()
        throw error
      }
    }
  }

  private func failure(of reply: FakeServer.Reply, limits: ServerLine.Limits = .init()) async throws -> any Error {
    try await withDoor(reply, limits: limits) { door, _ in
      do {
        _ = try await door.perform(Self.call, key: try #require(IdempotencyKey("k1")))
        return TerminalError.failed("nothing failed")
      } catch {
        return error
      }
    }
  }

  @Test func `reads answers without a journal row, and repeated ones`() async throws {
    let headers = [("Content-Type", "application/json"), ("Idempotency-Replayed", "true")]
    let reply = FakeServer.Reply.answer(200, headers, #"{"output":{"items":[]},"journal":null}"#)
    let answer = try await withDoor(reply) { door, _ in
      try await door.perform(Self.call, key: try #require(IdempotencyKey("k1")))
    }
    #expect(answer == OperationAnswer(output: ["items": []], journal: nil, isRepeated: true))
  }

  @Test func `rehearses`() async throws {
    let reply = FakeServer.Reply.json(
      200,
      #"{"sample":true,"results":[{"operation":"roll_dice","status":"not_checked","output":null,"errors":[]}],"errors":[]}"#
    )
    try await withDoor(reply) { door, server in
      let answer = try await door.rehearse([Self.call])
      #expect(answer.results.map(\.status) == [.notChecked])
      #expect(server.received[0].path == "/api/v1/rehearsals")
      #expect(server.received[0].body == #"{"operations":[{"input":{"notation":"2d6"},"operation":"roll_dice"}]}"#)
      #expect(server.received[0].headers["idempotency-key"] == nil)
    }
  }

  @Test func `asks for a link`() async throws {
    let reply = FakeServer.Reply.json(
      201, #"{"url":"http://127.0.0.1:8282/sign-in#c","expiresAt":"2026-11-21T09:10:52.000000Z"}"#)
    try await withDoor(reply) { door, server in
      let link = try await door.makeLink()
      #expect(link.url == "http://127.0.0.1:8282/sign-in#c")
      #expect(server.received[0].path == "/api/v1/sign-in-links")
      #expect(server.received[0].body == "{}")
    }
  }

  @Test func `passes a refusal on with its faults`() async throws {
    let document =
      #"{"detail":"One thing is wrong.","code":"invalid_input","errors":[{"pointer":"/notation","code":"x","message":"Bad."}]}"#
    let error = try await failure(of: .answer(422, [("Content-Type", "application/problem+json")], document))
    let problem = try #require(error as? ServerProblem)
    #expect(problem.status == 422)
    #expect(FailureReport(problem).lines == ["Error: One thing is wrong.", "  /notation: Bad."])
  }

  @Test func `does not follow a redirect, nor show the token to where it leads`() async throws {
    let error = try await failure(of: .answer(307, [("Location", "http://127.0.0.1:1/elsewhere")], ""))
    #expect((error as? ServerProblem)?.status == 307)
  }

  @Test(arguments: [
    "", "nonsense", "[]", "{}", #"{"output":1,"output":2}"#, #"{"output":{},"journal":{"number":"x"}}"#,
    #"{"output":{},"journal":7}"#, String(repeating: "[", count: 5_000),
  ])
  func `says that an answer cannot be understood, and whose it is`(_ body: String) async throws {
    let report = FailureReport(try await failure(of: .json(200, body)))
    #expect(report.status == .failed)
    #expect(report.lines[0].contains("(process 4711, version 1.2.3) answered cannot be understood"), "\(report.lines)")
  }

  @Test(arguments: [
    FakeServer.Reply.silence, .raw(""), .raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"output\""),
    .raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n"), .raw("garbage\r\n\r\n"),
  ])
  func `says that the outcome is not known, and how to settle it`(_ reply: FakeServer.Reply) async throws {
    let report = FailureReport(try await failure(of: reply, limits: .init(total: .milliseconds(300))))
    #expect(report.lines[0].contains("Whether it was done is not known."), "\(report.lines)")
    #expect(report.lines[0].contains("Asking again with --key k1 settles it: it is done at most once."))
  }

  @Test func `holds the whole answer to one deadline, also one that trickles`() async throws {
    // The head comes at once and the body never: only a deadline over both ends this.
    let reply = FakeServer.Reply.open("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{")
    let report = FailureReport(try await failure(of: reply, limits: .init(total: .milliseconds(300))))
    #expect(report.lines[0].contains("not within 0.3 seconds"), "\(report.lines)")
  }

  @Test func `does not read more than it wants`() async throws {
    let body = #"{"output":"\#(String(repeating: "x", count: 10_000))"}"#
    let report = FailureReport(try await failure(of: .json(200, body), limits: .init(answerMax: 1_000)))
    #expect(report.lines[0].contains("answered with more than 1000 bytes"), "\(report.lines)")
  }

  @Test(arguments: ["../sessions", "a/b", "", "Roll", "roll dice", "röll", String(repeating: "a", count: 81), "a%2fb"])
  func `asks for nothing but operations`(_ name: String) async throws {
    try await withDoor(.json(200, #"{"output":1}"#)) { door, server in
      await #expect(throws: TerminalError.self) {
        _ = try await door.perform(OperationCall(operation: name, input: [:]), key: try #require(IdempotencyKey("k")))
      }
      #expect(server.received.isEmpty)
    }
  }

  @Test func `the token cannot be printed`() throws {
    let scratch = try ScratchFolder()
    try PrivateFile.write(Array("secret-token".utf8), to: scratch.data.terminalToken)
    let token = try TerminalToken(of: scratch.data)
    var dumped = ""
    dump(token, to: &dumped)
    for text in ["\(token)", String(reflecting: token), dumped] { #expect(!text.contains("secret")) }
  }
}
