import Operations
import Proposals
import StrictJSON

/// Proposals as people read them: a line for each operation.
enum PlanText {
  static func lines(of record: ProposalRecord) -> [String] {
    record.operations.map { step in
      let row = step.journal.map { " (row \($0.number))" } ?? ""
      return line(step.status.rawValue, step.operation, step.display?.line) + row
    }
  }

  static func lines(of report: ProposalReport) -> [String] {
    guard !report.operations.isEmpty else { return ["Nothing was rehearsed."] }
    return report.operations.map { line($0.status.rawValue, $0.operation, $0.display?.line) }
      + (report.isExecutable
        ? report.faults.map { PlainText.line("Passed over: \(error($0).message)") }
          + ["It can be executed. Dice shown are samples."] : [])
  }

  static func error(_ fault: ProposalFault) -> FieldError {
    let hint = fault.repair.map { " Suggested: \($0.canonicalText())." } ?? ""
    return FieldError(
      pointer: fault.pointer, code: fault.code, message: fault.message + hint, allowed: fault.allowed)
  }

  private static func line(_ status: String, _ operation: String, _ message: String?) -> String {
    let word = status.replacing("_", with: " ")
    return PlainText.line("\(word)\(String(repeating: " ", count: max(1, 13 - word.count)))\(message ?? operation)")
  }
}
