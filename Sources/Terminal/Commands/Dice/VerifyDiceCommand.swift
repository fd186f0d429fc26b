import ArgumentParser
import Operations
import StrictJSON
import Vocabulary

struct VerifyDiceCommand: TerminalCommand {
  /// The longest row. That of an import holds a file of up to a mebibyte more than once.
  static let lineBytesMax = JSONLimits.stored.bytes

  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compute every die of a journal export again, from the revealed seeds.",
    discussion: """
      The export is what `arbiter journal export` writes. A seed is revealed when it is rotated; until then its rolls are \
      counted and not checked. Examples/verify-roll does the same in another language. The status is 0 when all is as \
      promised and 1 when it is not, or nothing could be checked.

      Example: arbiter journal export | arbiter dice verify
      """)

  @Argument(help: "A journal export, or - for standard input.")
  var export = "-"

  @Option(name: .long, help: "A revealed secret that the export does not hold: 64 hexadecimal digits.")
  var secret: String?

  @OptionGroup var output: OutputOptions

  mutating func validate() throws {
    guard let secret else { return }
    guard [UInt8](hexadecimal: secret)?.count == Fairness.secretCount else {
      throw ValidationError("--secret is not \(Fairness.secretCount * 2) hexadecimal digits.")
    }
  }

  func run(in session: TerminalSession) async throws {
    var verifier = DrawVerifier(secret: secret.flatMap([UInt8].init(hexadecimal:)))
    let verdict: DrawVerifier.Verdict
    do {
      try InputLines.read(export, lineBytesMax: Self.lineBytesMax, in: session) { lines in
        while let some = try lines.next() {
          for line in some { try verifier.read(try Self.row(line)) }
        }
      }
      verdict = try verifier.verdict()
    } catch let error as DrawVerifier.Unreadable {
      throw TerminalError.failed("This cannot be checked. \(error.message)")
    }
    try show(verdict, in: session)
    guard verdict.wrong.isEmpty else {
      throw TerminalError.failed("\(verdict.wrong.count) of what was promised does not hold.")
    }
    guard verdict.dice > 0 else { throw TerminalError.failed("Nothing could be checked: no seed of it is revealed.") }
  }

  private static func row(_ line: InputLines.Line) throws -> JSON {
    guard case .bytes(let bytes) = line, let row = try? JSON(parsing: bytes, limits: .stored) else {
      throw DrawVerifier.Unreadable(message: "A line of it is not JSON, or longer than \(lineBytesMax) bytes.")
    }
    return row
  }

  private func show(_ verdict: DrawVerifier.Verdict, in session: TerminalSession) throws {
    guard !output.json else {
      return try session.console.say([
        "seeds": .array(
          verdict.seeds.map {
            ["number": .integer($0.number), "commitment": .string($0.commitment), "revealed": .bool($0.isRevealed)]
          }), "dice": .integer(Int64(verdict.dice)), "wrong": .array(verdict.wrong.map { .string($0) }),
        "openRolls": .integer(Int64(verdict.openRolls)), "rows": .integer(verdict.rows),
        "rowsInAll": verdict.rowsInAll.map { .integer($0) } ?? .null,
      ])
    }
    var lines = verdict.seeds.map {
      "Seed \($0.number): \(PlainText.line($0.commitment)) was promised" + ($0.isRevealed ? "" : ", is not revealed")
    }
    lines += verdict.wrong.map { PlainText.line($0) }
    lines.append(
      "\(verdict.dice) dice computed again, \(verdict.wrong.count) wrong; "
        + "\(verdict.openRolls) rolls of seeds that are not revealed")
    switch verdict.rowsInAll {
    case let all? where all <= verdict.rows: break
    case let all?: lines.append("Rows 1 to \(verdict.rows) of \(all): the others are not in this export")
    case nil: lines.append("The export has no end: rows after \(verdict.rows) may be missing")
    }
    try session.console.say(lines.joined(separator: "\n"))
  }
}
