import HTTPTypes
import HummingbirdCore
import Synchronization
import Vocabulary

/// One request on its way through the layers to its route.
struct Exchange: Sendable {
  /// Names the request in its answer, in the log and in problems.
  let id: UniqueID
  let request: Request
  let target: RequestTarget
  let match: RouteMatch
  let peer: Peer
  let connection: PeerConnection
  let started: ContinuousClock.Instant
  let notes = ExchangeNotes()
  /// Whether a cookie may speak for this request: not for a change that no browser vouches for.
  var isCookieHeard = true
  var visitor = Visitor.nobody

  /// Whether the method promises to change nothing (RFC 9110, section 9.2.1).
  var isSafe: Bool { [.get, .head, .options, .trace].contains(request.method) }

  /// The path as routes are written, never the raw one: bounded in number, and free of what people type.
  var template: String {
    switch match {
    case .found(let route, _): route.template.description
    case .wrongMethod(let template, _): template.description
    case .nothing, .unreadable: "none"
    }
  }
}

/// What layers learn on the way, for the log.
final class ExchangeNotes: Sendable {
  struct Contents: Sendable {
    var person: PersonID?
    var problem: ProblemCode?
    /// The error behind a problem, in its own words; for the log only.
    var cause: String?
  }

  private let contents = Mutex(Contents())

  var all: Contents { contents.withLock { $0 } }
  func note(person: PersonID?) { contents.withLock { $0.person = person } }

  func note(_ problem: ProblemCode, cause: (any Error)?) {
    contents.withLock {
      $0.problem = problem
      $0.cause = cause.map { "\($0)" }
    }
  }
}
