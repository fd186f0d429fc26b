import HTTPTypes
import HummingbirdCore

/// A method and a path, and what answers there.
struct Route: Sendable {
  enum Access: Sendable, Hashable {
    /// Nobody is asked who they are.
    case open
    /// Whoever it is may; the route wants to know who.
    case anybody
    /// Only who is signed in; others are sent to the sign-in page.
    case page
    /// Only who is signed in; others get a problem.
    case signedIn
  }

  /// Which threads a route's work is done on.
  enum Place: Sendable, Hashable {
    /// Those of the program, where it holds nobody up.
    case pool
    /// That of the connection: for what only hands on.
    case loop
  }

  let method: HTTPRequest.Method
  let template: RouteTemplate
  let access: Access
  let place: Place
  let facts: RouteFacts
  let answer: @Sendable (Exchange, RouteParameters) async throws -> Response

  init(
    _ method: HTTPRequest.Method, _ template: RouteTemplate, access: Access, place: Place = .pool, facts: RouteFacts,
    answer: @escaping @Sendable (Exchange, RouteParameters) async throws -> Response
  ) {
    self.method = method
    self.template = template
    self.access = access
    self.place = place
    self.facts = facts
    self.answer = answer
  }
}

/// What a route found for a request.
enum RouteMatch: Sendable {
  case found(Route, RouteParameters)
  /// The path is known, the method is not; these are.
  case wrongMethod(RouteTemplate, allowed: [HTTPRequest.Method])
  case nothing
  case unreadable(Problem)
}

/// The segments that stand where a template has braces, by name.
typealias RouteParameters = [String: String]
