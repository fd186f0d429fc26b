import Inference
package import Storage
package import Vocabulary

/// Responses that are kept: on the disk, and under way in this process.
package final class StoredResponses: Sendable {
  let store: ResponseStore
  let runs: ResponseRuns
  let limits: ResponseLimits
  private let onFailure: @Sendable (any Error) -> Void

  /// - Parameter onFailure: told when a response could not be written; its end is at the next start.
  package convenience init(
    database: any Database, sealer: any Sealer, onFailure: @escaping @Sendable (any Error) -> Void = { _ in }
  ) {
    self.init(database: database, sealer: sealer, limits: ResponseLimits(), onFailure: onFailure)
  }

  init(
    database: any Database, sealer: any Sealer, limits: ResponseLimits,
    onFailure: @escaping @Sendable (any Error) -> Void = { _ in }
  ) {
    store = ResponseStore(database: database, sealer: sealer)
    runs = ResponseRuns(limits: limits)
    self.limits = limits
    self.onFailure = onFailure
  }

  /// Ends what an earlier process left under way. To be called at a start, before anything is begun.
  ///
  /// - Returns: how many there were.
  @discardableResult
  package func recover(in workspace: WorkspaceID) async throws -> Int { try await store.recover(in: workspace) }

  /// Forgets responses whose time is over, and those of keys that are gone.
  ///
  /// - Returns: how many there were.
  package func forget(in workspace: WorkspaceID) async throws -> Int { try await store.forget(in: workspace) }

  /// Stops what is under way: it ends as failed, and what waits for its turn stays queued. Nothing is begun after it.
  package func stop() async { await runs.stop() }

  /// Begins a run, or queues it. What is in the background is durable when this returns.
  ///
  /// - Throws: ``GatewayFault`` when there are too many; `StorageError`.
  func begin(
    _ response: StoredResponse, asking asked: ResponseRun.Asked, in workspace: WorkspaceID
  ) async throws -> ResponseReader {
    guard asked.body.count <= limits.requestBytesMax else {
      throw GatewayFault.storedTooLarge(bytesMax: limits.requestBytesMax)
    }
    let run = run(response, asked, workspace)
    try runs.admit(run)
    if response.isBackground {
      do { try await run.queue() } catch {
        runs.remove(run)
        throw error
      }
    }
    runs.begin(run)
    return reader(of: response.id, in: workspace, run)
  }

  /// Begins a run that is queued on the disk.
  func beginAgain(_ response: StoredResponse, asking asked: ResponseRun.Asked, in workspace: WorkspaceID) throws {
    let run = run(response, asked, workspace)
    run.rejoin()
    try runs.admit(run)
    runs.begin(run)
  }

  /// Reads a response. Of one that is under way: also what is to come.
  func reader(of id: ResponseID, in workspace: WorkspaceID) -> ResponseReader {
    reader(of: id, in: workspace, runs.run(of: id))
  }

  private func reader(of id: ResponseID, in workspace: WorkspaceID, _ run: ResponseRun?) -> ResponseReader {
    ResponseReader(id: id, workspace: workspace, store: store, feed: run?.feed)
  }

  private func run(_ response: StoredResponse, _ asked: ResponseRun.Asked, _ workspace: WorkspaceID) -> ResponseRun {
    ResponseRun(response, asking: asked, in: workspace, store: store, limits: limits, onFailure: onFailure)
  }
}
