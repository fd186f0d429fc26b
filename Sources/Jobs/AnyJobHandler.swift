import Storage
import StrictJSON

/// A handler with its arguments' type erased.
struct AnyJobHandler: Sendable {
  let kind: String
  let timeLimit: Duration
  let run: @Sendable (ClaimedJob) async throws -> JobOutcome
  let givenUp: @Sendable (ClaimedJob, String, any Transaction) throws -> Void

  init<Handler: JobHandler>(_ handler: Handler) {
    kind = Handler.kind
    timeLimit = Handler.timeLimit
    run = { job in
      guard job.version <= Handler.version, let arguments = try? Self.arguments(of: job, for: Handler.self) else {
        return .fail("Its arguments (version \(job.version)) cannot be read; version \(Handler.version) is known here.")
      }
      return try await handler.run(arguments, under: job.lease)
    }
    givenUp = { job, reason, transaction in
      // What cannot be read has no place to say so; the job's own row keeps the reason.
      guard let arguments = try? Self.arguments(of: job, for: Handler.self) else { return }
      try handler.givenUp(arguments, because: reason, in: transaction)
    }
  }

  private static func arguments<Handler: JobHandler>(of job: ClaimedJob, for _: Handler.Type) throws
    -> Handler.Arguments
  {
    try job.openArguments().decode(Handler.Arguments.self)
  }
}
