import HTTPTypes
import HummingbirdCore
import Operations
import StrictJSON

/// What operations would do: a sample, never the coming dice; nothing is kept.
struct RehearsalRoute: Sendable {
  struct Input: Codable, Sendable {
    let operations: [OperationCall]
  }

  private let desk: OperationDesk
  private let limits: WebLimits
  private let schema: JSONSchema

  init(desk: OperationDesk, limits: WebLimits) throws {
    self.desk = desk
    self.limits = limits
    schema = try JSONSchema(of: Input.self)
  }

  var route: Route {
    Route(.post, "/api/v1/rehearsals", access: .signedIn, facts: .rehearse(input: schema.document()), answer: rehearse)
  }

  @Sendable private func rehearse(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    let principal = try exchange.principal()
    // A rehearsal keeps nothing, so a key is checked for its form and has nothing to do.
    _ = try IdempotencyHeader.key(in: exchange.request.headers)
    let body = try await JSONBody.read(exchange.request, limits: limits) ?? .object([:])
    let faults = schema.validate(body)
    guard faults.isEmpty else { throw OperationError.invalidInput(faults) }
    let rehearsal = try await desk.rehearse(try body.decode(Input.self).operations, as: principal)
    return .json(rehearsal.document)
  }
}

extension Rehearsal {
  fileprivate var document: JSON {
    let results = steps.map { step in
      JSON.object([
        "operation": .string(step.operation), "status": .string(step.status.rawValue), "output": step.output ?? .null,
        "errors": .array(step.errors.map(\.document)),
      ])
    }
    return .object(["sample": true, "results": .array(results), "errors": .array(errors.map(\.document))])
  }
}
