import ArgumentParser
import Expressions
import StrictJSON

struct EvaluateFormulaCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Evaluate one formula. The word evaluate may be left out.",
    discussion: "Example: arbiter formula evaluate 'min(20, floor(level*1.5) + 3)' --variable level=7")

  @Argument(help: "The formula.")
  var expression: String

  @Option(name: .long, help: ArgumentHelp("A value for a name; may be repeated.", valueName: "name=value"))
  var variable: [VariableArgument] = []

  @OptionGroup var output: OutputOptions

  mutating func validate() throws { _ = try variable.document() }

  func run(in session: TerminalSession) async throws {
    let value: FormulaValue
    do {
      value = try Formula(parsing: expression).value(in: try variable.context())
    } catch let error as FormulaError {
      throw TerminalError.failed(Self.sentence(error))
    }
    guard output.json else { return try session.console.say("\(value)") }
    try session.console.say(["formula": .string(expression), "value": JSON(value)])
  }

  private static func sentence(_ error: FormulaError) -> String {
    error.kind == .refusedContext ? "A variable cannot be used: \(error.message)" : "At \(error)"
  }
}

extension JSON {
  fileprivate init(_ value: FormulaValue) {
    switch value {
    case .integer(let integer): self = .integer(integer)
    case .double(let double): self = .number(double)
    case .boolean(let flag): self = .bool(flag)
    }
  }
}
