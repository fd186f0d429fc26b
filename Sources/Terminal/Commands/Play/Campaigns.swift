import Operations
import Proposals
import StrictJSON

/// Finds the campaign that is played.
struct Campaigns {
  let door: any OperationDoor
  let session: TerminalSession

  /// The campaign of that name, or the sample, which is brought in where it is not there.
  func named(_ name: String?) async throws -> String {
    if let name { return name }
    let sample = try session.doors.sampleCampaign()
    let id = sample["id"]?.text ?? ""
    do {
      _ = try await door.perform(
        OperationCall(operation: "show_campaign", input: ["id": .string(id)]), key: IdempotencyKeys.of("look"))
    } catch  where Self.isMissing(error) {
      _ = try await door.perform(
        OperationCall(operation: "import_campaign", input: sample), key: IdempotencyKeys.of("sample"))
      session.console.note(
        "The sample campaign “\(PlainText.line(sample["name"]?.text ?? id))” was brought in as \(id).")
    }
    return id
  }

  private static func isMissing(_ error: any Error) -> Bool {
    switch error {
    case let error as OperationError: error.code == .notFound
    case let problem as ServerProblem: problem.code == "not_found"
    default: false
    }
  }
}

/// Sees that some model answers.
struct ModelChoice {
  let door: any OperationDoor
  let console: Console

  /// Chooses the built-in model where nobody chose any. A proposal that a person brings needs none.
  func demand(for request: TurnDesk.Request) async throws {
    guard request.proposal == nil else { return }
    let models = try await door.perform(
      OperationCall(operation: "list_models", input: [:]), key: IdempotencyKeys.of("models")
    ).output
    guard models["chosen"]?.isNull ?? true else { return }
    _ = try await door.perform(
      OperationCall(operation: "choose_model", input: ["builtIn": true]), key: IdempotencyKeys.of("built-in"))
    console.note("No model was chosen: the built-in one answers. Others: arbiter models --help")
  }
}
