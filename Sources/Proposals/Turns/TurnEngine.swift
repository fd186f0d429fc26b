import Events
import Inference
import Jobs
import Operations
import Storage
import StrictJSON
import Vocabulary

/// What taking a turn needs, for whoever begins one and for the job that does the work.
struct TurnEngine: Sendable {
  let runner: OperationRunner
  let events: EventLog
  let table: RunTable
  let summaries: SummaryTable
  let composer: PromptComposer
  let surfaces: [String: any TurnSurface]
  let router: any ModelRouter
  let queue: JobQueue

  /// A subject's surface, and its name there.
  ///
  /// - Throws: ``OperationError`` `.notFound`.
  func surface(of subject: String) throws -> (surface: any TurnSurface, name: String) {
    let parts = subject.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let surface = surfaces[String(parts[0])] else {
      throw OperationError(.notFound, "No turns are taken on “\(subject.prefix(80))”.")
    }
    return (surface, String(parts[1]))
  }

  func scope(of run: Run, for principal: Principal, in state: any ReadTransaction) throws -> ProposalScope {
    let (surface, name) = try surface(of: run.subject)
    return try surface.scope(of: name, for: principal, proposal: run.id.raw, in: state)
  }

  /// What a prompt is made of, from one snapshot.
  func material(for run: Run, as principal: Principal, in state: any ReadTransaction) throws
    -> PromptComposer.Material
  {
    let (surface, name) = try surface(of: run.subject)
    let scope = try surface.scope(of: name, for: principal, proposal: run.id.raw, in: state)
    return PromptComposer.Material(
      run: run, brief: try surface.brief(of: name, for: principal, in: state), scope: scope,
      operations: scope.operations.sorted().compactMap { runner.catalogue.changes[$0]?.facts },
      story: try story(on: run.subject, before: run.number, in: state))
  }

  /// Writes a run and tells the world how it stands.
  func note(_ run: Run, in transaction: any Transaction) throws {
    try table.update(run, in: transaction)
    try tell(run, in: transaction)
  }

  func tell(_ run: Run, in transaction: any Transaction) throws {
    guard let topic = Topic(run.subject) else { return }
    try events.append(
      EventDraft(topic: topic, type: "run.changed", payload: ["run": try JSON(encoding: run.withoutTexts)]),
      in: transaction)
  }

  /// Tells that the telling goes on.
  ///
  /// - Parameter offset: where in the whole, in UTF-16 code units as a page counts; 0 begins anew.
  func tell(_ text: String, at offset: Int, of run: Run, in transaction: any Transaction) throws {
    guard let topic = Topic(run.subject) else { return }
    try events.append(
      EventDraft(
        topic: topic, type: "run.told",
        payload: ["run": .string("\(run.id)"), "from": .integer(Int64(offset)), "text": .string(text)]),
      in: transaction)
  }
}
