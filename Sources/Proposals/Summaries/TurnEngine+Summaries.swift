import Inference
import Jobs
import Operations
import Storage
import StrictJSON
import Vocabulary

extension TurnEngine {
  /// What was said and told before a turn.
  func story(on subject: String, before number: Int64, in state: any ReadTransaction) throws -> StorySoFar {
    let summary = try summaries.latest(on: subject, before: number, in: state)
    return StorySoFar(
      try table.runs(
        on: subject, before: number, after: summary?.through ?? 0, limit: StorySoFar.turnsMax, in: state),
      after: summary)
  }

  /// Queues a summary after a turn in which the story had no room.
  func enqueueSummary(after run: Run, _ arguments: TurnJob.Arguments, in transaction: any Transaction) throws {
    guard let room = run.storyRoom, room >= StorySummary.roomMin else { return }
    try queue.enqueue(
      JobDraft(
        SummaryJob.self,
        SummaryJob.Arguments(run: run.id, person: arguments.person, name: arguments.name, role: arguments.role),
        uniqueKey: run.subject),
      in: transaction)
  }

  /// What is to be summed up after a turn, as the story stands; nil for nothing.
  func toSummarize(
    after arguments: SummaryJob.Arguments, in state: any ReadTransaction
  ) throws -> SummaryWork? {
    guard let run = try table.run(arguments.run, in: state) else { throw OperationError.noRun(arguments.run) }
    let story = try story(on: run.subject, before: run.number + 1, in: state)
    guard let turns = run.storyRoom.map({ story.toSummarize(in: $0) }), !turns.isEmpty else { return nil }
    let (surface, name) = try surface(of: run.subject)
    let principal = Principal(
      workspace: state.workspace, person: arguments.person, name: arguments.name, role: arguments.role)
    let brief = try surface.brief(of: name, for: principal, in: state)
    return SummaryWork(
      subject: run.subject, before: story.summary, opening: story.isWhole ? brief.opening : nil, turns: turns)
  }

  /// Keeps a summary, if everything that it was made of still stands, and notes its call.
  func keep(
    _ answer: ModelAnswer, by chosen: ChosenModel, of work: SummaryWork, _ call: ModelCall,
    after arguments: SummaryJob.Arguments, in transaction: any Transaction
  ) throws {
    var call = call
    call.end(with: answer, by: chosen, at: transaction.time)
    let text = NarrativeText.trimmed(answer.text)
    if text.isEmpty || text.utf8.count > StorySummary.bytesMax {
      call.end(.failed, because: "It is no summary: it has \(text.utf8.count) bytes.", at: transaction.time)
    } else if try toSummarize(after: arguments, in: transaction)?.limited(to: work.turns.count) != work {
      call.end(.failed, because: "A turn of it was undone or told again meanwhile.", at: transaction.time)
    } else {
      try summaries.put(
        StorySummary(through: work.through, text: text, model: answer.model), on: work.subject, in: transaction)
    }
    _ = try note(call, of: arguments.run, in: transaction)
  }

  /// Writes how the summary after a run stands.
  func note(_ call: ModelCall, of id: RunID, in transaction: any Transaction) throws -> ModelCall {
    guard var run = try table.run(id, in: transaction) else { throw OperationError.noRun(id) }
    run.summary = call
    try note(run, in: transaction)
    return call
  }
}
