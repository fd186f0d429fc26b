import Events
import HTTPTypes
import HummingbirdCore
import Logging
import ServiceLifecycle
import Vocabulary

/// Events as they happen, for whoever may look: one connection carries many topics.
struct EventStreamRoute: Sendable {
  let events: EventLog
  let seats: StreamSeats
  let logger: Logger

  var route: Route {
    Route(.get, "/api/v1/events", access: .signedIn, facts: .followEvents, answer: follow)
  }

  @Sendable private func follow(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    let principal = try exchange.principal()
    let asked = try StreamRequest(exchange.target, exchange.request.headers)
    let seat = try seats.take(for: exchange.visitor)
    var headers = HTTPFields()
    headers[.contentType] = "text/event-stream; charset=utf-8"
    headers[.cacheControl] = "no-store"
    headers[.acceleratedBuffering] = "no"
    let body = ResponseBody { writer in
      // An idle stream does not notice by itself that its reader has gone.
      try await exchange.request.body.consumeWithCancellationOnInboundClose { _ in
        try await withGracefulShutdownHandler {
          try await pump(asked.cursor, in: principal.workspace, seat: seat, to: &writer)
        } onGracefulShutdown: {
          events.finishReaders()
        }
      }
      try await writer.finish(nil)
    }
    return Response(status: .ok, headers: headers, body: body)
  }

  /// Writes until the reader goes, its session ends, or the server stops. A reader that takes nothing holds this up until
  /// its connection is closed; nothing is queued for it meanwhile.
  @concurrent private func pump(
    _ cursor: EventCursor, in workspace: WorkspaceID, seat: StreamSeats.Seat, to writer: inout any ResponseBodyWriter
  ) async throws {
    var frames = EventFrames(from: cursor)
    try await writer.write(EventFrames.opening)
    do {
      for try await element in events.follow(cursor, in: workspace) {
        guard !seat.isEnded else { return }
        try await writer.write(frames.frames(of: element))
      }
    } catch {
      // The reader comes back to where it was; it is told by the cut.
      logger.debug("an event stream was cut", metadata: ["error": "\(error)"])
      throw error
    }
    if !Task.isCancelled { try await writer.write(EventFrames.bye) }
  }
}
