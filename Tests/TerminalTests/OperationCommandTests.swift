import StrictJSON
import Testing
import Vocabulary

@testable import Operations
@testable import Terminal

@Suite struct `Commands for any operation` {
  @Test func `perform hands the input of standard input to a change`() async throws {
    let bench = try Bench(
      .init(perform: { call, _ in Performed(output: ["got": call.input], row: .row(5), isRepeated: false) }),
      input: Array(#"{"notation": "8d6"}"#.utf8))
    #expect(await bench.run("perform", "roll_dice", "--input", "-") == .success)
    #expect(try bench.document == ["got": ["notation": "8d6"]])
    #expect(bench.diagnostics == "Journal row 5.\n")
    #expect(bench.folder.log == [#"perform roll_dice {"notation":"8d6"} fresh-key"#, "close"])
  }

  @Test func `perform asks a read as a read`() async throws {
    let bench = try Bench(.init(read: { _ in ["items": []] }))
    #expect(await bench.run("perform", "list_journal", "--input", #"{"limit": 3}"#, "--json") == .success)
    #expect(try bench.document == ["output": ["items": []], "journal": .null, "repeated": false])
    #expect(bench.folder.log == [#"read list_journal {"limit":3}"#, "close"])
  }

  @Test func `perform refuses more input than it reads`() async throws {
    let bench = try Bench(input: [UInt8](repeating: 0x20, count: Console.inputMax + 1))
    #expect(await bench.run("perform", "roll_dice", "--input", "-") == .failed)
    #expect(bench.diagnostics.contains("Standard input is longer than 1048576 bytes"))
    #expect(bench.opened.value.isEmpty)
  }

  @Test func `the folder is closed also when the operation fails`() async throws {
    let bench = try Bench()
    #expect(await bench.run("perform", "nothing_such") == .failed)
    #expect(bench.diagnostics == "Error: There is no operation “nothing_such”.\n")
    #expect(bench.folder.log.last == "close")
  }

  @Test func `undo names the row that undid`() async throws {
    let bench = try Bench(
      .init(perform: { _, _ in Performed(output: ["undone": 42], row: .row(43, of: "undo"), isRepeated: false) }))
    #expect(await bench.run("undo", "42") == .success)
    #expect(bench.output == "Row 42 is undone; that is journal row 43.\n")
    #expect(bench.folder.log[0] == #"perform undo {"journal":42} fresh-key"#)
  }

  @Test func `operations lists them without asking a folder`() async throws {
    let bench = try Bench()
    #expect(await bench.run("operations") == .success)
    #expect(
      bench.output == """
        OPERATION     KIND    ROLE    WHAT IT DOES
        roll_dice     change  editor  Title of roll_dice
        list_journal  read    editor  Title of list_journal

        """)
    #expect(bench.opened.value.isEmpty)
  }

  @Test func `operations shows one with its schema and an example that a shell reads`() async throws {
    let bench = try Bench()
    #expect(await bench.run("operations", "roll_dice") == .success)
    #expect(bench.output.contains(#""required""#))
    #expect(bench.output.contains(#"arbiter perform roll_dice --input '{"notation":"it'\''s 8d6"}'"#))
  }

  @Test func `operations names what there is when one is unknown`() async throws {
    let bench = try Bench()
    #expect(await bench.run("operations", "rol_dice") == .failed)
    #expect(bench.diagnostics.contains("There are: roll_dice, list_journal."))
  }

  @Test func `link prints the link alone on standard output`() async throws {
    let bench = try Bench()
    #expect(await bench.run("link") == .success)
    #expect(bench.output == "http://127.0.0.1:8282/sign-in#code\n")
    #expect(bench.diagnostics == "It works once, until 1970-01-01T00:00:00.000000Z.\n")
  }
}
