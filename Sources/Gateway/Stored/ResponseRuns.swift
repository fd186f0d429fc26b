import Inference
import Synchronization

/// The runs of this process: bounded in number, each in a task of its own that no reader holds.
final class ResponseRuns: Sendable {
  private struct Entry {
    let run: ResponseRun
    /// Nil while it waits for its turn.
    var task: Task<Void, Never>?
  }

  private struct State {
    var entries: [ResponseID: Entry] = [:]
    /// Runs in the background whose turn has not come, oldest first.
    var waiting: [ResponseID] = []
    /// Runs in the background whose turn it is.
    var background = 0
    var isStopping = false
  }

  private let limits: ResponseLimits
  private let state = Mutex(State())

  init(limits: ResponseLimits) { self.limits = limits }

  func run(of id: ResponseID) -> ResponseRun? { state.withLock { $0.entries[id]?.run } }

  /// Takes a run in, so that readers find it; ``begin(_:)`` or ``remove(_:)`` follows.
  ///
  /// - Throws: ``GatewayFault`` when there are too many, or the server is about to stop.
  func admit(_ run: ResponseRun) throws(GatewayFault) {
    try state.withLock { state throws(GatewayFault) in
      guard !state.isStopping else { throw .stopping }
      guard state.entries.count < limits.runsMax else {
        throw .tooManyRuns("\(limits.runsMax) stored responses are under way, which is all there may be")
      }
      let key = run.response.gatewayKey
      guard state.entries.values.count(where: { $0.run.response.gatewayKey == key }) < limits.runsOfKeyMax else {
        throw .tooManyRuns(
          "\(limits.runsOfKeyMax) stored responses of this key are under way, which is all it may have")
      }
      state.entries[run.response.id] = Entry(run: run)
    }
  }

  /// Begins a run, or lets it wait for its turn.
  func begin(_ run: ResponseRun) {
    state.withLock { state in
      let id = run.response.id
      guard run.response.isBackground else { return begin(id, &state) }
      state.waiting.append(id)
      beginWaiting(&state)
    }
  }

  /// Forgets a run that is not begun.
  func remove(_ run: ResponseRun) {
    state.withLock { $0.entries[run.response.id] = nil }
  }

  /// Stops a run, and returns when its end is written. Does nothing when there is none.
  func stop(_ id: ResponseID, because reason: ResponseRun.Stop) async {
    let task: Task<Void, Never>? = state.withLock { state in
      guard let entry = state.entries[id] else { return nil }
      entry.run.note(reason)
      if entry.task == nil, let place = state.waiting.firstIndex(of: id) {
        // It is begun to be stopped: it asks nobody.
        state.waiting.remove(at: place)
        state.background += 1
        begin(id, &state)
      }
      let task = state.entries[id]?.task
      task?.cancel()
      return task
    }
    await task?.value
  }

  /// Begins nothing any more, stops what is under way, and returns when that is written.
  func stop() async {
    let ids = state.withLock { state in
      state.isStopping = true
      return Array(state.entries.keys)
    }
    await withTaskGroup(of: Void.self) { group in
      for id in ids { group.addTask { await self.stop(id, because: .server) } }
    }
  }

  private func beginWaiting(_ state: inout State) {
    while state.background < limits.backgroundMax, !state.waiting.isEmpty {
      state.background += 1
      begin(state.waiting.removeFirst(), &state)
    }
  }

  /// Made under the lock, so that a task is entered before it can take itself out.
  private func begin(_ id: ResponseID, _ state: inout State) {
    guard let run = state.entries[id]?.run else { return }
    state.entries[id]?.task = Task {
      await run.run()
      self.ended(run)
    }
  }

  private func ended(_ run: ResponseRun) {
    state.withLock { state in
      state.entries[run.response.id] = nil
      if run.response.isBackground { state.background -= 1 }
      if !state.isStopping { beginWaiting(&state) }
    }
  }
}
