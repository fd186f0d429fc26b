import ArgumentParser
import Inference

/// The group of commands about the models that answer.
struct ModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models", abstract: "Connect models, say which one answers, and try it.",
    subcommands: [
      ListModelsCommand.self, TestModelCommand.self, ExplainModelCommand.self, CheckModelCommand.self,
      ConnectModelCommand.self, ChooseModelCommand.self,
      DisconnectModelCommand.self,
    ])
}

/// A key and an address, as a command is given them. A key is never an argument: those are seen by every account of the
/// machine, and kept by the shell.
struct CandidateOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The provider's address.", discussion: "Left out, the key's shape says it.", valueName: "url"))
  var baseURL: String?

  @Flag(
    name: .long, help: "Take a key: asked for without showing it, or from standard input where that is no terminal.")
  var withKey = false

  var isEmpty: Bool { baseURL == nil && !withKey }

  /// - Throws: ``TerminalError`` of usage that quotes nothing of the key.
  func candidate(in session: TerminalSession) throws -> ModelCandidate {
    let key = withKey ? try session.console.readSecret("Key: ") : nil
    guard !withKey || key?.isEmpty == false else { throw TerminalError.usage("There was no key on standard input.") }
    do throws(ModelCandidate.Refusal) {
      return try ModelCandidate(key: key, baseURL: baseURL)
    } catch {
      throw TerminalError.usage("This cannot be used.", errors: error.errors)
    }
  }
}
