import HTTPTypes
import HummingbirdCore
import Inference
import Operations
import StrictJSON
import Vocabulary

/// Models: keys and addresses that people bring, what is connected, and which model answers.
///
/// A key comes in with two of these requests and leaves with none of their answers. `GET /models` is an operation's route.
struct ModelRoutes: Sendable {
  struct Candidate: Codable, Sendable {
    let key: String?
    let baseURL: String?
  }

  struct Connection: Codable, Sendable {
    let baseURL: String?
    let key: String?
    let model: String?
    let name: String?
  }

  struct Servers: Codable, Sendable {
    let items: [FoundServer]
  }

  private let desk: OperationDesk
  private let models: any ModelConnector
  private let limits: WebLimits
  private let candidate: JSONSchema
  private let connection: JSONSchema
  private let answers: (check: JSONSchema, servers: JSONSchema, connection: JSONSchema)

  init(desk: OperationDesk, models: any ModelConnector, limits: WebLimits) throws {
    self.desk = desk
    self.models = models
    self.limits = limits
    candidate = try JSONSchema(of: Candidate.self)
    connection = try JSONSchema(of: Connection.self)
    answers = (
      try JSONSchema(of: ModelCheck.self), try JSONSchema(of: Servers.self), try JSONSchema(of: ModelConnection.self)
    )
  }

  var routes: [Route] {
    get throws {
      [
        Route(
          .post, "/api/v1/model-checks", access: .signedIn,
          facts: .checkModel(input: candidate.document(), output: answers.check.document()), answer: check),
        Route(
          .get, "/api/v1/local-servers", access: .signedIn,
          facts: .findLocalServers(output: answers.servers.document()), answer: find),
        Route(
          .post, "/api/v1/model-connections", access: .signedIn,
          facts: .connectModel(input: connection.document(), output: answers.connection.document()), answer: connect),
        Route(
          .delete, "/api/v1/model-connections/{id}", access: .signedIn, facts: .disconnectModel, answer: disconnect),
        Route(
          .put, "/api/v1/models/chosen", access: .signedIn,
          facts: .chooseModel(
            input: try desk.catalogue.change(named: "choose_model").facts.input.document(),
            output: try desk.catalogue.read(named: "list_models").facts.output.document()),
          answer: choose),
      ]
    }
  }

  @Sendable private func check(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    let principal = try exchange.principal()
    // A check keeps nothing, so a key is checked for its form and has nothing to do.
    _ = try IdempotencyHeader.key(in: exchange.request.headers)
    let input = try await read(Candidate.self, candidate, from: exchange)
    let check = try await models.check(try Self.candidate(input.key, input.baseURL), as: principal)
    return .json(try JSON(encoding: check))
  }

  @Sendable private func find(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    return .json(try JSON(encoding: Servers(items: try await models.localServers(as: try exchange.principal()))))
  }

  @Sendable private func connect(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    let principal = try exchange.principal()
    let key = try IdempotencyHeader.key(in: exchange.request.headers)
    let input = try await read(Connection.self, connection, from: exchange)
    let (connection, isRepeated) = try await models.connect(
      try Self.candidate(input.key, input.baseURL), model: input.model, name: input.name, as: principal,
      idempotencyKey: key?.description)
    var headers = HTTPFields()
    if isRepeated { headers[.idempotencyReplayed] = "true" }
    return .json(try JSON(encoding: connection), status: .created, headers: headers)
  }

  @Sendable private func disconnect(_ exchange: Exchange, _ parameters: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    let id = parameters["id"] ?? ""
    guard ModelConnectionID(id) != nil else {
      throw OperationError(.notFound, "“\(id.prefix(60))” is no id of a connection.")
    }
    _ = try await desk.perform(
      OperationCall(operation: "disconnect_model", input: ["id": .string(id)]), as: try exchange.principal(),
      key: try IdempotencyHeader.key(in: exchange.request.headers))
    return Response(status: .noContent)
  }

  @Sendable private func choose(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    let principal = try exchange.principal()
    let body = try await JSONBody.read(exchange.request, limits: limits) ?? .object([:])
    _ = try await desk.perform(
      OperationCall(operation: "choose_model", input: body), as: principal,
      key: try IdempotencyHeader.key(in: exchange.request.headers))
    return .json(try await desk.read(OperationCall(operation: "list_models", input: [:]), as: principal))
  }

  // MARK: Input

  private func read<Input: Decodable>(
    _: Input.Type, _ schema: JSONSchema, from exchange: Exchange
  ) async throws -> Input {
    try QueryCheck.demand([], in: exchange.target)
    let body = try await JSONBody.read(exchange.request, limits: limits) ?? .object([:])
    let faults = schema.validate(body).map(Self.withoutKey)
    guard faults.isEmpty else { throw OperationError.invalidInput(faults) }
    return try body.decode(Input.self)
  }

  /// A fault of a schema quotes what it found; of a key nothing is quoted.
  private static func withoutKey(_ fault: FieldError) -> FieldError {
    guard fault.pointer.isEmpty || fault.pointer.hasPrefix("/key") || fault.pointer.hasPrefix("/baseURL") else {
      return fault
    }
    let what = fault.pointer.isEmpty ? "The body is an object." : "This is a text."
    return FieldError(pointer: fault.pointer, code: fault.code, message: what, allowed: fault.allowed)
  }

  private static func candidate(_ key: String?, _ baseURL: String?) throws(OperationError) -> ModelCandidate {
    do throws(ModelCandidate.Refusal) {
      return try ModelCandidate(key: key, baseURL: baseURL)
    } catch {
      throw .invalidInput(error.errors)
    }
  }
}
