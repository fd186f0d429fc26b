import ArgumentParser
import Operations
import Storage
import StrictJSON
import Testing

@testable import Terminal

@Suite struct `A failure` {
  @Test(arguments: [
    StorageError(.locked, "The data folder /d is in use."), StorageError(.full, "No room."),
    StorageError(.readOnly, "Read-only."), StorageError(.damaged, "Not a database."),
    StorageError(.newerSchema, "Written by a newer Arbiter."), StorageError(.noAccess, "May not be written."),
  ])
  func `of the storage is status 1 and its sentence`(_ error: StorageError) async throws {
    var bench = try Bench()
    bench.onOpen = { throw error }
    #expect(await bench.run("journal", "verify") == .failed)
    #expect(bench.diagnostics == "Error: \(error.message)\n")
    #expect(bench.output.isEmpty)
  }

  @Test func `with several faults lists each with its place`() {
    let report = FailureReport(
      OperationError.invalidInput([
        FieldError(pointer: "/notation", code: "missing", message: "It is missing."),
        FieldError(pointer: "/purpose", code: "too_long", message: "It is too long."),
      ]))
    #expect(report.status == .failed)
    #expect(report.lines.count == 3)
    #expect(report.lines.last == "  /purpose: It is too long.")
  }

  @Test func `with one fault that the sentence holds is one line`() {
    let report = FailureReport(OperationError.invalid("/notation", "bad_notation", "Column 3: a number is missing."))
    #expect(report.lines == ["Error: One thing in the input cannot be used: Column 3: a number is missing."])
  }

  @Test func `with very many faults counts those it does not list`() {
    let errors = (1...50).map { FieldError(pointer: "/\($0)", code: "x", message: "m\($0)") }
    let report = FailureReport(TerminalError.failed("No.", errors: errors))
    #expect(report.lines.count == 1 + FailureReport.errorsMax + 1)
    #expect(report.lines.last == "  … and 30 more")
  }

  @Test func `of a floor above is its description, a line for each fault`() {
    struct Two: Error, CustomStringConvertible { let description = "“x” is no port.\n“y” is no host.\u{1b}" }
    let report = FailureReport(Two())
    #expect(report.status == .failed)
    #expect(report.lines == ["Error: “x” is no port.", "  “y” is no host.\\u{1b}"])
  }

  @Test func `cannot bring control characters to the terminal`() {
    let report = FailureReport(TerminalError.failed("\u{1b}]0;evil\u{7}\r\nsecond"))
    #expect(report.lines == ["Error: \\u{1b}]0;evil\\u{7}\\u{d}\\u{a}second"])
  }

  @Test func `to write the output is status 1 with the reason`() async throws {
    struct Full: Error {}
    let bench = try Bench()
    let console = Console(
      terminals: [], write: { stream, _ in if stream == .output { throw Full() } }, read: { _ in [] })
    let surroundings = TerminalSurroundings(
      environment: [:], workingFolder: "/", homeFolder: nil, console: console, pause: { _ in }, makeKey: { "k" })
    let program = TerminalProgram(doors: bench.doors, surroundings: surroundings)
    #expect(await program.run(["formula", "1+1"]) == .failed)
    #expect(await program.run(["--help"]) == .failed)
  }
}
