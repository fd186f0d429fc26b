import Foundation
import StrictJSON
import Testing

@testable import Terminal

/// On the export of `Examples/verify-roll`, which a server wrote: rows 1 to 20 and the head; seed 1 is revealed, seed 2
/// is not and has one roll.
@Suite struct `arbiter dice verify` {
  private static var lines: [String] {
    get throws {
      let file = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Examples/verify-roll/sample.jsonl")
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }
  }

  private static let secret = "d2546e78cc44b65a71486c9bae71fa7300c8949a59cb6abb9054199cab66242c"
  private static let commitments = [
    "78cbf38413ba96def608b4b386ff732d519bb5b476ec022b7a33cc9bbce98006",
    "3b98ff41198e0a395c02f3078c879e90e88494c599e518684d3c87fa94cc5f4a",
  ]

  private func run(
    _ lines: [String], _ arguments: [String] = [], status: Terminal.ExitStatus = .success
  ) async throws -> Bench {
    let bench = try Bench(input: Array(lines.map { "\($0)\n" }.joined().utf8))
    #expect(await bench.run(["dice", "verify"] + arguments) == status, "\(bench.diagnostics)")
    #expect(bench.opened.value.isEmpty)
    return bench
  }

  /// The sample with a text in one row, counted from 1, replaced.
  private func forging(_ row: Int, _ text: String, _ other: String) throws -> [String] {
    var lines = try Self.lines
    let forged = lines[row - 1].replacing(text, with: other)
    #expect(forged != lines[row - 1], "nothing was changed")
    lines[row - 1] = forged
    return lines
  }

  @Test func `says what was promised, and how many dice are as promised`() async throws {
    let bench = try await run(try Self.lines)
    #expect(
      bench.output == """
        Seed 1: \(Self.commitments[0]) was promised
        Seed 2: \(Self.commitments[1]) was promised, is not revealed
        18 dice computed again, 0 wrong; 1 rolls of seeds that are not revealed

        """)
    #expect(bench.diagnostics.isEmpty)
  }

  @Test func `says when rows are missing at the end`() async throws {
    let lines = try Self.lines
    let end = try #require(lines.last)
    #expect(
      try await run(lines.dropLast(2) + [end]).output.hasSuffix(
        "\nRows 1 to 19 of 20: the others are not in this export\n"))
    #expect(
      try await run(lines.dropLast()).output.hasSuffix("\nThe export has no end: rows after 20 may be missing\n"))
  }

  @Test func `writes a document`() async throws {
    let bench = try await run(try Self.lines, ["--json"])
    #expect(
      try bench.document == [
        "seeds": [
          ["number": 1, "commitment": .string(Self.commitments[0]), "revealed": true],
          ["number": 2, "commitment": .string(Self.commitments[1]), "revealed": false],
        ], "dice": 18, "wrong": [], "openRolls": 1, "rows": 20, "rowsInAll": 20,
      ])
  }

  @Test func `reads a file`() async throws {
    let bench = try Bench()
    let file = "\(bench.scratch.path)/journal.jsonl"
    try bench.scratch.write(try Self.lines.joined(separator: "\r\n"), to: file)
    #expect(await bench.run("dice", "verify", file) == .success)
    #expect(await bench.run("dice", "verify", file + ".not") == .failed)
    #expect(bench.diagnostics.contains("journal.jsonl.not"))
  }

  /// Row 15 is an attack that failed, and drew all the same.
  @Test(arguments: [false, true])
  func `a changed face is named with its row, and the status is 1`(_ asJSON: Bool) async throws {
    let lines = try forging(15, "[[20,5]]", "[[20,6]]")
    let bench = try await run(lines, asJSON ? ["--json"] : [], status: .failed)
    let sentence = "Row 15: [[20, 6]] was written, [[20, 5]] fell."
    if asJSON {
      #expect(try bench.document["wrong"] == [.string(sentence)])
      #expect(try bench.document["dice"] == 18)
    } else {
      #expect(bench.output.contains("\n\(sentence)\n18 dice computed again, 1 wrong; "))
    }
    #expect(bench.diagnostics == "Error: 1 of what was promised does not hold.\n")
  }

  @Test(
    arguments: [
      (2, commitments[0], commitments[1], "Seed 1: its secret is not the promised one."),
      (14, "cold water", "warm water", "Row 15: [[20, 5]] was written, "),
      (21, #""number":20"#, #""number":19"#, "The export's end names row 19 as the newest; there are 20."),
      (17, #""roll":7,"seed":1,"stream":0},"ev"#, #""roll":8,"seed":1,"stream":0},"ev"#, "; roll 7 comes next."),
    ])
  func `what was changed afterwards is told, and the status is 1`(
    _ row: Int, _ text: String, _ other: String, _ sentence: String
  ) async throws {
    let bench = try await run(try forging(row, text, other), status: .failed)
    #expect(bench.output.contains(sentence), "\(bench.output)")
    #expect(bench.diagnostics.hasSuffix(" of what was promised does not hold.\n"))
  }

  @Test func `the secret of a seed that was not revealed yet can be given`() async throws {
    let lines = try Self.lines.filter { !$0.contains(#""kind":"revealed""#) && !$0.contains(#""number":20,"#) }
    let open = try await run(lines, status: .failed)
    #expect(open.output.contains("0 dice computed again, 0 wrong; 9 rolls of seeds that are not revealed\n"))
    #expect(open.diagnostics == "Error: Nothing could be checked: no seed of it is revealed.\n")
    let known = try await run(lines, ["--secret", Self.secret.uppercased()])
    #expect(known.output.contains("18 dice computed again, 0 wrong; 0 rolls of seeds that are not revealed\n"))
  }

  @Test func `a secret of another workspace checks nothing, and that is told`() async throws {
    let bench = try await run(try Self.lines, ["--secret", String(repeating: "ab", count: 32)], status: .failed)
    #expect(bench.diagnostics == "Error: This cannot be checked. The given secret is of none of its seeds.\n")
  }

  @Test(arguments: ["ab", String(repeating: "a", count: 63), String(repeating: "g", count: 64), "--json"])
  func `a secret that is none is refused before anything is read`(_ secret: String) async throws {
    let bench = try await run(try Self.lines, ["--secret=\(secret)"], status: .usage)
    #expect(bench.diagnostics.contains("--secret is not 64 hexadecimal digits."))
    #expect(bench.output.isEmpty)
  }

  @Test func `a row that is missing, a line that is cut, and what is no export are told in a sentence`() async throws {
    let lines = try Self.lines
    let cases: [([String], String)] = [
      (Array(lines.dropFirst()), "Row 1 comes next; this is not a whole journal, from row 1 on."),
      (Array(lines[..<4] + lines[5...]), "Row 5 comes next; this is not a whole journal, from row 1 on."),
      (
        Array(lines[..<16]) + [String(lines[16].dropLast(40))],
        "A line of it is not JSON, or longer than 67108864 bytes."
      ),
      (["# Fair dice"], "A line of it is not JSON, or longer than 67108864 bytes."),
      ([#"{"hello":"world"}"#], "The export does not say which workspace it is of."),
      ([], "The export does not say which workspace it is of."),
    ]
    for (lines, message) in cases {
      let bench = try await run(lines, status: .failed)
      #expect(bench.diagnostics == "Error: This cannot be checked. \(message)\n")
      #expect(bench.output.isEmpty)
    }
  }

  /// A campaign's file of a mebibyte stands in its row more than once.
  @Test func `a row of several mebibytes is read`() async throws {
    let file = String(repeating: "x", count: 1 << 20)
    let lines = try forging(3, #""number":3,"#, #""padding":["\#(file)","\#(file)"],"number":3,"#)
    #expect(try await run(lines).output.contains("18 dice computed again, 0 wrong; "))
    #expect(lines[2].utf8.count > 2 << 20)
  }

  @Test func `nothing of an export is obeyed by a terminal`() async throws {
    let bench = try await run(try forging(2, Self.commitments[0], #"\u001b]0;mine\u0007"#), status: .failed)
    #expect(!bench.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" }, "\(bench.output)")
  }
}
