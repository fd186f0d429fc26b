import StrictJSON
import Testing

@testable import Terminal

@Suite struct `arbiter dice odds` {
  private func bench(_ arguments: String..., status: Terminal.ExitStatus = .success) async throws -> Bench {
    let bench = try Bench()
    #expect(await bench.run(["dice", "odds"] + arguments) == status, "\(bench.diagnostics)")
    #expect(bench.opened.value.isEmpty, "odds need no folder")
    return bench
  }

  /// 1, 2, 3 … 6 … 1 of 36; the longest bar has 40 blocks.
  @Test func `shows each total with its share and a bar`() async throws {
    let shares = [
      (2, " 2.78", 7), (3, " 5.56", 13), (4, " 8.33", 20), (5, "11.11", 27), (6, "13.89", 33), (7, "16.67", 40),
      (8, "13.89", 33), (9, "11.11", 27), (10, " 8.33", 20), (11, " 5.56", 13), (12, " 2.78", 7),
    ]
    let lines = shares.map { total, share, bar in
      "  \(total < 10 ? " " : "")\(total)   \(share) %  \(String(repeating: "█", count: bar))\n"
    }
    let bench = try await bench("2d6", "--target", "10")
    #expect(
      bench.output
        == "2d6: 2 to 12, mean 7.0, deviation 2.42, median 7.0\n10 or more: 16.67 %\n" + lines.joined())
    #expect(bench.diagnostics.isEmpty)
  }

  @Test(
    arguments: [
      (["2d6 # for the door"], "2d6: 2 to 12, mean 7.0,"), (["d20"], "1d20: 1 to 20, mean 10.5, deviation 5.77, "),
      (["--", "-1d6"], "-1d6: -6 to -1, mean -3.5, deviation 1.71, median -3.5"),
      (["{level}d6", "--variable", "level=2"], "{level}d6: 2 to 12, mean 7.0,"),
      (["4dF+@hp.max", "--variable", "hp.max=1"], "4dF + @hp.max: -3 to 5, mean 1.0,"),
      (["3d6k1", "--dialect", "d20"], "3d6k1: 0 to 3, mean 0.5, "), (["5"], "5: 5 to 5, mean 5.0, deviation 0.0, "),
    ])
  func `the first line is the expression as it was understood, with its bounds`(
    _ arguments: [String], _ beginning: String
  ) async throws {
    let bench = try Bench()
    #expect(await bench.run(["dice", "odds"] + arguments) == .success, "\(bench.diagnostics)")
    #expect(bench.output.hasPrefix(beginning), "\(bench.output)")
  }

  @Test(arguments: [("1d60", 60, false), ("1d61", 60, true), ("1d1000", 60, true), ("1d6", 6, false)])
  func `people are shown sixty totals, and how many more there are`(
    _ expression: String, _ shown: Int, _ isCut: Bool
  ) async throws {
    let lines = try await bench(expression).output.split(separator: "\n")
    #expect(lines.count == 1 + shown + (isCut ? 1 : 0))
    #expect(lines.filter { $0.contains("█") }.count == shown)
    if isCut {
      let all = try #require(Int(expression.dropFirst(2)))
      #expect(lines.last == "  … \(all - 60) more; --json has every total")
    }
  }

  /// 1 of 6^5 is 0.0129 %, 1 of 6^6 is 0.0021 %; an impossible target is none at all.
  @Test func `what can come is never told as nothing`() async throws {
    #expect(try await bench("5d6", "--target", "30").output.contains("30 or more: 0.01 %\n"))
    let bench = try await bench("6d6", "--target", "36")
    #expect(bench.output.contains("36 or more: <0.01 %\n"))
    #expect(bench.output.split(separator: "\n").last?.hasPrefix("  36   <0.01 %") == true)
    #expect(try await self.bench("5d6", "--target", "31").output.contains("31 or more: 0.00 %\n"))
    #expect(try await self.bench("5d6", "--target=-4").output.contains("-4 or more: 100.00 %\n"))
  }

  struct NoNumber: Error {}

  @Test func `a document has every count exactly`() async throws {
    let document = try await bench("2d6", "--json").document
    #expect(
      document["pmf"] == [
        "2": "1", "3": "2", "4": "3", "5": "4", "6": "5", "7": "6", "8": "5", "9": "4", "10": "3", "11": "2", "12": "1",
      ])
    #expect(document["den"] == "36")
    #expect(document.members?.map(\.key) == ["den", "pmf", "mean", "sd"])
    #expect(document["mean"] == 7)
    guard case .number(let deviation)? = document["sd"] else { throw NoNumber() }
    #expect(abs(deviation - (35.0 / 6).squareRoot()) < 1e-15)
  }

  @Test func `a document has every total, however large the counts`() async throws {
    let document = try await bench("60d100", "--json").document
    #expect(document["den"]?.text == "1" + String(repeating: "0", count: 120))
    let totals = try #require(document["pmf"]?.members)
    #expect(totals.count == 60 * 99 + 1)
    #expect(totals.first?.key == "60" && totals.first?.value == "1")
    #expect(totals.map(\.key) == (60...6_000).map { "\($0)" })
  }

  /// 4 of 216 are 17 or more.
  @Test func `a document has the chance of a target`() async throws {
    #expect(try await bench("3d6", "--target", "17", "--json").document["chance"] == .number(4.0 / 216))
  }

  @Test func `explosions without an end leave a tail, and it is told`() async throws {
    let document = try await bench("1d6x", "--json").document
    let den = try #require(document["den"]?.text.flatMap { Double($0) })
    let tail = try #require(document["tail"]?.text.flatMap { Double($0) })
    #expect(tail >= 1 && tail / den < 0x1p-40)
    // One way to stop at once on each of five faces.
    #expect(document["pmf"]?["5"]?.text.flatMap { Double($0) }.map { ($0 / den * 6).rounded(.toNearestOrEven) } == 1)
    #expect(document["pmf"]?["6"] == nil)
    let text = try await bench("1d6x").output
    #expect(text.hasSuffix("\nNot followed: explosions that less than one die in 2^40 reaches.\n"))
  }

  /// Of four dice that show 3, as the d20 dialect keeps them, and of the three highest.
  @Test(
    arguments: [
      ("d20", "4d6k3", ["0": "625", "3": "500", "6": "150", "9": "20", "12": "1"]),
      ("foundry", "{1d4, 1d6}kh", ["1": "1", "2": "3", "3": "5", "4": "7", "5": "4", "6": "4"]),
      ("native", "3d6k1", ["1": "1", "2": "7", "3": "19", "4": "37", "5": "61", "6": "91"]),
      ("d20", "1d%", Dictionary(uniqueKeysWithValues: (0..<10).map { ("\($0 * 10)", "1") })),
    ] as [(String, String, [String: String])])
  func `a dialect is read as its program reads it`(
    _ dialect: String, _ expression: String, _ counts: [String: String]
  ) async throws {
    let document = try await bench(expression, "--dialect", dialect, "--json").document
    let found = try #require(document["pmf"]?.members).map { ($0.key, $0.value.text) }
    #expect(Dictionary(uniqueKeysWithValues: found) == counts)
  }

  @Test(
    arguments: [
      (["4d6kh3 + * 2"], "Error: At column 10: "), (["{level}d6"], "Error: At column 2: "),
      (["6 // (1d3-1)"], "Error: At column 3: "), (["1d6rr<7"], "Error: At column "),
      (
        ["101d1000"],
        "Error: The exact odds would take about 100900 different totals; at most 100000 are allowed.\n"
      ),
      (["1", "--variable", "eval=1"], "Error: A variable cannot be used: "),
    ])
  func `says what is wrong and where`(_ arguments: [String], _ beginning: String) async throws {
    for form in [[], ["--json"]] {
      let bench = try Bench()
      #expect(await bench.run(["dice", "odds"] + arguments + form) == .failed)
      #expect(bench.diagnostics.hasPrefix(beginning), "\(bench.diagnostics)")
      #expect(bench.output.isEmpty)
    }
  }

  @Test(
    arguments: [
      (["2d6", "--dialect", "roll20"], "“roll20” is no notation. Whose notation it is: native, d20, foundry."),
      ([], "expression"),
      (["2d6", "--target", "many"], "many"), (["2d6", "--variable", "level"], "level"),
      (["2d6", "--variable", "level=1", "--variable", "level=2"], "level is given twice"),
      (["2d6", "--variable", "level=\"x\""], "level"), (["2d6", "2d8"], "2d8"),
    ])
  func `what is not understood is told with the usage`(_ arguments: [String], _ part: String) async throws {
    let bench = try Bench()
    #expect(await bench.run(["dice", "odds"] + arguments) == .usage)
    #expect(bench.diagnostics.contains(part), "\(bench.diagnostics)")
    #expect(bench.output.isEmpty)
  }

  @Test func `nothing that a terminal would obey is shown`() async throws {
    let bench = try Bench(terminals: [.output])
    _ = await bench.run("dice", "odds", "2d6[\u{1b}]0;mine\u{7}]")
    #expect(!(bench.output + bench.diagnostics).unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
  }
}
