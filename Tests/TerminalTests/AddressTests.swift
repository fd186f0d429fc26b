import StrictJSON
import Testing
import Vocabulary

@testable import Terminal

@Suite struct `A loopback address` {
  @Test(
    arguments: [
      ("http://127.0.0.1:8282", "127.0.0.1", 8282), ("http://127.8.9.255:1", "127.8.9.255", 1),
      ("http://[::1]:65535", "[::1]", 65_535), ("http://127.0.0.1:80/", "127.0.0.1", 80),
    ] as [(String, String, UInt16)])
  func `is read`(_ text: String, _ host: String, _ port: UInt16) throws {
    let address = try #require(LoopbackAddress(text))
    #expect(address.host == host)
    #expect(address.port == port)
  }

  @Test(arguments: [
    "", "http://", "127.0.0.1:80", "https://127.0.0.1:80", "http://127.0.0.1", "http://127.0.0.1:",
    "http://127.0.0.1:0",
    "http://127.0.0.1:65536", "http://127.0.0.1:080", "http://localhost:80", "http://128.0.0.1:80",
    "http://10.0.0.1:80",
    "http://127.0.0.256:80", "http://127.0.0.01:80", "http://127.1:80", "http://0.0.0.0:80", "http://[::]:80",
    "http://[::ffff:127.0.0.1]:80", "http://127.0.0.1.evil.example:80", "http://a@127.0.0.1:80",
    "http://127.0.0.1:80@evil.example:80", "http://127.0.0.1:80/path", "http://127.0.0.1:80?x", "http://127.0.0.1:80#x",
    "http://１２７.0.0.1:80", "http://127.0.0.1:８０", "http://127.0.0.1:80 ", "http://evil.example/127.0.0.1:80",
    "http://127.0.0.1:+80", "http://127.0.0.1:-80", "file:///etc/passwd",
  ])
  func `is nothing else`(_ text: String) {
    #expect(LoopbackAddress(text) == nil)
  }
}

@Suite struct `A journal point` {
  private static let hash = String(repeating: "0f", count: 32)

  @Test func `is read as it is written`() throws {
    let point = try #require(JournalPoint("1234:\(Self.hash)"))
    #expect(point.number == 1234)
    #expect(point.hash == [UInt8](repeating: 0x0f, count: 32))
    #expect("\(point)" == "1234:\(Self.hash)")
  }

  @Test(arguments: [
    "", ":", "1:", ":\(hash)", "0:\(hash)", "-1:\(hash)", "1:\(hash)00", "1:\(hash.dropLast(2))",
    "1:\(hash.dropLast())x",
    "1.5:\(hash)", "1:\(hash):", "99999999999999999999:\(hash)",
  ])
  func `is nothing else`(_ text: String) {
    #expect(JournalPoint(text) == nil)
  }
}

@Suite struct `A variable on the command line` {
  @Test(
    arguments: [
      ("level=7", ["level"], 7), ("a.b.c=-1.5", ["a", "b", "c"], -1.5), ("isBlessed=true", ["isBlessed"], true),
      ("x=9223372036854775807", ["x"], 9_223_372_036_854_775_807),
    ] as [(String, [String], JSON)])
  func `is a name and a number or truth`(_ text: String, _ path: [String], _ value: JSON) throws {
    let variable = try #require(VariableArgument(argument: text))
    #expect(variable.path == path)
    #expect(variable.value == value)
  }

  @Test(arguments: [
    "", "=", "level", "level=", "=7", "a..b=1", ".a=1", "a.=1", "x=null", "x=[]", "x={}", "x=\"7\"", "x=NaN", "x=1e999",
    "x=seven", String(repeating: "a.", count: 40) + "a=1",
  ])
  func `is nothing else`(_ text: String) {
    #expect(VariableArgument(argument: text) == nil)
  }
}

@Suite struct `A problem document` {
  @Test func `gives its sentence and its faults`() {
    let problem = ServerProblem(
      status: 422,
      body: Array(
        """
        {"type":"/problems/invalid_input","title":"Invalid input","status":422,"detail":"Two things are wrong.",
         "code":"invalid_input","errors":[{"pointer":"/notation","code":"missing","message":"It is missing."},
         {"pointer":"/role","code":"not_allowed","message":"No.","allowed":["owner","editor"]}]}
        """.utf8))
    #expect(problem.code == "invalid_input")
    #expect(problem.message == "Two things are wrong.")
    #expect(problem.errors.map(\.pointer) == ["/notation", "/role"])
    #expect(problem.errors[1].allowed == ["owner", "editor"])
  }

  @Test func `without a detail gives its title`() {
    #expect(ServerProblem(status: 500, body: Array(#"{"title":"It broke"}"#.utf8)).message == "It broke")
  }

  @Test(arguments: [
    "", "<html>502</html>", "null", "[]", "7", "{", "\u{0}", #"{"detail":7,"errors":"x","code":[]}"#,
    #"{"detail":"","errors":[1,null,{},{"message":5}]}"#, String(repeating: "[", count: 100_000),
    #"{"detail":"a","detail":"b"}"#,
  ])
  func `that cannot be understood is still a sentence with the status`(_ body: String) {
    let problem = ServerProblem(status: 502, body: Array(body.utf8))
    #expect(problem.message == "The server answered with status 502 and said nothing that can be understood.")
    #expect(problem.errors.isEmpty)
  }

  @Test func `that is not UTF-8 is still a sentence with the status`() {
    #expect(ServerProblem(status: 500, body: [0xff, 0xfe, 0x00]).message.contains("status 500"))
  }

  @Test func `is kept within bounds`() {
    let long = String(repeating: "x", count: 50_000)
    let errors = String(repeating: #"{"pointer":"/a","message":"m"},"#, count: 5_000).dropLast()
    let problem = ServerProblem(status: 400, body: Array(#"{"detail":"\#(long)","errors":[\#(errors)]}"#.utf8))
    #expect(problem.message.count == ServerProblem.textMax)
    #expect(problem.errors.count == ServerProblem.errorsMax)
  }
}
