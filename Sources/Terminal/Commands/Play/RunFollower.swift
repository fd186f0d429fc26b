import Operations
import Proposals

/// Follows a turn to its end and shows it as it goes: stages and trouble to standard error, results and story to standard
/// output.
struct RunFollower {
  let door: any OperationDoor
  let session: TerminalSession
  let isShown: Bool

  private static let pause: Duration = .milliseconds(100)

  func follow(_ begun: Run) async throws -> Run {
    var shown = RunText.Shown()
    var run = begun
    do {
      while true {
        try show(run, &shown)
        guard !run.isEnded else { return run }
        try await session.surroundings.pause(Self.pause)
        run = try await door.run(run.id)
      }
    } catch is CancellationError {
      _ = try? await door.cancelRun(begun.id)  // Told to stop; what was committed stands.
      throw CancellationError()
    }
  }

  private func show(_ run: Run, _ shown: inout RunText.Shown) throws {
    guard isShown else { return }
    if let stage = run.stage, stage != shown.stage, session.console.isTerminal(.diagnostics) {
      session.console.note("… \(stage.rawValue)")
      shown.stage = stage
    }
    for line in RunText.news(of: run, &shown) { try session.console.say(line) }
  }
}
