package import StrictJSON
package import Vocabulary

package enum NamedJob {}
/// Names a job.
package typealias JobID = Identifier<NamedJob>

/// Work to be done, before it has an id.
package struct JobDraft: Sendable {
  /// Which handler does it: lower-case words with dots, the noun first, as `turn.take`.
  package let kind: String
  /// Of the arguments' form, from 1.
  package let version: Int
  package let arguments: JSON
  /// While a job of this kind with the same key is not ended, another one is not made.
  package var uniqueKey: String?
  /// It is not begun before; nil begins it as soon as somebody is free.
  package var notBefore: Timestamp?
  /// How often it may be begun before it is given up.
  package var attemptsMax = 5

  package init<Handler: JobHandler>(
    _: Handler.Type, _ arguments: Handler.Arguments, uniqueKey: String? = nil, notBefore: Timestamp? = nil
  ) throws {
    kind = Handler.kind
    version = Handler.version
    self.arguments = try JSON(encoding: arguments)
    self.uniqueKey = uniqueKey
    self.notBefore = notBefore
    attemptsMax = Handler.attemptsMax
  }
}

/// Where a job stands.
package enum JobState: String, Codable, Sendable, CaseIterable {
  case queued, running
  /// Ended, each for good.
  case done, failed, cancelled

  package var isEnded: Bool { self != .queued && self != .running }
}

/// A job as people see it.
package struct Job: Codable, Sendable, Hashable {
  package let id: JobID
  package let kind: String
  package let state: JobState
  /// How often it was begun.
  package let attempts: Int
  package let createdAt: Timestamp
  package let notBefore: Timestamp
  package let endedAt: Timestamp?
  /// Why the last attempt did not end well.
  package let lastError: String?
}

/// Why something could not be done with a job.
package struct JobError: Error, Sendable, CustomStringConvertible {
  package enum Kind: Sendable, Hashable {
    /// The job was taken away from this attempt: it was cancelled, its lease ran out, or somebody else has it now.
    case leaseLost
    case notFound
  }

  package let kind: Kind
  package let description: String
}
