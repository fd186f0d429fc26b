import ArgumentParser

/// The command line: parses, runs one command, and turns what came of it into a status.
///
///     let program = TerminalProgram(doors: doors, surroundings: .process())
///     exit(await program.run(Array(CommandLine.arguments.dropFirst())).rawValue)
package struct TerminalProgram: Sendable {
  private let session: TerminalSession

  package init(doors: TerminalDoors, surroundings: TerminalSurroundings) {
    session = TerminalSession(doors: doors, surroundings: surroundings)
  }

  /// Runs what `arguments` (without the program's name) ask for. Never throws and never exits: what went wrong is on
  /// standard error.
  // Not on the caller's actor, which is the main one in an executable: a server runs for long.
  @concurrent
  package func run(_ arguments: [String]) async -> ExitStatus {
    let command: any ParsableCommand
    do {
      command = try ArbiterCommand.parseAsRoot(arguments)
    } catch {
      return say(parsing: error)
    }
    do {
      if let command = command as? any TerminalCommand {
        try await command.run(in: session)
      } else {
        // A group without a command, or `help`: what it throws is its help.
        var group = command
        try group.run()
      }
      return .success
    } catch let error where ArbiterCommand.exitCode(for: error).isSuccess {
      return say(parsing: error)
    } catch {
      let report = FailureReport(error)
      for line in report.lines { session.console.note(line) }
      return report.status
    }
  }

  /// Help and versions are results; everything else that parsing ends with is a wrong use.
  private func say(parsing error: any Error) -> ExitStatus {
    let message = ArbiterCommand.fullMessage(for: error)
    guard ArbiterCommand.exitCode(for: error).isSuccess else {
      session.console.note(PlainText.lines(message))
      return .usage
    }
    return (try? session.console.say(message)) == nil ? .failed : .success
  }
}
