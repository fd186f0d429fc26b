import ArgumentParser
import Dice
import Expressions
import StrictJSON

struct DiceOddsCommand: TerminalCommand {
  /// Totals that people are shown one by one; JSON has them all.
  static let totalsMax = 60

  static let configuration = CommandConfiguration(
    commandName: "odds",
    abstract: "The exact odds of every total of an expression.",
    discussion: """
      With --json: {"den": "1296", "pmf": {"3": "1", …}, "mean": …, "sd": …}. Counts and their denominator are whole numbers \
      in decimal, which JSON's own numbers would not hold. Where dice explode without an end, "tail" says how many outcomes \
      were not followed.

      Example: arbiter dice odds 4d6kh3
      Example: arbiter dice odds 8d6 --target 31
      """)

  @Argument(help: "Dice notation, as 4d6kh3.")
  var expression: String

  @Option(name: .long, help: ArgumentHelp(stringLiteral: DialectArgument.help), transform: DialectArgument.dialect)
  var dialect = DiceDialect.native

  @Option(name: .long, help: ArgumentHelp("A value for a name in a formula; may be repeated.", valueName: "name=value"))
  var variable: [VariableArgument] = []

  @Option(name: .long, help: "A total to reach: its chance is said.")
  var target: Int64?

  @OptionGroup var output: OutputOptions

  mutating func validate() throws { _ = try variable.document() }

  func run(in session: TerminalSession) async throws {
    let odds: Odds
    let canonical: String
    do {
      let parsed = try DiceExpression(parsing: expression, dialect: dialect)
      canonical = parsed.canonicalText
      odds = try parsed.bind(to: try variable.context()).odds()
    } catch let error as DiceError {
      throw TerminalError.failed("At \(error)")
    } catch let error as FormulaError {
      throw TerminalError.failed("A variable cannot be used: \(error.message)")
    } catch let error as OddsError {
      throw TerminalError.failed("\(error.message.prefix(1).uppercased())\(error.message.dropFirst()).")
    }
    if output.json {
      try session.console.say(document(odds))
    } else {
      try session.console.say(OddsText(odds, of: canonical, target: target).lines.joined(separator: "\n"))
    }
  }

  private func document(_ odds: Odds) -> JSON {
    var pmf = JSONObject()
    for (total, count) in odds.pmf { pmf[total] = .string(count) }
    var document: JSONObject = [
      "den": .string("\(odds.denominator)"), "pmf": .object(pmf), "mean": .number(odds.mean),
      "sd": .number(odds.standardDeviation),
    ]
    if !odds.tail.isZero { document["tail"] = .string("\(odds.tail)") }
    if let target { document["chance"] = .number(odds.chance(atLeast: target)) }
    return .object(document)
  }
}

/// Odds as people read them: a line for each total, with a bar.
struct OddsText {
  let lines: [String]

  private static let barMax = 40

  init(_ odds: Odds, of expression: String, target: Int64?) {
    var lines = [
      "\(PlainText.line(expression)): \(odds.min) to \(odds.max), mean \(Self.rounded(odds.mean)), "
        + "deviation \(Self.rounded(odds.standardDeviation)), median \(Self.rounded(odds.median))"
    ]
    if let target {
      lines.append("\(target) or more: \(Self.percent(odds.chance(atLeast: target)))")
    }
    let greatest = odds.outcomes.map { odds.chance(of: $0.total) }.max() ?? 1
    let width = max("\(odds.min)".count, "\(odds.max)".count)
    for outcome in odds.outcomes.prefix(DiceOddsCommand.totalsMax) {
      let chance = odds.chance(of: outcome.total)
      let total = String(repeating: " ", count: width - "\(outcome.total)".count) + "\(outcome.total)"
      let bar = String(repeating: "█", count: Int((chance / greatest * Double(Self.barMax)).rounded()))
      lines.append("  \(total)  \(Self.padded(Self.percent(chance)))  \(bar)")
    }
    let rest = odds.outcomes.count - DiceOddsCommand.totalsMax
    if rest > 0 { lines.append("  … \(rest) more; --json has every total") }
    if !odds.tail.isZero { lines.append("Not followed: explosions that less than one die in 2^40 reaches.") }
    self.lines = lines
  }

  /// `12.34 %`, and `<0.01 %` for what is there and would be none.
  private static func percent(_ chance: Double) -> String {
    let hundredths = (chance * 10_000).rounded()
    guard hundredths > 0 || chance == 0 else { return "<0.01 %" }
    let (whole, rest) = Int(hundredths).quotientAndRemainder(dividingBy: 100)
    return "\(whole).\(rest < 10 ? "0" : "")\(rest) %"
  }

  private static func padded(_ text: String) -> String { String(repeating: " ", count: max(0, 8 - text.count)) + text }

  private static func rounded(_ number: Double) -> String { "\((number * 100).rounded() / 100)" }
}
