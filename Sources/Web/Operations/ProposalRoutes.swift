import HTTPTypes
import HummingbirdCore
import Operations
import Proposals
import StrictJSON
import Vocabulary

/// Proposals that people bring: checked, executed, and shown again.
struct ProposalRoutes: Sendable {
  struct Input: Codable, Sendable {
    /// What it is about: `campaigns/salt_road`.
    let subject: String
    /// `docs/formats/proposals.md` gives its members.
    let proposal: JSON
  }

  private let desk: ProposalDesk
  private let limits: WebLimits
  private let schemas: (input: JSONSchema, report: JSONSchema, record: JSONSchema)

  init(desk: ProposalDesk, limits: WebLimits) throws {
    self.desk = desk
    self.limits = limits
    schemas = (
      try JSONSchema(of: Input.self), try JSONSchema(of: ProposalReport.self), try JSONSchema(of: ProposalRecord.self)
    )
  }

  var routes: [Route] {
    [
      Route(
        .post, "/api/v1/proposals/checks", access: .signedIn,
        facts: .checkProposal(input: schemas.input.document(), output: schemas.report.document()), answer: check),
      Route(
        .post, "/api/v1/proposals", access: .signedIn,
        facts: .executeProposal(input: schemas.input.document(), output: schemas.record.document()), answer: execute),
      Route(
        .get, "/api/v1/proposals/{id}", access: .signedIn,
        facts: .showProposal(output: schemas.record.document()), answer: show),
    ]
  }

  @Sendable private func check(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    let principal = try exchange.principal()
    // A check keeps nothing, so a key is checked for its form and has nothing to do.
    _ = try IdempotencyHeader.key(in: exchange.request.headers)
    let input = try await input(of: exchange)
    return .json(try JSON(encoding: try await desk.check(input.proposal, on: input.subject, as: principal)))
  }

  @Sendable private func execute(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    let principal = try exchange.principal()
    let key = try IdempotencyHeader.key(in: exchange.request.headers)
    let input = try await input(of: exchange)
    let (record, isRepeated) = try await desk.execute(input.proposal, on: input.subject, as: principal, key: key)
    var headers = HTTPFields()
    if isRepeated { headers[.idempotencyReplayed] = "true" }
    headers[.location] = "/api/v1/proposals/\(record.id)"
    return .json(try JSON(encoding: record), status: .created, headers: headers)
  }

  @Sendable private func show(_ exchange: Exchange, _ parameters: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    guard let id = ProposalID(parameters["id"] ?? "") else {
      throw OperationError(.notFound, "“\((parameters["id"] ?? "").prefix(60))” is no id of a proposal.")
    }
    return .json(try JSON(encoding: try await desk.record(id, as: try exchange.principal())))
  }

  private func input(of exchange: Exchange) async throws -> Input {
    try QueryCheck.demand([], in: exchange.target)
    let body = try await JSONBody.read(exchange.request, limits: limits) ?? .object([:])
    let faults = schemas.input.validate(body)
    guard faults.isEmpty else { throw OperationError.invalidInput(faults) }
    return try body.decode(Input.self)
  }
}
