import HTTPTypes
import HummingbirdCore
import Identity
import Operations
import Storage
import StrictJSON
import Vocabulary

/// Signing in, who is signed in, signing out.
struct SessionRoutes: Sendable {
  struct Input: Codable, Sendable {
    let code: String
  }

  let people: People
  let desk: OperationDesk
  let database: any Database
  let cookie: SessionCookie
  let seats: StreamSeats
  let attempts: SignInAttempts
  let limits: WebLimits
  let clock: any WallClock
  private let schema: JSONSchema

  init(
    people: People, desk: OperationDesk, database: any Database, cookie: SessionCookie, seats: StreamSeats,
    limits: WebLimits, clock: any WallClock
  ) throws {
    self.people = people
    self.desk = desk
    self.database = database
    self.cookie = cookie
    self.seats = seats
    self.limits = limits
    self.clock = clock
    attempts = SignInAttempts(limit: limits.attemptsPerMinute)
    schema = try JSONSchema(of: Input.self)
  }

  var routes: [Route] {
    [
      Route(.post, "/api/v1/sessions", access: .open, facts: .signIn(input: schema.document()), answer: signIn),
      Route(.get, "/api/v1/session", access: .signedIn, facts: .showSession, answer: show),
      Route(.delete, "/api/v1/session", access: .signedIn, facts: .signOut, answer: signOut),
    ]
  }

  /// Uses a link up. A link works once, so an idempotency key has nothing to add and is only checked for its form.
  @Sendable private func signIn(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    try attempts.note(exchange.peer.address, at: clock.now())
    _ = try IdempotencyHeader.key(in: exchange.request.headers)
    let body = try await JSONBody.read(exchange.request, limits: limits) ?? .object([:])
    let faults = schema.validate(body)
    guard faults.isEmpty else { throw OperationError.invalidInput(faults) }
    guard let link = Credential(try body.decode(Input.self).code) else {
      throw Problem(.signInLinkUnknown, ProblemCode.signInLinkUnknown.facts.explanation)
    }
    let (session, credential) = try await database.write("sessions.signIn", in: link.workspace) {
      [people] transaction in
      try people.signIn(with: link, in: transaction)
    }
    exchange.notes.note(person: session.principal.person)
    var headers = HTTPFields()
    headers[.setCookie] = cookie.setting(credential, until: session.expiresAt, now: session.createdAt)
    let document = try await document(session.principal, session)
    return .json(.object(["session": document]), status: .created, headers: headers)
  }

  @Sendable private func show(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    let session: Session? = if case .session(let session, _) = exchange.visitor { session } else { nil }
    return .json(try await document(try exchange.principal(), session))
  }

  @Sendable private func signOut(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    guard case .session(let session, let credential) = exchange.visitor else {
      throw Problem(.refused, "A terminal has no session to end; its token ends with the server.")
    }
    try await database.write("sessions.signOut", in: credential.workspace) { [people] transaction in
      try people.signOut(credential, in: transaction)
    }
    seats.end(session.id)
    var headers = HTTPFields()
    headers[.setCookie] = cookie.clearing
    return Response(status: .noContent, headers: headers)
  }

  private func document(_ principal: Principal, _ session: Session?) async throws -> JSON {
    .object([
      "person": .object([
        "id": principal.person.map { .string("\($0)") } ?? .null, "name": .string(principal.name),
      ]),
      "role": .string(principal.role.rawValue),
      "workspace": .object(["id": .string("\(principal.workspace)"), "name": try await workspaceName(principal)]),
      "createdAt": session.map { .string("\($0.createdAt)") } ?? .null,
      "expiresAt": session.map { .string("\($0.expiresAt)") } ?? .null,
    ])
  }

  /// Asked of the operation that knows, by its name; null where there is none.
  private func workspaceName(_ principal: Principal) async throws -> JSON {
    guard desk.catalogue.reads["show_workspace"] != nil else { return .null }
    let call = OperationCall(operation: "show_workspace", input: .object([:]))
    return try await desk.read(call, as: principal)["name"] ?? .null
  }
}
