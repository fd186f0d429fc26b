package import Inference
package import Jobs
import Logging
package import Operations
package import Proposals
import Storage
package import StrictJSON
package import Vocabulary

/// Turns on a test's workspace, taken by a worker of this process.
package struct TestTurns: Sendable {
  package let world: TestWorkspace
  package let queue: JobQueue
  package let desk: TurnDesk

  /// The tables that turns need; give it to ``TestWorkspace`` as `extra`.
  package static let tables = OperationSet(
    changes: [], reads: [], stateTables: [], routes: [], migrations: JobQueue.migrations + TurnDesk.migrations)

  package init(
    _ world: TestWorkspace, router: any ModelRouter = ScriptedRouter(nil), surfaces: [any TurnSurface] = []
  ) throws {
    self.world = world
    let ids = UniqueIDSequence(clock: world.clock, random: world.random)
    queue = JobQueue(database: world.database, sealer: world.ring, ids: ids, random: world.random)
    desk = try TurnDesk(
      runner: world.desk.runner, database: world.database, events: world.events, sealer: world.ring, ids: ids,
      queue: queue, router: router, surfaces: surfaces)
  }

  package func worker() -> JobWorker {
    JobWorker(
      queue: queue, workspace: world.workspace, handlers: desk.handlers, clock: world.clock, logger: .silent)
  }

  /// Begins a turn and waits for its end, with a worker that works meanwhile.
  package func take(
    _ text: String, mode: Run.Mode = .act, proposal: JSON? = nil, on subject: String
  ) async throws -> Run {
    let (run, _) = try await desk.begin(
      TurnDesk.Request(mode: mode, text: text, proposal: proposal), on: subject, as: world.owner)
    return try await end(of: run.id)
  }

  /// Works until a run has ended.
  package func end(of id: RunID) async throws -> Run {
    let working = Task { [worker = worker()] in try await worker.run() }
    defer { working.cancel() }
    while true {
      let run = try await desk.show(id, as: world.owner).run
      if run.isEnded { return run }
      try await Task.sleep(for: .milliseconds(5))
    }
  }
}

extension ModelRouter {
  /// The model that was chosen, for a call of nobody's.
  package func chosen(in workspace: WorkspaceID) async throws -> ChosenModel? {
    try await chosen(for: CallContext(workspace: workspace, surface: .workbench, task: "test"), delivery: .whole)
  }
}

/// Always the same model, or none.
package struct ScriptedRouter: ModelRouter {
  private let model: ChosenModel?

  package init(_ model: ChosenModel?) { self.model = model }
  package func chosen(for context: CallContext, delivery: AnswerDelivery) async throws -> ChosenModel? { model }
}
