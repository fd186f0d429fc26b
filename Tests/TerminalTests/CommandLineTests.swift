import Storage
import Testing

@testable import Terminal

@Suite struct `The command line` {
  @Test(arguments: [
    (["frobnicate"], "Unexpected argument 'frobnicate'"),
    (["roll"], "Missing expected argument '<notation> ...'"),
    (["roll", "2d"], "“2d” cannot be rolled"),
    (["roll", "2d6", "8d6", "--key", "k"], "--key names one roll"),
    (["roll", "2d6", "--key", "k", "--rehearse"], "--key names one roll"),
    (["roll", "2d6", "--key", "two words"], "a key is 1 to 128 visible ASCII characters"),
    (["roll", "2d6", "--variable", "level"], "The value 'level' is invalid for '--variable <name=value>'"),
    (["roll", "2d6", "--variable", "level=\"7\""], "is invalid for '--variable"),
    (["roll", "2d6", "--variable", "a=1", "--variable", "a=2"], "--variable a is given twice"),
    (["roll", "2d6", "--variable", "a=1", "--variable", "a.b=2"], "--variable a.b is given twice, or is a value"),
    (["roll", "2d6", "--data", ""], "--data is empty"),
    (["serve", "--port", "65536"], "--port is 65536; a port is a number from 0 to 65535"),
    (["serve", "--port", "http"], "The value 'http' is invalid for '--port <port>'"),
    (["serve", "--assets", ""], "--assets is empty"),
    (["undo", "0"], "The row is 0; rows are numbered from 1"),
    (["undo", "99999999999999999999"], "is invalid for '<number>'"),
    (["journal", "show", "-1"], "Missing expected argument '<number>'"),
    (["journal", "verify", "--expect", "7:abc"], "The value '7:abc' is invalid for '--expect <number:hash>'"),
    (["journal", "export", "--from", "0"], "--from is 0"),
    (["journal", "export", "--from", "5", "--to", "4"], "--to is 4, which is before --from, 5"),
    (["database", "rollback", "--discard", "0"], "--discard is 0"),
    (["formula"], "Missing expected argument '<expression>'"),
    (["formula", "batch", "--max-depth", "0"], "--max-depth is 0; it must be 1 or more"),
    (["formula", "batch", "--max-length=-1"], "--max-length is -1; it must be 1 or more"),
    (["formula", "batch", "--max-nodes", "many"], "The value 'many' is invalid for '--max-nodes <nodes>'"),
    (["formula", "batch", "--max-result=-1"], "--max-result is -1; it must be 0 or more"),
    (["perform", "roll_dice", "--input", "{"], "The input is not JSON that can be used"),
    (["perform", "../sessions"], "is no name of an operation"),
  ])
  func `what makes no sense is status 2 and a sentence, and asks nothing`(_ arguments: [String], _ sentence: String)
    async throws
  {
    let bench = try Bench()
    #expect(await bench.run(arguments) == .usage)
    #expect(bench.diagnostics.contains(sentence), "\(bench.diagnostics)")
    #expect(bench.output.isEmpty)
    #expect(bench.folder.log.isEmpty)
  }

  @Test(arguments: [
    "serve", "link", "doctor", "roll", "formula", "formula evaluate", "formula batch", "operations", "perform", "undo",
    "journal verify", "journal rebuild",
    "journal show", "journal export", "database check", "database rollback",
  ])
  func `every command has help with an example of itself, on standard output`(_ command: String) async throws {
    let bench = try Bench()
    #expect(await bench.run(command.split(separator: " ").map(String.init) + ["--help"]) == .success)
    #expect(bench.output.contains("Example: arbiter \(command)"))
    #expect(bench.diagnostics.isEmpty)
  }

  @Test func `alone, it says what there is`() async throws {
    let bench = try Bench()
    #expect(await bench.run([]) == .success)
    for word in ["serve", "roll", "journal", "database", "doctor"] { #expect(bench.output.contains("\n  \(word) ")) }
  }

  @Test func `a group alone says what is in it`() async throws {
    let bench = try Bench()
    #expect(await bench.run("journal") == .success)
    #expect(bench.output.contains("verify") && bench.output.contains("export"))
  }

  @Test func `it says its version`() async throws {
    let bench = try Bench()
    #expect(await bench.run("--version") == .success)
    #expect(bench.output == "arbiter 1.2.3\n")
  }

  @Test func `serve hands on what was said, with paths from anywhere, and nothing that was not said`() async throws {
    let bench = try Bench()
    #expect(await bench.run("serve", "--port", "0", "--assets", "./pages", "--config", "/etc/arbiter.yaml") == .success)
    #expect(
      bench.served.value == [
        ServeOptions(
          folder: bench.scratch.data, host: nil, port: 0, configuration: "/etc/arbiter.yaml",
          assets: "\(bench.scratch.path)/pages")
      ])
  }
}
