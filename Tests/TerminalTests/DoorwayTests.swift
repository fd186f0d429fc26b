import Operations
import Storage
import StrictJSON
import Testing
import Vocabulary

@testable import Terminal

/// The lock is held by this very process: the kernel tells open files apart, not processes.
@Suite(.timeLimit(.minutes(5))) struct `The way to a folder's operations` {
  private static let rolled = FakeServer.Reply.json(200, answer(17))

  private static func answer(_ total: Int64) -> String {
    let output = rollOutput(total, text: "2d6 (8, 9) = \(total)").canonicalText()
    return """
      {"output":\(output),"journal":{"number":42,"id":"00000000-0000-7000-8000-00000000000a","operation":"roll_dice",
       "version":1,"time":"2026-11-21T09:00:52.000000Z"}}
      """
  }

  private static let holder = FolderHolder(
    process: 4711, role: "server", since: Timestamp(microseconds: 0), version: "1.2.3")

  private func holding(_ bench: Bench, at address: String?, token: String? = "secret-token") throws -> FolderLock {
    let lock = try FolderLock(bench.scratch.data, holder: Self.holder)
    if let token { try PrivateFile.write(Array(token.utf8), to: bench.scratch.data.terminalToken) }
    if let address { try lock.announce(address: address) }
    return lock
  }

  @Test func `leads through a running server, with the token, and leaves the folder closed`() async throws {
    let bench = try Bench()
    try await FakeServer.run(answering: Self.rolled) { server in
      let lock = try holding(bench, at: server.address, token: "secret-token\n")
      #expect(await bench.run("roll", "2d6", "--key", #"a"b\c"#) == .success, "\(bench.diagnostics)")
      lock.release()
      #expect(bench.output == "17\n  2d6 (8, 9) = 17\n  journal row 42\n")
      #expect(bench.opened.value.isEmpty)
      let request = try #require(server.received.first)
      #expect(server.received.count == 1)
      #expect(request.method == "POST")
      #expect(request.path == "/api/v1/operations/roll_dice")
      #expect(request.headers["authorization"] == "Bearer secret-token")
      #expect(request.headers["content-type"] == "application/json")
      #expect(request.headers["idempotency-key"] == #""a\"b\\c""#)
      #expect("http://\(request.headers["host"] ?? "")" == server.address)
      #expect(request.body == #"{"notation":"2d6"}"#)
    }
  }

  @Test func `opens the folder when the lock is left from a crash`() async throws {
    let bench = try Bench()
    try bench.scratch.write(
      try JSON(encoding: Self.holder).prettyText(), to: bench.scratch.data.lock)
    #expect(await bench.run("link") == .success)
    #expect(bench.opened.value == [.writing(command: "arbiter link")])
  }

  @Test func `waits for a server that is starting`() async throws {
    var bench = try Bench()
    try await FakeServer.run(answering: Self.rolled) { server in
      let lock = try holding(bench, at: nil)
      bench.onPause = { pause in
        if pause == 3 { try? lock.announce(address: server.address) }
      }
      #expect(await bench.run("roll", "2d6") == .success, "\(bench.diagnostics)")
      #expect(bench.pauses.value == 3)
      lock.release()
    }
  }

  @Test func `waits for another command, then opens the folder`() async throws {
    var bench = try Bench()
    let lock = try holding(bench, at: nil)
    bench.onPause = { pause in if pause == 2 { lock.release() } }
    #expect(await bench.run("link") == .success)
    #expect(bench.pauses.value == 2)
    #expect(bench.opened.value.count == 1)
  }

  @Test func `names a holder that cannot be asked, after a while, and never opens the folder`() async throws {
    let bench = try Bench()
    let lock = try holding(bench, at: nil)
    #expect(await bench.run("roll", "2d6") == .failed)
    #expect(
      bench.diagnostics.contains("Process 4711 (server, since 1970-01-01T00:00:00.000000Z) holds the data folder"))
    #expect(bench.pauses.value == Doorway.looksMax - 1)
    #expect(bench.opened.value.isEmpty)
    lock.release()
  }

  @Test func `looks again when somebody was faster at the lock`() async throws {
    var bench = try Bench()
    let attempts = Box(0)
    bench.onOpen = {
      if attempts.change({ $0 += 1 }) == 1 { throw StorageError(.locked, "In use.") }
    }
    #expect(await bench.run("link") == .success)
    #expect(attempts.value == 2)
  }

  @Test func `gives up on a lock that is always taken`() async throws {
    var bench = try Bench()
    bench.onOpen = { throw StorageError(.locked, "The data folder is in use by another process.") }
    #expect(await bench.run("link") == .failed)
    #expect(bench.diagnostics == "Error: The data folder is in use by another process.\n")
    #expect(bench.opened.value.count == Doorway.looksMax)
  }

  @Test(arguments: ["http://localhost:8282", "http://10.0.0.1:80", "https://127.0.0.1:1", "evil"])
  func `does not go where the lock file has no business to send it`(_ address: String) async throws {
    let bench = try Bench()
    let lock = try holding(bench, at: address)
    #expect(await bench.run("roll", "2d6") == .failed)
    #expect(bench.diagnostics.contains("which is no loopback address"))
    #expect(bench.opened.value.isEmpty)
    lock.release()
  }

  @Test(arguments: [
    ("", "holds no token"), ("two words", "holds no token"), ("line\r\nX-Evil: 1", "holds no token"),
    (String(repeating: "x", count: 300), "at most 256 are read"),
  ])
  func `sends no token that is none`(_ token: String, _ sentence: String) async throws {
    let bench = try Bench()
    try await FakeServer.run(answering: Self.rolled) { server in
      let lock = try holding(bench, at: server.address, token: token)
      #expect(await bench.run("roll", "2d6") == .failed)
      #expect(bench.diagnostics.contains(sentence))
      #expect(server.received.isEmpty)
      lock.release()
    }
  }

  @Test func `does not use a token that others can read, or that is not there`() async throws {
    let bench = try Bench()
    try await FakeServer.run(answering: Self.rolled) { server in
      let lock = try holding(bench, at: server.address, token: nil)
      #expect(await bench.run("roll", "2d6") == .failed)
      try bench.scratch.write("secret", to: bench.scratch.data.terminalToken)
      #expect(await bench.run("roll", "2d6") == .failed)
      #expect(bench.diagnostics.contains("can be read by other accounts"))
      #expect(server.received.isEmpty)
      lock.release()
    }
  }

  @Test func `says that the holder does not answer, with its process`() async throws {
    let bench = try Bench()
    // A port that was just free and is closed again.
    let address = try await FakeServer.run(answering: .silence) { $0.address }
    let lock = try holding(bench, at: address)
    #expect(await bench.run("roll", "2d6") == .failed)
    #expect(bench.diagnostics.contains("Process 4711 (server, since"))
    #expect(bench.diagnostics.contains("does not answer at \(address). Nothing was done."))
    #expect(bench.opened.value.isEmpty)
    lock.release()
  }
}
