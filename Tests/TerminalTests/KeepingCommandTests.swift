import Foundation
import StrictJSON
import Testing
import Vocabulary

@testable import Operations
@testable import Terminal

@Suite struct `arbiter journal` {
  private static let hash = String(repeating: "ab", count: 32)

  @Test func `verify prints the head to keep`() async throws {
    let bench = try Bench(.init(verification: Journal.Verification(rows: 12, head: .at(12))))
    #expect(await bench.run("journal", "verify") == .success)
    #expect(bench.output == "The journal is whole: 12 rows.\nhead 12:\(Self.hash)\n")
    #expect(bench.opened.value == [.reading])
    #expect(bench.folder.log == ["verify nothing", "close"])
  }

  @Test func `verify takes the head that it printed`() async throws {
    let bench = try Bench()
    #expect(await bench.run("journal", "verify", "--expect", "12:\(Self.hash)") == .success)
    #expect(bench.folder.log.first == "verify 12:\(Self.hash)")
  }

  @Test(arguments: [false, true])
  func `verify is status 1 when the journal is not whole`(_ asJSON: Bool) async throws {
    let fault = JournalFault(row: 3, what: "its content was changed")
    let bench = try Bench(.init(verification: Journal.Verification(rows: 12, head: .at(12), faults: [fault])))
    #expect(await bench.run(["journal", "verify"] + (asJSON ? ["--json"] : [])) == .failed)
    #expect(bench.diagnostics.isEmpty)
    if asJSON {
      #expect(try bench.document["whole"] == false)
      #expect(try bench.document["faults"] == [["row": 3, "what": "its content was changed"]])
    } else {
      #expect(bench.output.hasPrefix("The journal is not whole:\n  Row 3: its content was changed\n"))
    }
  }

  @Test(arguments: [true, false])
  func `rebuild says whether the state is the same, by status too`(_ isEqual: Bool) async throws {
    let bench = try Bench(.init(report: try .of(9, isEqual: isEqual)))
    #expect(await bench.run("journal", "rebuild", "--re-execute") == (isEqual ? .success : .failed))
    let verb = isEqual ? "gives" : "does not give"
    #expect(bench.output.hasPrefix("The journal \(verb) the state that is there.\n9 rows:"))
    #expect(bench.folder.log.first == "rebuild true")
  }

  @Test func `rebuild writes a document`() async throws {
    let bench = try Bench(.init(report: try .of(9, isEqual: false)))
    #expect(await bench.run("journal", "rebuild", "--json") == .failed)
    #expect(try bench.document["equal"] == false)
    #expect(try bench.document["liveHash"] != bench.document["rebuiltHash"])
  }

  @Test func `show tells a row, without obeying it`() async throws {
    let bench = try Bench(.init(entries: [try .row(7, summary: "8d6 = 31 \u{1b}[2J")]), terminals: [.output])
    #expect(await bench.run("journal", "show", "7") == .success)
    #expect(bench.output.contains("7  8d6 = 31 \\u{1b}[2J"))
    #expect(bench.output.contains(#"input      {"notation":"8d6"}"#))
    #expect(bench.output.contains("event      rolls:3 roll.made"))
  }

  @Test(arguments: [6, 8])
  func `show does not take the next row for one that is not there`(_ number: Int) async throws {
    let bench = try Bench(.init(entries: [try .row(7)]))
    #expect(await bench.run("journal", "show", "\(number)") == .failed)
    #expect(bench.diagnostics == "Error: There is no journal row \(number) in this folder.\n")
  }

  @Test func `export writes a line for each row and the keyed head last`() async throws {
    let bench = try Bench(.init(head: .at(450), entries: try (1...451).map { try .row($0) }))
    #expect(await bench.run("journal", "export") == .success)
    let lines = bench.output.split(separator: "\n")
    #expect(lines.count == 451, "450 rows and the head; row 451 came after the head was read")
    #expect(try JSON(parsing: String(lines[449]))["number"] == 450)
    let head = try JSON(parsing: String(lines[450]))["head"]
    #expect(head?["number"] == 450)
    #expect(head?["code"]?.text == String(repeating: "cd", count: 32))
    #expect(bench.folder.log == ["entries 0 200", "entries 200 200", "entries 400 50", "close"])
    #expect(bench.diagnostics == "450 rows exported.\n")
  }

  @Test(
    arguments: [
      (["--from", "3", "--to", "5"], [3, 4, 5]), (["--from", "9"], [9, 10]), (["--to", "99"], Array(1...10)),
      (["--from", "11"], []),
    ] as [([String], [Int64])])
  func `export takes a part`(_ options: [String], _ rows: [Int64]) async throws {
    let bench = try Bench(.init(head: .at(10), entries: try (1...10).map { try .row($0) }))
    #expect(await bench.run(["journal", "export"] + options) == .success)
    let lines = try bench.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
    #expect(lines.dropLast().map { $0["number"]?.int64 } == rows)
    #expect(lines.last?["head"]?["number"] == 10)
  }

  @Test func `export to a file makes one that only this account reads`() async throws {
    let bench = try Bench(.init(head: .at(2), entries: [try .row(1), try .row(2)]))
    #expect(await bench.run("journal", "export", "--output", "journal.jsonl") == .success)
    #expect(try bench.scratch.read("journal.jsonl").split(separator: "\n").count == 3)
    #expect(bench.output.isEmpty)
    #expect(!bench.scratch.files.contains("journal.jsonl.part"))
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(bench.scratch.path)/journal.jsonl")
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test func `export leaves a file alone that is there`() async throws {
    let bench = try Bench(.init(head: .at(1), entries: [try .row(1)]))
    try bench.scratch.write("mine", to: "\(bench.scratch.path)/journal.jsonl")
    #expect(await bench.run("journal", "export", "--output", "journal.jsonl") == .failed)
    #expect(try bench.scratch.read("journal.jsonl") == "mine")
    #expect(bench.diagnostics.contains("journal.jsonl is there already."))
  }

  @Test func `export of a journal with a gap fails and leaves no file`() async throws {
    let bench = try Bench(.init(head: .at(3), entries: [try .row(1), try .row(3)]))
    #expect(await bench.run("journal", "export", "--output", "journal.jsonl") == .failed)
    #expect(bench.diagnostics.contains("The journal has no row 2."))
    #expect(!bench.scratch.files.contains { $0.hasPrefix("journal.jsonl") })
  }
}

@Suite struct `arbiter database and doctor` {
  private static let findings = [
    Finding("database", .fine, "It is whole."), Finding("vault key", .wrong, "Others can read it: chmod 600 it."),
  ]

  @Test func `check lists what it found and is status 1 when something is wrong`() async throws {
    let bench = try Bench(.init(findings: Self.findings))
    #expect(await bench.run("database", "check") == .failed)
    #expect(
      bench.output == "fine     database   It is whole.\nwrong    vault key  Others can read it: chmod 600 it.\n")
    #expect(bench.opened.value == [.reading])
  }

  @Test func `check is status 0 when all is fine, and writes a document`() async throws {
    let bench = try Bench(.init(findings: [Self.findings[0]]))
    #expect(await bench.run("database", "check", "--json") == .success)
    #expect(try bench.document["findings"]?[0]?["verdict"] == "fine")
  }

  @Test func `rollback goes to its own door with the number to discard, and opens nothing`() async throws {
    var bench = try Bench()
    let asked = Box<Int64?>(nil)
    bench.rollBack = { folder, discarding in
      asked.change { $0 = discarding }
      return DatabaseRollback(restored: "/d/copies/3.sqlite", setAside: "/d/copies/aside.sqlite", discarded: 3)
    }
    #expect(await bench.run("database", "rollback", "--discard", "3") == .success)
    #expect(asked.value == 3)
    #expect(bench.opened.value.isEmpty)
    #expect(
      bench.output
        == """
        /d/copies/3.sqlite is the database again. 3 rows are not in it. The one before is /d/copies/aside.sqlite.
        Draws that were made since would come again from the same seed. Before anybody rolls: arbiter perform rotate_seed

        """
    )
  }

  @Test func `doctor prints settings with their origin, and is status 1 when something is wrong`() async throws {
    var bench = try Bench()
    bench.diagnosis = Diagnosis(
      findings: Self.findings, settings: [Setting(name: "port", value: "8282", origin: "ARBITER_PORT")])
    #expect(await bench.run("doctor") == .failed)
    #expect(bench.output.hasSuffix("\nSETTING  VALUE  FROM\nport     8282   ARBITER_PORT\n"))
  }

  @Test func `doctor with only warnings is status 0`() async throws {
    var bench = try Bench()
    bench.diagnosis = Diagnosis(findings: [Finding("disk", .warning, "1 GB left.")], settings: [])
    #expect(await bench.run("doctor", "--json") == .success)
    let finding: JSON = ["name": "disk", "verdict": "warning", "sentence": "1 GB left."]
    #expect(try bench.document == ["findings": [finding], "settings": []])
  }
}
