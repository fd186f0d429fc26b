import Storage
import StrictJSON
import Testing

@testable import Terminal

@Suite struct `The data folder` {
  private func folder(_ name: String?, _ environment: [String: String], home: String? = "/home/ada") throws -> String {
    try TerminalSurroundings(
      environment: environment, workingFolder: "/home/wren", homeFolder: home, console: RecordedConsole().console,
      pause: { _ in }, makeKey: { "k" }
    ).dataFolder(named: name).path
  }

  @Test(
    arguments: [
      ("/a", ["ARBITER_DATA": "/b"], "/a"), ("data", [:], "/home/wren/data"), ("./data/", [:], "/home/wren/data"),
      (".", [:], "/home/wren"), (nil, ["ARBITER_DATA": "/b/", "XDG_DATA_HOME": "/c"], "/b"),
      (nil, ["ARBITER_DATA": "", "XDG_DATA_HOME": "/c"], "/c/arbiter"),
      (nil, ["XDG_DATA_HOME": "relative", "HOME": "/root"], "/root/.local/share/arbiter"),
      (nil, ["HOME": "/root"], "/root/.local/share/arbiter"), (nil, ["HOME": "/"], "/.local/share/arbiter"),
      (nil, [:], "/home/ada/.local/share/arbiter"),
    ] as [(String?, [String: String], String)])
  func `is the one named, else the environment's, else the account's`(
    _ name: String?, _ environment: [String: String], _ expected: String
  ) throws {
    #expect(try folder(name, environment) == expected)
  }

  @Test func `without a home has to be named`() {
    let error = TerminalError.usage(
      "No data folder is known: HOME is not set. Name one with --data or ARBITER_DATA.")
    #expect(throws: error) { try folder(nil, [:], home: nil) }
  }

  @Test func `that holds nothing is not made by looking into it`() async throws {
    let bench = try Bench()
    let other = "\(bench.scratch.path)/other"
    #expect(await bench.run("journal", "verify", "--data", other) == .failed)
    #expect(bench.diagnostics.contains("There is no Arbiter data in \(other)."))
    #expect(bench.opened.value.isEmpty)
  }
}

@Suite struct `Colours` {
  @Test(
    arguments: [
      (Set([Console.Stream.output]), [:], true), ([], [:], false), ([.diagnostics], [:], false),
      ([.output], ["NO_COLOR": "1"], false), ([.output], ["NO_COLOR": ""], true), ([.output], ["TERM": "dumb"], false),
    ] as [(Set<Console.Stream>, [String: String], Bool)])
  func `are for terminals that want them`(
    _ terminals: Set<Console.Stream>, _ environment: [String: String], _ expected: Bool
  ) async throws {
    var bench = try Bench(terminals: terminals)
    bench.environment = environment
    #expect(await bench.run("operations") == .success)
    #expect(bench.output.contains("\u{1b}[") == expected)
  }
}

@Suite struct `Progress` {
  @Test func `is one line that is wiped, on a terminal`() async throws {
    let bench = try Bench(terminals: [.diagnostics])
    #expect(await bench.run("journal", "verify") == .success)
    #expect(bench.diagnostics.hasPrefix("\rVerifying ["))
    #expect(bench.diagnostics.hasSuffix("100 %\r\u{1b}[2K"))
    #expect(bench.diagnostics.split(separator: "\r").count == 102, "once for each percent, and the wiping")
  }

  @Test func `is silent elsewhere`() async throws {
    let bench = try Bench()
    #expect(await bench.run("journal", "verify") == .success)
    #expect(bench.diagnostics.isEmpty)
  }

  @Test(arguments: [(Int64.max, Int64.max), (-5, 10), (20, 10), (0, 0), (1, -1), (.min, .max)])
  func `takes any numbers`(_ done: Int64, _ total: Int64) {
    let recorded = RecordedConsole(terminals: [.diagnostics])
    ProgressLine("Work", on: recorded.console).show(done, of: total)
    #expect(recorded.diagnostics.isEmpty == (total <= 0))
  }
}

@Suite struct `Text from elsewhere` {
  @Test(arguments: [
    ("Fireball", "Fireball"), ("Ünïcödé 🎲", "Ünïcödé 🎲"), ("a\u{1b}[2Jb", "a\\u{1b}[2Jb"), ("a\r\nb", "a\\u{d}\\u{a}b"),
    ("a\u{9b}b", "a\\u{9b}b"), ("a\u{202e}b", "a\\u{202e}b"), ("a\u{7f}", "a\\u{7f}"), ("a\u{2066}b", "a\\u{2066}b"),
  ])
  func `is shown, not obeyed`(_ text: String, _ shown: String) {
    #expect(PlainText.line(text) == shown)
  }

  @Test func `keeps its lines where it may have some`() {
    #expect(PlainText.lines("a\n\tb\u{1b}") == "a\n\tb\\u{1b}")
  }

  @Test func `in a document stays the same value`() throws {
    let recorded = RecordedConsole()
    try recorded.console.say(["name": "a\u{9b}2J\u{7f}\u{1b}"])
    #expect(!recorded.output.unicodeScalars.contains { (0x7f...0x9f).contains($0.value) || $0.value == 0x1b })
    #expect(recorded.output.contains("\\u009b2J\\u007f\\u001b"))
  }
}
