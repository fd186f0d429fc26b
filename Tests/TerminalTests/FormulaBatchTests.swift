import StrictJSON
import Testing

@testable import Terminal

@Suite struct `arbiter formula batch` {
  @Test func `answers each line with a line`() async throws {
    let bench = try Bench(
      input: bytes(
        #"{"expr": "min(20, floor(level*1.5)+3)", "vars": {"level": 7}}"#, #"{"expr":"7 / 2"}"#,
        #"{"expr":"hp.now < hp.max","vars":{"hp":{"now":3,"max":4}},"value":true,"type":"bool"}"#,
        #"{"expr":"1 / 0"}"#))
    #expect(await bench.run("formula", "batch") == .success)
    #expect(
      bench.output == """
        {"value":13,"type":"int"}
        {"value":3.5,"type":"float"}
        {"value":true,"type":"bool"}
        {"error":{"code":"division_by_zero","message":"1 / 0 has no result: a divisor must not be zero","position":2}}

        """)
    #expect(bench.diagnostics.isEmpty && bench.opened.value.isEmpty)
  }

  @Test(arguments: [
    (#"{"expr":"8.0 / 2"}"#, #"{"value":4.0,"type":"float"}"#),
    (#"{"expr":"0 * -1.0"}"#, #"{"value":-0.0,"type":"float"}"#),
    (#"{"expr":"x","vars":{"x":5e-324}}"#, #"{"value":5e-324,"type":"float"}"#),
    (#"{"expr":"1e22"}"#, #"{"value":1e+22,"type":"float"}"#),
    (#"{"expr":"x","vars":{"x":-9223372036854775808}}"#, #"{"value":-9223372036854775808,"type":"int"}"#),
    (#"{"expr":"1234567"}"#, #"{"value":1234567,"type":"int"}"#),
  ])
  func `a value keeps its type and its last bit, and no bound of dice holds it`(_ line: String, _ answer: String)
    async throws
  {
    let bench = try Bench(input: bytes(line))
    #expect(await bench.run("formula", "batch") == .success)
    #expect(bench.output == answer + "\n")
  }

  @Test(arguments: [
    ("", "unexpected_end", 0), ("nonsense", "unexpected_character", 0), ("[1]", "wrong_type", 0), ("{}", "missing", 0),
    (#"{"expr":1}"#, "wrong_type", 0), (#"{"expr":"1","vars":[]}"#, "wrong_type", 0),
    (#"{"expr":"\ud800"}"#, "lone_surrogate", 0), (#"{"expr":"1\u0000"}"#, "nul_character", 0),
    (#"{"expr":"1","expr":"2"}"#, "duplicate_key", 0), (#"{"expr":""}"#, "syntax", 0),
    (#"{"expr":"1 + * 2"}"#, "syntax", 4),
    (#"{"expr":"x","vars":{"x":"1"}}"#, "refused_context", 0),
    (#"{"expr":"1","vars":{"__a":1}}"#, "refused_context", 0),
    (#"{"expr":"1","vars":{"a":{"b":null}}}"#, "refused_context", 0), (#"{"expr":"ö + level"}"#, "unknown_name", 0),
    (#"{"expr":"rand()"}"#, "unknown_function", 0), (#"{"expr":"1 + max(1)"}"#, "argument_count", 4),
    (#"{"expr":"9223372036854775807 + 1"}"#, "overflow", 20), (#"{"expr":"1e308 * 10"}"#, "not_finite", 6),
    (#"{"expr":"sqrt(-1)"}"#, "negative_root", 0),
  ])
  func `a bad line is answered with its fault and stops nothing`(_ line: String, _ code: String, _ position: Int64)
    async throws
  {
    let bench = try Bench(input: bytes(line, #"{"expr":"6 * 7"}"#))
    #expect(await bench.run("formula", "batch") == .success)
    let answers = bench.output.split(separator: "\n")
    try #require(answers.count == 2)
    let error = try #require(try JSON(parsing: String(answers[0]))["error"])
    #expect(error["code"]?.text == code)
    #expect(error["position"]?.int64 == position)
    #expect(error["message"]?.text?.isEmpty == false)
    #expect(answers[1] == #"{"value":42,"type":"int"}"#)
  }

  @Test(arguments: [
    (["--max-depth", "2"], "1 + 2", true), (["--max-depth", "2"], "1 + 2 + 3", false),
    ([], "(((((((((((1)))))))))))", true),
    (["--max-depth", "40"], "1+1+1+1+1+1+1+1+1+1+1+1", true), ([], "1+1+1+1+1+1+1+1+1+1+1+1", false),
    (["--max-length", "5"], "1 + 2", true), (["--max-length", "5"], "1 + 23", false),
    (["--max-nodes", "3"], "1 + 2", true),
    (["--max-nodes", "3"], "1 + -2", false), (["--max-result", "10"], "10", true),
    (["--max-result", "10"], "-10.5", false),
    ([], "99999999", true),
  ])
  func `limits are flags`(_ flags: [String], _ formula: String, _ isAllowed: Bool) async throws {
    let bench = try Bench(input: bytes(#"{"expr":"\#(formula)"}"#))
    #expect(await bench.run(["formula", "batch"] + flags) == .success)
    #expect(bench.output.hasPrefix(isAllowed ? #"{"value":"# : #"{"error":{"code":"limit","#), "\(bench.output)")
  }

  /// More nodes than the standard cost allows to evaluate.
  @Test func `raising the nodes raises what they may cost`() async throws {
    let formula = "max(" + String(repeating: "1, ", count: 1_500) + "2)"
    let bench = try Bench(input: bytes(#"{"expr":"\#(formula)"}"#))
    #expect(await bench.run("formula", "batch", "--max-nodes", "2000", "--max-length", "9999") == .success)
    #expect(bench.output == "{\"value\":2,\"type\":\"int\"}\n")
  }

  @Test(arguments: [1, 7, 64])
  func `lines are answered as they come, the last one without its end`(_ pace: Int) async throws {
    let input = bytes(#"{"expr":"1"}"#, #"{"expr":"größe","vars":{"größe":2}}"#, #"{"expr":"3"}"#).dropLast()
    let bench = try Bench(input: Array(input), pace: pace)
    #expect(await bench.run("formula", "batch") == .success)
    #expect(
      bench.output
        == (1...3).map { "{\"value\":\($0),\"type\":\"int\"}\n" }.joined())
  }

  @Test func `nothing in, nothing out`() async throws {
    let bench = try Bench()
    #expect(await bench.run("formula", "batch") == .success)
    #expect(bench.output.isEmpty)
  }

  @Test func `reads a file, and says when there is none`() async throws {
    let bench = try Bench()
    try bench.scratch.write("{\"expr\":\"2 + 2\"}\r\n", to: "\(bench.scratch.path)/formulas.jsonl")
    #expect(await bench.run("formula", "batch", "\(bench.scratch.path)/formulas.jsonl") == .success)
    #expect(bench.output == "{\"value\":4,\"type\":\"int\"}\n")
    #expect(await bench.run("formula", "batch", "\(bench.scratch.path)/nowhere.jsonl") == .failed)
    #expect(bench.diagnostics.contains("nowhere.jsonl"))
  }

  @Test func `a line that never ends is not kept`() async throws {
    let long = [UInt8](repeating: UInt8(ascii: "("), count: 3 << 20)
    let bench = try Bench(input: long + bytes("", #"{"expr":"1"}"#), pace: 1 << 16)
    #expect(await bench.run("formula", "batch") == .success)
    let answers = bench.output.split(separator: "\n")
    try #require(answers.count == 2)
    #expect(answers[0].contains(#""code":"too_large""#))
    #expect(answers[1] == #"{"value":1,"type":"int"}"#)
  }

  @Test func `an answer shows nothing that a terminal would obey`() async throws {
    let bench = try Bench(
      input: bytes("{\"expr\":\"1\",\"vars\":{\"\u{9b}2J\u{202e}\":1}}", "{\"\u{9b}\":1,\"\u{9b}\":1}"))
    #expect(await bench.run("formula", "batch") == .success)
    #expect(!bench.output.unicodeScalars.contains { $0 == "\u{9b}" || $0 == "\u{202e}" })
  }

  private func bytes(_ lines: String...) -> [UInt8] { Array(lines.map { "\($0)\n" }.joined().utf8) }
}

@Suite struct `Lines of an input` {
  @Test func `what is kept is bounded, and a line of the bound is whole`() throws {
    let whole = [UInt8](repeating: 0x61, count: InputLines.bytesMax)
    var pieces = [whole, [0x0a], whole, [0x61], [0x61, 0x0a, 0x62], whole]
    var lines = InputLines { _ in pieces.isEmpty ? [] : pieces.removeFirst() }
    var all: [InputLines.Line] = []
    while let some = try lines.next() { all += some }
    #expect(all == [.bytes(whole), .tooLong, .tooLong])
    #expect(try lines.next() == nil)
  }

  @Test func `empty lines are lines`() throws {
    var pieces: [[UInt8]] = [[0x0a, 0x0a], [0x61], [0x0a]]
    var lines = InputLines { _ in pieces.isEmpty ? [] : pieces.removeFirst() }
    #expect(try lines.next() == [.bytes([]), .bytes([])])
    #expect(try lines.next() == [])
    #expect(try lines.next() == [.bytes([0x61])])
    #expect(try lines.next() == nil)
  }
}
