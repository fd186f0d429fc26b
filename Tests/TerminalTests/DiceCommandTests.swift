import Operations
import Storage
import StrictJSON
import Testing

@testable import Operations
@testable import Terminal

@Suite struct `arbiter roll` {
  private static let script = FakeFolder.Script(perform: { call, _ in
    guard call.input["notation"]?.text != "9d9" else { throw OperationError(.refused, "No nines today.") }
    return Performed(
      output: rollOutput(17, text: "4d6kh3 (6, 5, 4, ~1~) + 2 = 17", purpose: call.input["purpose"] ?? .null),
      row: .row(42), isRepeated: false)
  })

  /// 300 of 1296 ways give 15 or more.
  @Test func `prints the total, the dice, how rare that is, and the row`() async throws {
    let bench = try Bench(Self.script)
    #expect(await bench.run("roll", "4d6kh3+2") == .success)
    #expect(bench.output == "17\n  4d6kh3 (6, 5, 4, ~1~) + 2 = 17: top 23 %\n  journal row 42\n")
    #expect(bench.diagnostics.isEmpty)
  }

  /// The answer is 17 whatever is asked: of a d20 one of the four best, of d% one of the 17 worst, and the best of three d20
  /// is below 17 in 16³ of 20³ ways.
  @Test(
    arguments: [
      (["{count}d20", "--variable", "count=1"], ": top 20 %"), (["1d%"], ": bottom 17 %"), (["17"], nil),
      (["1d1000000"], nil), (["3d20k1", "--dialect", "foundry"], ": top 49 %"),
    ] as [([String], String?)])
  func `how rare a total is depends on what was rolled`(_ arguments: [String], _ chance: String?) async throws {
    let bench = try Bench(Self.script)
    #expect(await bench.run(["roll"] + arguments) == .success)
    #expect(bench.output == "17\n  4d6kh3 (6, 5, 4, ~1~) + 2 = 17\(chance ?? "")\n  journal row 42\n")
  }

  @Test func `hands a dialect on, and the usual one not`() async throws {
    let bench = try Bench(Self.script)
    #expect(await bench.run("roll", "4d6k3", "--dialect", "d20") == .success)
    #expect(await bench.run("roll", "4d6k3", "--dialect", "native") == .success)
    #expect(
      bench.folder.log.filter { $0.hasPrefix("perform") } == [
        #"perform roll_dice {"dialect":"d20","notation":"4d6k3"} fresh-key"#,
        #"perform roll_dice {"notation":"4d6k3"} fresh-key"#,
      ])
  }

  @Test(
    arguments: [
      (["(1d4, 1d6)kh1", "--dialect", "foundry"], "“(1d4, 1d6)kh1” cannot be rolled: "),
      (["{1d4, 1d6}kh"], "“{1d4, 1d6}kh” cannot be rolled: "), (["1d6", "--dialect", "dnd"], "“dnd” is no notation."),
      (["min(1d6, 2)", "--dialect", "d20"], "“min(1d6, 2)” cannot be rolled: "),
    ])
  func `what a dialect does not read is refused before a folder is opened`(
    _ arguments: [String], _ part: String
  ) async throws {
    let bench = try Bench(Self.script)
    #expect(await bench.run(["roll"] + arguments) == .usage)
    #expect(bench.diagnostics.contains(part), "\(bench.diagnostics)")
    #expect(bench.opened.value.isEmpty)
  }

  @Test func `opens the folder under the lock, as itself, and closes it`() async throws {
    let bench = try Bench(Self.script)
    #expect(await bench.run("roll", "4d6kh3+2", "--purpose", "Strength", "--key", "once") == .success)
    #expect(bench.opened.value == [.writing(command: "arbiter roll")])
    #expect(
      bench.folder.log == [
        #"perform roll_dice {"notation":"4d6kh3+2","purpose":"Strength"} once"#, "close",
      ])
  }

  @Test func `hands variables on as objects`() async throws {
    let bench = try Bench(Self.script)
    #expect(
      await bench.run(
        "roll", "{level}d6", "--variable", "level=3", "--variable", "hp.max=12.5", "--variable", "hp.isLow=true")
        == .success)
    #expect(bench.folder.log[0].contains(#""variables":{"hp":{"isLow":true,"max":12.5},"level":3}"#))
  }

  @Test func `writes one document for several rolls`() async throws {
    let bench = try Bench(Self.script)
    #expect(await bench.run("roll", "1d6", "2d6", "--json") == .success)
    let rolls = try #require(try bench.document["rolls"]?.items)
    #expect(rolls.count == 2)
    #expect(rolls[0]["roll"]?["total"] == 17)
    #expect(rolls[0]["journal"]?["number"] == 42)
    #expect(rolls[0]["repeated"] == false)
  }

  @Test(arguments: [false, true])
  func `does not hide rolls that were made before one failed`(_ asJSON: Bool) async throws {
    let bench = try Bench(Self.script)
    #expect(await bench.run(["roll", "1d6", "9d9", "2d6"] + (asJSON ? ["--json"] : [])) == .failed)
    #expect(bench.diagnostics == "1 of 3 rolls were made before this:\nError: No nines today.\n")
    #expect(bench.folder.log.count == 3, "the third is not rolled, and the folder is closed")
    if asJSON {
      #expect(try bench.document["rolls"]?.items?.count == 1)
    } else {
      #expect(bench.output.hasPrefix("17\n"))
    }
  }

  @Test func `says that a roll was made earlier with the same key`() async throws {
    let bench = try Bench(
      .init(perform: { _, _ in
        Performed(output: rollOutput(3, text: "1d6 (3) = 3"), row: .row(7), isRepeated: true)
      }))
    #expect(await bench.run("roll", "1d6", "--key", "k") == .success)
    #expect(bench.output.hasSuffix("journal row 7, made earlier with this key\n"))
  }

  @Test func `shows purposes without obeying them`() async throws {
    let bench = try Bench(Self.script, terminals: [.output])
    #expect(await bench.run("roll", "1d6", "--purpose", "\u{1b}]0;mine\u{7}") == .success)
    #expect(bench.output.contains("\\u{1b}]0;mine\\u{7}: "))
    #expect(!bench.output.contains("\u{7}"))
  }

  @Test func `says when the answer is no roll`() async throws {
    let bench = try Bench(.init(perform: { _, _ in Performed(output: [:], row: .row(1), isRepeated: false) }))
    #expect(await bench.run("roll", "1d6") == .failed)
    #expect(bench.diagnostics.contains("The answer is no roll that this program can read"))
  }

  @Test func `rehearses without performing`() async throws {
    let step = Rehearsal.Step(
      operation: "roll_dice", status: .executed, output: rollOutput(9, text: "2d6 (4, 5) = 9"), display: nil, errors: []
    )
    let bench = try Bench(.init(rehearsal: Rehearsal(steps: [step])))
    #expect(await bench.run("roll", "2d6", "--rehearse") == .success)
    #expect(bench.output == "9\n  2d6 (4, 5) = 9: top 28 %\n  a sample: nothing was rolled or kept\n")
    #expect(bench.folder.log == ["rehearse 1", "close"])
  }

  @Test func `tells why a rehearsal is refused`() async throws {
    let fault = FieldError(pointer: "/operations/0/input/variables", code: "bad_variable", message: "No name level.")
    let step = Rehearsal.Step(operation: "roll_dice", status: .refused, output: nil, display: nil, errors: [fault])
    let bench = try Bench(.init(rehearsal: Rehearsal(steps: [step])))
    #expect(await bench.run("roll", "{level}d6", "--rehearse") == .failed)
    #expect(bench.diagnostics.contains("/operations/0/input/variables: No name level."))
  }
}

@Suite struct `arbiter formula` {
  @Test(arguments: [
    (["min(20, floor(level*1.5) + 3)", "--variable", "level=7"], "13\n"), (["7 / 2"], "3.5\n"), (["1 < 2"], "true\n"),
    (["hp.now / hp.max", "--variable", "hp.now=3", "--variable", "hp.max=4"], "0.75\n"),
    (["evaluate", "2 * 3"], "6\n"), (["--", "-2 * 3"], "-6\n"),
    (["evaluate", "batch", "--variable", "batch=4"], "4\n"),
  ])
  func `prints the value`(_ arguments: [String], _ value: String) async throws {
    let bench = try Bench()
    #expect(await bench.run(["formula"] + arguments) == .success)
    #expect(bench.output == value)
    #expect(bench.opened.value.isEmpty)
  }

  @Test func `writes a document`() async throws {
    let bench = try Bench()
    #expect(await bench.run("formula", "2 * 3", "--json") == .success)
    #expect(try bench.document == ["formula": "2 * 3", "value": 6])
  }

  @Test(arguments: [
    (["1 +"], "Error: At column "), (["level"], "Error: At column 1: "), (["1 / 0"], "Error: At column "),
    (["1", "--variable", "eval=1"], "Error: A variable cannot be used: "),
  ])
  func `says what is wrong and where`(_ arguments: [String], _ beginning: String) async throws {
    let bench = try Bench()
    #expect(await bench.run(["formula"] + arguments) == .failed)
    #expect(bench.diagnostics.hasPrefix(beginning), "\(bench.diagnostics)")
  }
}
