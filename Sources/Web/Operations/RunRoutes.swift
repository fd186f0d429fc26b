import HTTPTypes
import HummingbirdCore
import Operations
import Proposals
import StrictJSON
import Vocabulary

/// Turns: begun, listed, looked at, stopped, told again, taken back.
struct RunRoutes: Sendable {
  struct Input: Codable, Sendable {
    let mode: Run.Mode?
    let text: String?
    /// Brought by the person; no model is asked for one. `docs/formats/proposals.md` gives its members.
    let proposal: JSON?
  }

  private let desk: TurnDesk
  private let limits: WebLimits
  private let schemas: (input: JSONSchema, run: JSONSchema, page: JSONSchema, shown: JSONSchema)

  init(desk: TurnDesk, limits: WebLimits) throws {
    self.desk = desk
    self.limits = limits
    schemas = (
      try JSONSchema(of: Input.self), try JSONSchema(of: Run.self), try JSONSchema(of: TurnDesk.Page.self),
      try JSONSchema(of: TurnDesk.Shown.self)
    )
  }

  var routes: [Route] {
    let run = schemas.run.document()
    return [
      Route(
        .post, "/api/v1/campaigns/{id}/runs", access: .signedIn,
        facts: .beginRun(input: schemas.input.document(), output: run), answer: begin),
      Route(
        .get, "/api/v1/campaigns/{id}/runs", access: .signedIn, facts: .listRuns(output: schemas.page.document()),
        answer: list),
      Route(
        .get, "/api/v1/runs/{id}", access: .signedIn, facts: .showRun(output: schemas.shown.document()), answer: show),
      Route(
        .post, "/api/v1/runs/{id}/cancellation", access: .signedIn,
        facts: .changeRun("cancel_run", "Stops a turn. What is committed stands; before that nothing is done.", run)
      ) { [desk] in
        // Asking again changes nothing more, so a key is checked for its form and has nothing to do.
        try await Self.change($0, $1) { run, principal, _ in try await desk.cancel(run, as: principal) }
      },
      Route(
        .post, "/api/v1/runs/{id}/narration", access: .signedIn,
        facts: .changeRun("tell_run_again", "Has an executed turn told again. Executes nothing.", run)
      ) { [desk] in try await Self.change($0, $1, desk.tellAgain) },
      Route(
        .post, "/api/v1/runs/{id}/undo", access: .signedIn,
        facts: .changeRun("undo_run", "Takes back what a turn changed, in one commit. Dice stay as they fell.", run)
      ) { [desk] in try await Self.change($0, $1, desk.undo) },
    ]
  }

  @Sendable private func begin(_ exchange: Exchange, _ parameters: RouteParameters) async throws -> Response {
    let principal = try exchange.principal()
    let key = try IdempotencyHeader.key(in: exchange.request.headers)
    try QueryCheck.demand([], in: exchange.target)
    let body = try await JSONBody.read(exchange.request, limits: limits) ?? .object([:])
    let faults = schemas.input.validate(body)
    guard faults.isEmpty else { throw OperationError.invalidInput(faults) }
    let input = try body.decode(Input.self)
    let request = TurnDesk.Request(mode: input.mode ?? .act, text: input.text ?? "", proposal: input.proposal)
    let (run, isRepeated) = try await desk.begin(request, on: Self.subject(parameters), as: principal, key: key)
    var headers = HTTPFields()
    if isRepeated { headers[.idempotencyReplayed] = "true" }
    headers[.location] = "/api/v1/runs/\(run.id)"
    return .json(try JSON(encoding: run.withoutTexts), status: .created, headers: headers)
  }

  @Sendable private func list(_ exchange: Exchange, _ parameters: RouteParameters) async throws -> Response {
    let principal = try exchange.principal()
    try QueryCheck.demand(["limit", "before"], in: exchange.target)
    let page = try await desk.runs(
      on: Self.subject(parameters), before: try Self.number("before", 1 ... .max, exchange),
      limit: Int(try Self.number("limit", 1...100, exchange) ?? 20), as: principal)
    return .json(try JSON(encoding: page))
  }

  @Sendable private func show(_ exchange: Exchange, _ parameters: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    return .json(
      try JSON(encoding: try await desk.show(try Self.run(parameters), as: try exchange.principal())))
  }

  private static func change(
    _ exchange: Exchange, _ parameters: RouteParameters,
    _ change: (RunID, Principal, IdempotencyKey?) async throws -> Run
  ) async throws -> Response {
    let key = try IdempotencyHeader.key(in: exchange.request.headers)
    try QueryCheck.demand([], in: exchange.target)
    return .json(try JSON(encoding: try await change(try run(parameters), try exchange.principal(), key)))
  }

  private static func subject(_ parameters: RouteParameters) -> String { "campaigns/\(parameters["id"] ?? "")" }

  private static func run(_ parameters: RouteParameters) throws -> RunID {
    guard let id = RunID(parameters["id"] ?? "") else {
      throw OperationError(.notFound, "“\((parameters["id"] ?? "").prefix(60))” is no id of a run.")
    }
    return id
  }

  private static func number(
    _ name: String, _ range: ClosedRange<Int64>, _ exchange: Exchange
  ) throws -> Int64? {
    guard let item = exchange.target.query.first(where: { $0.name == name }) else { return nil }
    guard let number = Int64(item.value), range.contains(number) else {
      throw Problem(
        .invalidQuery,
        "“\(name)” is “\(item.value.prefix(40))”; a whole number from \(range.lowerBound) to \(range.upperBound) is wanted."
      )
    }
    return number
  }
}
