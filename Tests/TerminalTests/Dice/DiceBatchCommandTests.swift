import Foundation
import StrictJSON
import Testing

@testable import Terminal

@Suite struct `arbiter dice batch` {
  private func answers(_ lines: [String], _ options: [String] = [], pace: Int = .max) async throws -> [String] {
    let bench = try Bench(input: Array(lines.map { "\($0)\n" }.joined().utf8), pace: pace)
    #expect(await bench.run(["dice", "batch"] + options) == .success, "\(bench.diagnostics)")
    #expect(bench.diagnostics.isEmpty && bench.opened.value.isEmpty)
    #expect(bench.output.isEmpty || bench.output.hasSuffix("\n"))
    return bench.output.split(separator: "\n").map(String.init)
  }

  private func line(_ expression: String, _ tape: [Int64]) -> String {
    JSON.object(["expr": .string(expression), "tape": .array(tape.map { .integer($0) })]).canonicalText()
  }

  private func answer(_ expression: String, _ tape: [Int64], _ dialect: String = "native") async throws -> String {
    try await answers([line(expression, tape)], ["--dialect", dialect])[0]
  }

  /// A face is the number modulo the sides, plus one.
  @Test(
    arguments: [
      ("3d6", [0, 5, 17], #"{"crit":0,"draws":[1,6,6],"float":13,"total":13}"#),
      ("4d6kh3 + 2", [7, 3, 11, 0], #"{"crit":0,"draws":[2,4,6,1],"float":14,"total":14}"#),
      ("5", [9], #"{"crit":0,"draws":[],"float":5,"total":5}"#),
      ("1d6/4", [2], #"{"crit":0,"draws":[3],"float":0.75,"total":0}"#),
      ("-1d6 / 4", [5], #"{"crit":0,"draws":[6],"float":-1.5,"total":-1}"#),
      ("d%", [99], #"{"crit":0,"draws":[100],"float":100,"total":100}"#),
      ("d%", [9_223_372_036_854_775_807], #"{"crit":0,"draws":[8],"float":8,"total":8}"#),
    ] as [(String, [Int64], String)])
  func `the tape stands for the generator`(_ expression: String, _ tape: [Int64], _ expected: String) async throws {
    #expect(try await answer(expression, tape) == expected)
  }

  @Test func `a tape that ends begins again, and each line has its own`() async throws {
    let answers = try await answers([line("5d6", [0, 1]), line("1d6", [3]), line("7d4", [0, 1, 2])])
    #expect(
      answers == [
        #"{"crit":0,"draws":[1,2,1,2,1],"float":7,"total":7}"#, #"{"crit":0,"draws":[4],"float":4,"total":4}"#,
        #"{"crit":0,"draws":[1,2,3,1,2,3,1],"float":13,"total":13}"#,
      ])
  }

  /// Two dice show 1 and 4; the 1 is thrown again only when both lie there, and the d4 comes last.
  @Test(
    arguments: [
      ("2d6ro1 + 1d4", [0, 3, 4, 2], "[1,4,5,3]"), ("2d6x + 1d4", [5, 1, 5, 0, 3], "[6,2,6,1,4]"),
      ("(1d6, 1d8)kh1 + 1d20", [5, 7, 0], "[6,8,1]"), ("(1d2)d6", [1, 3, 4], "[2,4,5]"),
    ] as [(String, [Int64], String)])
  func `draws are told in the order they were made`(
    _ expression: String, _ tape: [Int64], _ draws: String
  ) async throws {
    #expect(try await answer(expression, tape).contains(#""draws":\#(draws),"#))
  }

  @Test(arguments: [(0, 0), (7, 70), (9, 90), (10, 0), (1_234_567, 70)] as [(Int64, Int)])
  func `d20's d% is the number modulo ten, times ten`(_ number: Int64, _ face: Int) async throws {
    #expect(
      try await answer("1d%", [number], "d20")
        == #"{"crit":0,"draws":[\#(face)],"float":\#(face),"total":\#(face)}"#)
  }

  @Test(
    arguments: [
      ("1d20 + 5", [19], 1), ("1d20 + 5", [0], 2), ("1d20 + 5", [9], 0), ("5 + 1d20", [19], 0),
      ("2d20kh1", [19, 0], 1), ("2d20kl1", [19, 0], 2), ("2d20", [19, 19], 0), ("1d12", [11], 0), ("1d20min2", [0], 0),
    ] as [(String, [Int64], Int64)])
  func `a critical success is 1, a failure 2`(_ expression: String, _ tape: [Int64], _ code: Int64) async throws {
    #expect(try JSON(parsing: try await answer(expression, tape))["crit"] == .integer(code))
  }

  /// Faces 3, 1, 6, 3: which of them `k3` keeps, and what else the programs read in the same letters.
  @Test(
    arguments: [
      ("native", "4d6k3", 12), ("d20", "4d6k3", 6), ("foundry", "4d6k3", 12), ("native", "4d6kh3kl1", 3),
      ("d20", "4d6kh3kl1", 13), ("native", "2d6 - 9 % 4", 3), ("foundry", "(0-2d6-3) % 3", -1),
      ("native", "(0-2d6-3) % 3", 2),
    ] as [(String, String, Int64)])
  func `each dialect reads its own notation`(_ dialect: String, _ expression: String, _ total: Int64) async throws {
    #expect(try JSON(parsing: try await answer(expression, [2, 0, 5, 2], dialect))["total"] == .integer(total))
  }

  @Test(
    arguments: [
      ("", "unexpected_end", 0), ("nonsense", "unexpected_character", 0), ("[1]", "wrong_type", 0),
      ("7", "wrong_type", 0), ("{}", "missing", 0), (#"{"tape":[1]}"#, "missing", 0),
      (#"{"expr":1,"tape":[1]}"#, "wrong_type", 0), (#"{"expr":"1d6"}"#, "wrong_type", 0),
      (#"{"expr":"1d6","tape":7}"#, "wrong_type", 0), (#"{"expr":"1d6","tape":[]}"#, "wrong_type", 0),
      (#"{"expr":"1d6","tape":[1,-1]}"#, "wrong_type", 0), (#"{"expr":"1d6","tape":[1.5]}"#, "wrong_type", 0),
      (#"{"expr":"1d6","tape":["1"]}"#, "wrong_type", 0), (#"{"expr":"1d6","tape":[null]}"#, "wrong_type", 0),
      (#"{"expr":"1d6","tape":[9223372036854775808]}"#, "integer_out_of_range", 0),
      (#"{"expr":"1d6","expr":"1d8","tape":[1]}"#, "duplicate_key", 0), (#"{"expr":"","tape":[1]}"#, "syntax", 0),
      (#"{"expr":"1d6 + * 2","tape":[1]}"#, "syntax", 6), (#"{"expr":"(1d6","tape":[1]}"#, "syntax", 0),
      (#"{"expr":"1d0","tape":[1]}"#, "range", 2), (#"{"expr":"2 + 1001d6","tape":[1]}"#, "range", 4),
      (#"{"expr":"1d6 + {level}","tape":[1]}"#, "formula", 7),
      (#"{"expr":"6 // (1d2 - 1)","tape":[0]}"#, "division_by_zero", 2),
      (#"{"expr":"1d6rr<7","tape":[1]}"#, "endless", 3),
      (#"{"expr":"1000d6x","tape":[5]}"#, "limit", 0),
    ])
  func `a bad line is answered with its fault and stops nothing`(
    _ line: String, _ code: String, _ position: Int64
  ) async throws {
    let answers = try await answers([line, self.line("1d6", [3])])
    try #require(answers.count == 2)
    let document = try JSON(parsing: answers[0])
    #expect(document.members?.count == 1)
    let error = try #require(document["error"], "\(answers[0])")
    #expect(error["code"]?.text == code, "\(error)")
    #expect(error["position"]?.int64 == position, "\(error)")
    #expect(error["message"]?.text?.isEmpty == false)
    #expect(answers[1] == #"{"crit":0,"draws":[4],"float":4,"total":4}"#)
  }

  @Test func `a line that never ends is not kept`() async throws {
    let long = #"{"expr":"1d6","tape":["# + String(repeating: "1,", count: 1 << 20) + "1]}"
    let answers = try await answers([long, line("1d6", [3])], pace: 1 << 16)
    try #require(answers.count == 2)
    #expect(answers[0].contains(#""code":"too_large""#))
    #expect(answers[1].hasSuffix(#""total":4}"#))
  }

  @Test(arguments: [1, 13, 4_096])
  func `answers keep the order of the lines, however they come`(_ pace: Int) async throws {
    let lines = (0..<40).map { $0 % 7 == 3 ? "nonsense" : line("1d1000 + \($0)", [Int64($0) * 17]) }
    let answers = try await answers(lines, pace: pace)
    #expect(answers.count == 40)
    for (index, answer) in answers.enumerated() {
      let total = try JSON(parsing: answer)["total"]
      #expect(total == (index % 7 == 3 ? nil : .integer(Int64(index * 17 % 1_000 + 1 + index))), "\(index)")
    }
  }

  @Test func `reads a file, and says when there is none`() async throws {
    let bench = try Bench()
    let file = "\(bench.scratch.path)/rolls.jsonl"
    try bench.scratch.write(line("2d6", [0, 1]), to: file)
    #expect(await bench.run("dice", "batch", file) == .success)
    #expect(bench.output == "{\"crit\":0,\"draws\":[1,2],\"float\":3,\"total\":3}\n")
    #expect(await bench.run("dice", "batch", file + ".not") == .failed)
    #expect(bench.diagnostics.contains("rolls.jsonl.not"))
  }

  @Test func `an unknown dialect is refused before anything is read`() async throws {
    let bench = try Bench(input: Array(line("1d6", [3]).utf8))
    #expect(await bench.run("dice", "batch", "--dialect", "D20") == .usage)
    #expect(bench.diagnostics.contains("“D20” is no notation."))
    #expect(bench.output.isEmpty)
  }

  @Test func `an answer shows nothing that a terminal would obey`() async throws {
    let answers = try await answers(["{\"expr\":\"1d6[\u{9b}2J\u{202e}\",\"tape\":[1]}", "{\"\u{9b}\":1,\"\u{9b}\":1}"])
    #expect(answers.count == 2)
    #expect(!answers.joined().unicodeScalars.contains { $0 == "\u{9b}" || $0 == "\u{202e}" })
  }

  // MARK: Beside d20 itself

  /// Rolls that Avrae's `d20` 1.1.2 made from tapes of numbers, as that library reports them.
  private static var samples: [JSON] {
    get throws {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../DiceTests/Fixtures/d20_tape_sample.jsonl")
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { try JSON(parsing: String($0)) }
    }
  }

  @Test func `answers what d20 gave for the same tapes`() async throws {
    let samples = try Self.samples
    #expect(samples.count == 200)
    let lines = samples.map { sample in
      let line: JSON = ["expr": sample["expr"] ?? .null, "tape": sample["tape"] ?? .null]
      return line.canonicalText()
    }
    let answers = try await answers(lines, ["--dialect", "d20"], pace: 5_000)
    try #require(answers.count == samples.count)
    for (sample, answer) in zip(samples, answers) {
      let (name, answer) = (sample["expr"]?.text ?? "", try JSON(parsing: answer))
      guard sample["error"] == nil else {
        #expect(answer["error"] != nil, "\(name)")
        continue
      }
      #expect(answer["total"] == sample["total"], "\(name)")
      #expect(answer["crit"] == sample["crit"], "\(name)")
      #expect(Self.number(answer["float"]) == Self.number(sample["float"]), "\(name)")
      #expect(Self.sorted(answer["draws"]) == Self.sorted(sample["used"]), "\(name)")
    }
  }

  /// In d20's report a die stands where it lies, not where it was thrown.
  private static func sorted(_ faces: JSON?) -> [Int64]? { faces?.items?.compactMap(\.int64).sorted() }

  private static func number(_ json: JSON?) -> Double? {
    switch json {
    case .number(let number)?: number
    case .integer(let integer)?: Double(integer)
    default: nil
    }
  }
}
