import ArgumentParser

/// `arbiter formula`: evaluates one, unless a word says otherwise.
struct FormulaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "formula",
    abstract: "Evaluate formulas as notations and rules use them. Nothing is asked and nothing is kept.",
    discussion: """
      Example: arbiter formula 'min(20, floor(level*1.5) + 3)' --variable level=7
      Example: arbiter formula batch < formulas.jsonl
      """,
    subcommands: [EvaluateFormulaCommand.self, FormulaBatchCommand.self],
    defaultSubcommand: EvaluateFormulaCommand.self)
}
