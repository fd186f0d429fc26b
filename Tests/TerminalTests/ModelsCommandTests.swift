import Inference
import Storage
import StrictJSON
import Testing
import Vocabulary

@testable import Operations
@testable import Terminal

@Suite("arbiter models")
struct ModelsCommandTests {
  private static let key = "sk-canary-1234567890"
  private static let usable = ModelCheck(
    provider: "OpenAI", isUsable: true, baseURL: "https://api.openai.com/v1", models: ["small", "large"],
    message: "OpenAI answers, with 2 models.")

  private static func connection() throws -> ModelConnection {
    ModelConnection(
      id: try #require(ModelConnectionID("0197a3c1-0000-7000-8000-000000000001")), provider: "OpenAI", name: "Mine",
      baseURL: "https://api.openai.com/v1", models: ["small", "large"], model: "small", hasKey: true,
      createdAt: Timestamp(microseconds: 0))
  }

  /// Answers `list_models` with one connection that is chosen.
  private static func list(_ call: OperationCall) throws -> Performed {
    let connection = try connection()
    let output: JSON = [
      "chosen": ["connection": .string("\(connection.id)"), "provider": "OpenAI", "model": "small", "badge": .null],
      "connections": [try JSON(encoding: connection)], "cursor": "models:1",
    ]
    return Performed(output: call.operation == "list_models" ? output : [:], row: .row(5), isRepeated: false)
  }

  @Test func `list shows what is connected and what answers`() async throws {
    let bench = try Bench(.init(perform: { call, _ in try Self.list(call) }))
    #expect(await bench.run("models", "list") == .success)
    #expect(bench.output.contains("Mine"))
    #expect(bench.output.contains("sealed"))
    #expect(bench.output.hasSuffix("small of OpenAI answers.\n"))
  }

  @Test(arguments: [true, false])
  func `a key is typed unseen or comes from standard input, and is never printed`(isTyped: Bool) async throws {
    let bytes = Array("\(Self.key)\n".utf8)
    let bench = try Bench(
      .init(
        modelCheck: { candidate in
          #expect(candidate.key?.secret == Self.key)
          return Self.usable
        }), input: isTyped ? [] : bytes, typed: isTyped ? bytes : nil)
    #expect(await bench.run("models", "check", "--with-key") == .success)
    #expect(bench.output == "OpenAI answers, with 2 models.\nsmall\nlarge\n")
    #expect(bench.diagnostics == (isTyped ? "Key: \n" : ""))
    #expect(bench.folder.log == ["check model with key at no address", "close"])
    #expect(!(bench.output + bench.diagnostics).contains("canary"))
  }

  @Test func `a check that shows no use is status 1, with its document`() async throws {
    let check = ModelCheck(
      provider: "Anthropic", isUsable: false, baseURL: nil, models: [], message: "Its protocol is coming.")
    let bench = try Bench(.init(modelCheck: { _ in check }), input: Array("sk-ant-canary1234".utf8))
    #expect(await bench.run("models", "check", "--with-key", "--json") == .failed)
    #expect(try bench.document["baseURL"] == .null)
    #expect(bench.diagnostics == "Error: Its protocol is coming.\n")
  }

  @Test func `without a key and an address the servers of this machine are listed`() async throws {
    let found = FoundServer(LocalServer.known[0], models: ["qwen3:4b"])
    let bench = try Bench(.init(servers: [found]))
    #expect(await bench.run("models", "check") == .success)
    #expect(bench.output == "Ollama at http://127.0.0.1:11434/v1\n  qwen3:4b\n")
    let empty = try Bench()
    #expect(await empty.run("models", "check") == .success)
    #expect(empty.output.contains("No model server answers"))
  }

  @Test func `connect hands on what was given, and says what answers`() async throws {
    let bench = try Bench(.init(connection: { _ in try Self.connection() }), input: Array(Self.key.utf8))
    #expect(await bench.run("models", "connect", "--with-key", "--model", "small", "--key", "k") == .success)
    #expect(bench.folder.log == ["connect small as itself k", "close"])
    #expect(
      bench.output
        == "Connected Mine as 0197a3c1-0000-7000-8000-000000000001. small answers from now on.\n")
  }

  @Test(arguments: [
    ["models", "connect"], ["models", "choose"], ["models", "choose", "x", "--built-in"],
    ["models", "choose", "--none", "--model", "m"], ["models", "check", "--base-url", "models.example.com/v1"],
    ["models", "check", "--with-key"], ["models", "disconnect"],
  ])
  func `what makes no sense is status 2, and nothing is asked`(arguments: [String]) async throws {
    let bench = try Bench()
    #expect(await bench.run(arguments) == .usage)
    #expect(bench.folder.log.isEmpty)
  }

  @Test func `a key with a blank in it is refused without being quoted`() async throws {
    let bench = try Bench(input: Array("sk-canary 1234567890".utf8))
    #expect(await bench.run("models", "check", "--with-key") == .usage)
    #expect(bench.diagnostics.contains("/key"))
    #expect(!bench.diagnostics.contains("canary"))
  }

  @Test(
    arguments: [
      (["Mine"], #"{"connection":"0197a3c1-0000-7000-8000-000000000001","model":"small"}"#),
      (
        ["0197a3c1-0000-7000-8000-000000000001", "--model", "large"],
        #"{"connection":"0197a3c1-0000-7000-8000-000000000001","model":"large"}"#
      ),
      (["--built-in"], #"{"builtIn":true}"#), (["--none"], #"{"none":true}"#),
    ])
  func `choose names a connection, the built-in model or none`(arguments: [String], input: String) async throws {
    let bench = try Bench(.init(perform: { call, _ in try Self.list(call) }))
    #expect(await bench.run(["models", "choose"] + arguments) == .success)
    #expect(bench.folder.log.contains("perform choose_model \(input) fresh-key"))
    #expect(bench.output == "small of OpenAI answers.\n")
  }

  @Test func `disconnect takes a name, and lists the names there are for one that is not`() async throws {
    let bench = try Bench(.init(perform: { call, _ in try Self.list(call) }))
    #expect(await bench.run("models", "disconnect", "Mine") == .success)
    #expect(bench.output == "Mine is disconnected, its key destroyed.\n")
    #expect(
      bench.folder.log.contains(
        #"perform disconnect_model {"id":"0197a3c1-0000-7000-8000-000000000001"} fresh-key"#))
    let other = try Bench(.init(perform: { call, _ in try Self.list(call) }))
    #expect(await other.run("models", "disconnect", "Yours") == .usage)
    #expect(other.diagnostics.contains("“Mine”"))
  }

  @Test func `through a server the same is asked over HTTP`() async throws {
    let reply = FakeServer.Reply.json(200, try JSON(encoding: Self.usable).canonicalText())
    try await FakeServer.run(answering: reply) { server in
      let bench = try Bench(input: Array(Self.key.utf8))
      let lock = try FolderLock(
        bench.scratch.data,
        holder: FolderHolder(process: 4711, role: "server", since: Timestamp(microseconds: 0), version: "1.2.3"))
      try PrivateFile.write(Array("secret-token".utf8), to: bench.scratch.data.terminalToken)
      try lock.announce(address: server.address)
      #expect(await bench.run("models", "check", "--with-key") == .success)
      lock.release()
      let request = try #require(server.received.first)
      #expect(request.path == "/api/v1/model-checks")
      #expect(request.body == #"{"key":"\#(Self.key)"}"#)
    }
  }

  @Test func `a line that is typed takes corrections, and ends`() throws {
    var line = TypedLine(limit: 4)
    for byte in Array("ab\u{7f}cdefg".utf8) { #expect(try line.take(byte)) }
    #expect(line.bytes == Array("acde".utf8))
    #expect(try line.take(0x15))
    #expect(line.bytes.isEmpty)
    #expect(try !line.take(0x0a))
    #expect(throws: CancellationError.self) { try line.take(0x03) }
  }
}
