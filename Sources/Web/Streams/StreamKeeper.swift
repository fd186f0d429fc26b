import Events
import Identity
import Inference
import Logging
import ServiceLifecycle
import Storage

/// Keeps streams alive and honest: heartbeats for events and for models' answers, and an end for event streams whose session
/// has ended.
struct StreamKeeper: Service {
  let events: EventLog
  let seats: StreamSeats
  let pulse: StreamPulse
  let people: People
  let database: any Database
  let limits: WebLimits
  let logger: Logger

  func run() async throws {
    await withDiscardingTaskGroup { group in
      group.addTask { await repeating(every: limits.heartbeat) { events.beat() } }
      // As for the others: cancellation and shutdown end it.
      group.addTask { try? await cancelWhenGracefulShutdown { try await pulse.run() } }
      group.addTask { await repeating(every: limits.sessionCheck) { await checkSessions() } }
    }
  }

  /// Sessions end by time as well as by signing out; each is asked for once, however many streams it holds.
  private func checkSessions() async {
    for (session, credential) in seats.sessions {
      do {
        let found = try await database.read("sessions.check", in: credential.workspace) { [people] transaction in
          try people.session(of: credential, in: transaction) != nil
        }
        if !found { seats.end(session) }
      } catch {
        // Safe to go on: trouble with the database ends nobody's session, and the next look comes soon.
        logger.warning("a session was not checked", metadata: ["error": "\(error)"])
      }
    }
  }

  private func repeating(every interval: Duration, _ body: @escaping @Sendable () async -> Void) async {
    // The only errors are cancellation and shutdown, which end the loop.
    try? await cancelWhenGracefulShutdown {
      while true {
        try await Task.sleep(for: interval)
        await body()
      }
    }
  }
}

// As for the edge itself.
extension StreamKeeper: CustomStringConvertible {
  var description: String { "StreamKeeper" }
}
