import HTTPTypes
import HummingbirdCore
import Operations
import StrictJSON
import Vocabulary

/// Every operation by its name, for the terminal, for models' tools and for forms: what there is, and how to perform it.
struct CatalogueRoutes: Sendable {
  let desk: OperationDesk
  let limits: WebLimits

  var routes: [Route] {
    [
      Route(.get, "/api/v1/operations", access: .signedIn, facts: .listOperations, answer: list),
      Route(.get, "/api/v1/operations/{name}", access: .signedIn, facts: .showOperation, answer: show),
      Route(.post, "/api/v1/operations/{name}", access: .signedIn, facts: .performOperation, answer: perform),
    ]
  }

  @Sendable private func list(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    return .json(.object(["items": .array(desk.catalogue.facts.map(\.document))]))
  }

  @Sendable private func show(_ exchange: Exchange, _ parameters: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    return .json(try facts(parameters).document)
  }

  @Sendable private func perform(_ exchange: Exchange, _ parameters: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    let principal = try exchange.principal()
    let facts = try facts(parameters)
    let input = try await JSONBody.read(exchange.request, limits: limits) ?? .object([:])
    let call = OperationCall(operation: facts.name, input: input)
    switch facts.kind {
    case .read:
      return .json(.object(["output": try await desk.read(call, as: principal), "journal": .null]))
    case .change:
      let key = try IdempotencyHeader.key(in: exchange.request.headers)
      let performed = try await desk.perform(call, as: principal, key: key)
      var headers = HTTPFields()
      if performed.isRepeated { headers[.idempotencyReplayed] = "true" }
      return .json(
        .object(["output": performed.output, "journal": try JSON(encoding: performed.row)]), headers: headers)
    }
  }

  private func facts(_ parameters: RouteParameters) throws(OperationError) -> OperationFacts {
    let name = parameters["name"] ?? ""
    if let read = desk.catalogue.reads[name] { return read.facts }
    return try desk.catalogue.change(named: name).facts
  }
}

extension OperationFacts {
  var document: JSON {
    .object([
      "name": .string(name), "version": .integer(Int64(version)), "kind": .string(kind.rawValue),
      "title": .string(title), "summary": .string(summary), "permission": .string(permission.name),
      "role": .string(permission.leastRole.rawValue), "input": input.document(), "output": output.document(),
      "example": example, "references": referenceSources,
    ])
  }

  /// By field, the operations whose results may fill it: `{"amount": ["roll_attack", "roll_dice"]}`.
  private var referenceSources: JSON {
    let sources = references.map { ($0.field, JSON.array($0.sources.keys.sorted().map { .string($0) })) }
    return .object(JSONObject(distinct: sources))
  }
}
