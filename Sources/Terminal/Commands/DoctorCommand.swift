import ArgumentParser
import StrictJSON

struct DoctorCommand: TerminalCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Look for what is wrong, and print each value of the configuration with its origin.",
    discussion: """
      Changes nothing; secrets are not shown. The status is 1 when something is wrong.

      Example: arbiter doctor
      """)

  @Option(name: .long, help: ArgumentHelp("The configuration file.", valueName: "file"))
  var config: String?

  @OptionGroup var folder: FolderOptions
  @OptionGroup var output: OutputOptions

  func run(in session: TerminalSession) async throws {
    let folder = try session.surroundings.dataFolder(named: folder.data)
    let diagnosis = await session.doors.diagnose(folder, config.map(session.surroundings.absolute))
    if output.json {
      try session.console.say(try JSON(encoding: diagnosis))
    } else {
      try session.console.say(diagnosis.findings.text(session.ink))
      let rows = diagnosis.settings.map { [$0.name, $0.value, $0.origin] }
      try session.console.say("\n" + Table(["SETTING", "VALUE", "FROM"], rows).text(session.ink))
    }
    if diagnosis.findings.contains(where: { $0.verdict == .wrong }) { throw TerminalError.notInOrder }
  }
}

extension [Finding] {
  /// One line each: the verdict, what was looked at, what was found.
  func text(_ ink: Ink) -> String {
    let width = map(\.name.count).max() ?? 0
    return map { finding in
      let name = finding.name + String(repeating: " ", count: width - finding.name.count)
      return "\(finding.verdict.mark(ink))  \(PlainText.line(name))  \(PlainText.line(finding.sentence))"
    }.joined(separator: "\n")
  }
}

extension Finding.Verdict {
  /// Words, not colours alone, since those are not for everybody.
  fileprivate func mark(_ ink: Ink) -> String {
    switch self {
    case .fine: ink.good("fine   ")
    case .warning: ink.doubtful("warning")
    case .wrong: ink.bad("wrong  ")
    }
  }
}
