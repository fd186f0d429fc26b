import Dice
import Operations
import StrictJSON

/// A roll as the terminal tells it: the total on a line of its own, then how it came about.
///
///     17
///       4d6kh3 (6, 5, 4, ~1~) + 2 = 17: top 23 %
///       journal row 42
struct RollText: Sendable, Hashable {
  private let total: Int64
  private let text: String
  private let purpose: String?
  private let critical: String?
  private let chance: Percentile?

  /// Reads the output of `roll_dice`.
  ///
  /// - Parameter dice: what was rolled, for how rare the total is.
  /// - Throws: ``TerminalError`` when it is no roll, which another version of the server could answer.
  init(_ output: JSON, of dice: PreparedRoll?) throws {
    guard let total = output["total"]?.int64, let text = output["result"]?["text"]?.text else {
      throw TerminalError.failed("The answer is no roll that this program can read; see it with --json.")
    }
    self.total = total
    self.text = text
    purpose = output["purpose"]?.text
    critical = output["result"]?["critical"]?.text
    chance = dice?.percentile(of: total)
  }

  /// For a roll that was made. Dropped dice stand between tildes.
  func lines(_ answer: OperationAnswer, _ ink: Ink) -> String {
    let row = answer.journal.map { "journal row \($0.number)" } ?? "no journal row"
    return lines(ending: answer.isRepeated ? "\(row), made earlier with this key" : row, ink)
  }

  /// For a rehearsal.
  func sampleLines(_ ink: Ink) -> String { lines(ending: "a sample: nothing was rolled or kept", ink) }

  private func lines(ending: String, _ ink: Ink) -> String {
    let label = purpose.map { "\(PlainText.line($0)): " } ?? ""
    let note = critical.map { ", a critical \(PlainText.line($0))" } ?? ""
    let chance = chance.map { ": \($0)" } ?? ""
    return """
      \(ink.strong("\(total)"))
        \(label)\(PlainText.line(text))\(note)\(chance)
        \(ink.faint(ending))
      """
  }

  /// For programs.
  static func document(_ answer: OperationAnswer) throws -> JSON {
    ["roll": answer.output, "journal": try JSON(encoding: answer.journal), "repeated": .bool(answer.isRepeated)]
  }
}
