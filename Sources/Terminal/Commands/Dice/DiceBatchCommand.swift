import ArgumentParser
import Dice

struct DiceBatchCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Roll expressions from given numbers, one a line, and answer each with a line.",
    discussion: """
      Each line is a JSON object: {"expr": "4d6kh3", "tape": [17, 4, …]}. The tape stands for the generator: whole numbers \
      that are not negative, used in order and again from the beginning; a face is the number modulo the sides, plus one, and \
      of d20's d% the number modulo ten, times ten. The answer is {"total", "float", "crit", "draws"}: crit is 0 for none, 1 \
      for a critical success and 2 for a failure, draws are the faces in the order they were drawn. A line that cannot be \
      used is answered with {"error": {"code", "message", "position"}} and stops nothing.

      Example: arbiter dice batch --dialect d20 < rolls.jsonl
      """)

  @Argument(help: "A file of JSON lines, or - for standard input.")
  var file = "-"

  @Option(name: .long, help: ArgumentHelp(stringLiteral: DialectArgument.help), transform: DialectArgument.dialect)
  var dialect = DiceDialect.native

  func run(in session: TerminalSession) async throws {
    try InputLines.read(file, in: session) { lines in
      while let some = try lines.next() {
        var answers: [UInt8] = []
        for line in some {
          answers += RollAnswer.answer(line, dialect).text.utf8
          answers.append(UInt8(ascii: "\n"))
        }
        if !answers.isEmpty { try session.console.say(lines: answers) }
      }
    }
  }
}
