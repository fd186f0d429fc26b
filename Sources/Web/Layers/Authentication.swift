import HTTPTypes
import HummingbirdCore
import Identity
import Logging
import Storage
import Vocabulary

/// Finds out who asks, where the route wants to know.
struct Authentication: Layer {
  let people: People
  let database: any Database
  let token: TerminalToken
  let cookie: SessionCookie
  let logger: Logger

  func respond(to exchange: Exchange, next: Onward) async throws -> Response {
    guard case .found(let route, _) = exchange.match, route.access != .open else { return try await next(exchange) }
    var exchange = exchange
    exchange.visitor = try await visitor(of: exchange)
    exchange.notes.note(person: exchange.visitor.principal?.person)
    guard case .nobody = exchange.visitor else { return try await next(exchange) }
    switch route.access {
    case .open, .anybody: return try await next(exchange)
    case .page: return Response.seeOther("/sign-in")
    case .signedIn:
      var problem = Problem(IdentityError.signedOut)
      problem.headers[.wwwAuthenticate] = "Bearer"
      throw problem
    }
  }

  private func visitor(of exchange: Exchange) async throws -> Visitor {
    if let authorization = exchange.request.headers[.authorization] {
      return .terminal(try await owner(showing: authorization))
    }
    guard exchange.isCookieHeard else { return .nobody }
    for credential in cookie.credentials(in: exchange.request.headers) {
      if let session = try await session(of: credential) { return .session(session, credential) }
    }
    return .nobody
  }

  private func owner(showing authorization: String) async throws -> Principal {
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer", token.matches(parts[1]) else {
      throw Problem(.invalidToken, "The Authorization header does not hold this server's terminal token.")
    }
    let owner = try await database.read("people.owner", in: token.workspace) { [people] transaction in
      try people.owner(in: transaction)
    }
    guard let owner else { throw Problem(.invalidToken, "The workspace of the terminal token has no owner.") }
    return owner
  }

  private func session(of credential: Credential) async throws -> Session? {
    let found = try await database.read("sessions.find", in: credential.workspace) { [people] transaction in
      try people.session(of: credential, in: transaction)
    }
    guard let found else { return nil }
    if found.isUseDue { await noteUse(of: credential) }
    return found.session
  }

  private func noteUse(of credential: Credential) async {
    do {
      try await database.write("sessions.use", in: credential.workspace) { [people] transaction in
        try people.noteUse(of: credential, in: transaction)
      }
    } catch {
      // Safe to go on: the session holds without the note, only its idle end comes sooner.
      logger.warning("a session's use was not noted", metadata: ["error": "\(error)"])
    }
  }
}

extension Response {
  /// Sends a browser elsewhere, with GET whatever it came with.
  static func seeOther(_ path: String) -> Response {
    var headers = HTTPFields()
    headers[.location] = path
    return Response(status: .seeOther, headers: headers)
  }
}
