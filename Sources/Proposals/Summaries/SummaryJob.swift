import Inference
package import Jobs
import Operations
package import Storage
import StrictJSON
import Vocabulary

/// Sums up the older part of a story after a turn in which it had no room, for the turns that come.
///
/// Nothing waits for it, and no turn fails without it.
package struct SummaryJob: JobHandler {
  package static let kind = "turn.summarize"
  /// An answer that was lost with its process is asked for once more.
  package static let attemptsMax = 2

  /// After which run, and in whose name.
  package struct Arguments: Codable, Sendable {
    let run: RunID
    let person: PersonID?
    let name: String
    let role: Role
  }

  let engine: TurnEngine

  package func run(_ arguments: Arguments, under lease: Lease) async throws -> JobOutcome {
    do {
      guard
        let work = try await lease.read(
          "summary.read", { [engine] in try engine.toSummarize(after: arguments, in: $0) }),
        let (work, request, chosen) = try await call(for: work, arguments, in: lease.workspace)
      else { return .done }
      try await ask(chosen, request, for: work, arguments, under: lease)
      return .done
    } catch let error as OperationError {
      // What it is about is gone, or the person may no more.
      return .fail(error.message)
    }
  }

  /// Whom to ask and what; nil where nobody can be asked, or only a program that reads no story.
  private func call(
    for work: SummaryWork, _ arguments: Arguments, in workspace: WorkspaceID
  ) async throws -> (SummaryWork, ModelRequest, ChosenModel)? {
    let context = CallContext(
      workspace: workspace, person: arguments.person, surface: .tabletop, task: "summary",
      prompt: engine.composer.version(for: .summarize), run: arguments.run.raw)
    do {
      guard let chosen = try await engine.router.chosen(for: context, delivery: .whole),
        chosen.provider.badge != .builtIn, let (work, request) = engine.composer.request(toSummarize: work, chosen)
      else { return nil }
      return (work, request, chosen)
    } catch is InferenceError {
      // Whoever takes the next turn is told.
      return nil
    }
  }

  private func ask(
    _ chosen: ChosenModel, _ request: ModelRequest, for work: SummaryWork, _ arguments: Arguments, under lease: Lease
  ) async throws {
    let call = try await lease.commit("summary.ask") { [engine] transaction in
      try engine.note(
        ModelCall(
          .summarize, chosen, request, prompt: engine.composer.version(for: .summarize), at: transaction.time),
        of: arguments.run, in: transaction)
    }
    do {
      let answer = try await chosen.provider.answer(to: request)
      try await lease.finish("summary.answered") { [engine] transaction in
        try engine.keep(answer, by: chosen, of: work, call, after: arguments, in: transaction)
      }
    } catch let error as InferenceError {
      try await lease.finish("summary.unanswered") { [engine] transaction in
        var call = call
        call.end(.failed, because: error.message, at: transaction.time)
        _ = try engine.note(call, of: arguments.run, in: transaction)
      }
    }
  }

  package func givenUp(_ arguments: Arguments, because reason: String, in transaction: any Transaction) throws {
    guard var call = try engine.table.run(arguments.run, in: transaction)?.summary, call.state == .asked else { return }
    call.end(.lost, because: reason, at: transaction.time)
    _ = try engine.note(call, of: arguments.run, in: transaction)
  }
}
