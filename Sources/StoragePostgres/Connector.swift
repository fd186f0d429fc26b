import Logging
import Storage

/// Makes sessions, and sees to it that each is one that keeps what it acknowledges.
struct Connector: Sendable {
  let options: PostgresOptions
  private let library: LibPQ
  private let logger: Logger

  init(options: PostgresOptions, logger: Logger) throws(StorageError) {
    self.options = options
    self.logger = logger
    library = try LibPQ.shared.get()
  }

  /// A session that is ready for bodies.
  ///
  /// - Throws: ``StorageError`` `.unavailable` when the server cannot be reached, `.readOnly` when what it acknowledges
  ///   would not be durable.
  func connect(liveness: Session.Liveness?) throws(StorageError) -> Session {
    let deadline = Deadline.after(options.connectLimit)
    do {
      let session = try bareSession(by: deadline, liveness: liveness)
      try checkServer(session)
      try session.execute(settings, by: deadline)
      try checkDurability(session, by: deadline)
      return session
    } catch let fault as PostgresFault {
      throw Self.unreachable(fault)
    } catch let error as StorageError {
      throw error
    } catch {
      throw StorageError(.unavailable, "PostgreSQL cannot be reached.", underlying: "\(error)")
    }
  }

  /// Whether the server answers a newcomer. A refusal is an answer; silence is none.
  func isServerAlive() -> Bool {
    let deadline = Deadline.after(options.connectLimit)
    do {
      _ = try bareSession(by: deadline, liveness: nil)
      return true
    } catch {
      return !deadline.isOver
    }
  }

  /// Stops what another session runs, from a connection of its own: libpq's own cancel request waits without a deadline
  /// for a server that may be frozen.
  func stop(_ session: Session) {
    let deadline = Deadline.after(options.connectLimit)
    do {
      _ = try bareSession(by: deadline, liveness: nil).run(
        "SELECT pg_cancel_backend(CAST(\(session.backendPID) AS INTEGER))", by: deadline)
    } catch {
      logger.warning("a statement could not be stopped; its connection is closed", metadata: ["reason": "\(error)"])
    }
  }

  private func bareSession(by deadline: Deadline, liveness: Session.Liveness?) throws(PostgresFault) -> Session {
    try Session(
      to: options.conninfo, statementsMax: options.statementsMax, library: library, by: deadline, liveness: liveness)
  }

  private func checkServer(_ session: Session) throws(StorageError) {
    guard session.serverVersion >= 140_000 else {
      throw StorageError(
        .statement, "The server is PostgreSQL \(session.serverVersion / 10_000); allowed is 14 or later.")
    }
    let encoding = session.parameter("server_encoding") ?? "unknown"
    guard encoding == "UTF8" else {
      throw StorageError(
        .statement, "The database's encoding is \(encoding); allowed is UTF8. Create it with ENCODING 'UTF8'.")
    }
  }

  /// What every session is set to, whatever the server's, database's and role's defaults are. Time limits of the server
  /// stand behind ours, for statements and transactions that nobody waits for any more.
  private var settings: String {
    let longest = max(options.readLimit, options.writeLimit) + .seconds(2)
    return """
      SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; SET client_min_messages = error;
      SET synchronous_commit = on; SET timezone = 'UTC'; SET search_path = \(options.schema.quoted);
      SET statement_timeout = \(milliseconds(longest)); SET lock_timeout = 0;
      SET idle_in_transaction_session_timeout = \(milliseconds(longest)); SET client_connection_check_interval = 5000;
      SET row_security = off
      """
  }

  private func checkDurability(_ session: Session, by deadline: Deadline) throws {
    let row = try session.run(
      "SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit",
      by: deadline
    ).rows.first
    for setting in ["fsync", "synchronous_commit"] where row?[setting] != .text("on") {
      throw StorageError(
        .readOnly,
        "The PostgreSQL server has \(setting) switched off, so it would acknowledge what a power cut can take away. "
          + "Set \(setting) = on in postgresql.conf.")
    }
  }

  private func milliseconds(_ duration: Duration) -> Int64 {
    Int64(min(max(duration / .milliseconds(1), 1), 2_000_000_000))
  }

  private static func unreachable(_ fault: PostgresFault) -> StorageError {
    switch fault {
    case .refused(let refusal): refusal.storageError(isWriting: false)
    case .lost(let words): StorageError(.unavailable, "PostgreSQL cannot be reached. Try again.", underlying: words)
    case .late: StorageError(.unavailable, "PostgreSQL did not answer in time. Try again.")
    case .misuse(let words): StorageError(.statement, words)
    }
  }
}
