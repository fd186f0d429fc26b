package import Storage

/// Does the jobs of one kind.
///
/// It may be stopped at any moment, by a crash too, and begun again: it reads how far it came, and writes only through its
/// lease, so that an attempt that was given up writes nothing more.
package protocol JobHandler: Sendable {
  associatedtype Arguments: Codable & Sendable

  /// Lower-case words with dots, the noun first.
  static var kind: String { get }
  /// Of the arguments' form.
  static var version: Int { get }
  /// How often a job may be begun before it is given up. A job begun three times by processes that then ended without a
  /// word is given up whatever this says.
  static var attemptsMax: Int { get }
  /// How long one attempt may take; then it is cancelled and counts as failed.
  static var timeLimit: Duration { get }

  /// - Throws: to be begun again later; `CancellationError` when it was stopped.
  func run(_ arguments: Arguments, under lease: Lease) async throws -> JobOutcome

  /// The job is given up. Says so where people look, in the transaction that ends it.
  func givenUp(_ arguments: Arguments, because reason: String, in transaction: any Transaction) throws
}

extension JobHandler {
  package static var version: Int { 1 }
  package static var attemptsMax: Int { 5 }
  package static var timeLimit: Duration { .seconds(600) }
  package func givenUp(_ arguments: Arguments, because reason: String, in transaction: any Transaction) throws {}
}

/// How an attempt ended by itself.
package enum JobOutcome: Sendable, Hashable {
  case done
  /// Not yet: it is begun again after this time, and the attempt is not charged.
  case snooze(Duration)
  /// It can never be done; the reason is for people.
  case fail(String)
}
