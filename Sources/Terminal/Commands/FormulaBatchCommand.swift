import ArgumentParser
import Expressions

struct FormulaBatchCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "batch",
    abstract: "Evaluate formulas, one a line, and answer each with a line.",
    discussion: """
      Each line is a JSON object: {"expr": "floor(level*1.5)", "vars": {"level": 7}}; vars may be left out. The answer is \
      {"value": 10, "type": "int"}, of type int, float or bool, or {"error": {"code": …, "message": …, "position": …}} with \
      the byte in the formula, from 0. A line that cannot be used is answered with an error and stops nothing.

      Example: arbiter formula batch --max-result 1000 < formulas.jsonl
      """)

  @Argument(help: "A file of JSON lines, or - for standard input.")
  var file = "-"

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Levels of a formula, at most \(FormulaLimits.depthCeiling); parentheses do not count.", valueName: "levels"))
  var maxDepth = FormulaLimits.standard.depth

  @Option(name: .long, help: ArgumentHelp("Characters of a formula.", valueName: "characters"))
  var maxLength = FormulaLimits.standard.length

  @Option(name: .long, help: ArgumentHelp("Operators, calls, names and numbers of a formula.", valueName: "nodes"))
  var maxNodes = FormulaLimits.standard.nodes

  @Option(
    name: .long,
    help: ArgumentHelp("Results may be this large, and as far below zero. Unlimited when left out.", valueName: "size"))
  var maxResult: Int64?

  mutating func validate() throws {
    let limits = [("--max-depth", maxDepth), ("--max-length", maxLength), ("--max-nodes", maxNodes)]
    for (option, limit) in limits where limit < 1 {
      throw ValidationError("\(option) is \(limit); it must be 1 or more.")
    }
    guard maxResult ?? 0 >= 0 else { throw ValidationError("--max-result is \(maxResult ?? 0); it must be 0 or more.") }
  }

  /// A node is evaluated at most once, so that only the number of nodes limits the cost.
  private var limits: FormulaLimits {
    FormulaLimits(length: maxLength, depth: maxDepth, nodes: maxNodes, cost: maxNodes, result: maxResult)
  }

  func run(in session: TerminalSession) async throws {
    let limits = limits
    try InputLines.read(file, in: session) { lines in
      while let some = try lines.next() {
        var answers: [UInt8] = []
        for line in some {
          answers += FormulaAnswer.answer(line, limits: limits).text.utf8
          answers.append(UInt8(ascii: "\n"))
        }
        if !answers.isEmpty { try session.console.say(lines: answers) }
      }
    }
  }
}
