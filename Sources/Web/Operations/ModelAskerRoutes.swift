import HTTPTypes
import HummingbirdCore
import Inference
import NIOCore
import Operations
import StrictJSON
import Vocabulary

/// Questions to models themselves: one question with its answer as it comes, where a name leads, how the upstreams are, and a
/// second look at a connection.
struct ModelAskerRoutes: Sendable {
  struct Upstreams: Codable, Sendable {
    let items: [UpstreamStanding]
  }

  private let models: any ModelConnector & ModelAsker
  private let limits: WebLimits
  private let question: JSONSchema
  private let answers: (explanation: JSONSchema, upstreams: JSONSchema, check: JSONSchema)

  init(models: any ModelConnector & ModelAsker, limits: WebLimits) throws {
    self.models = models
    self.limits = limits
    question = try JSONSchema(of: ModelQuestion.self)
    answers = (
      try JSONSchema(of: ModelExplanation.self), try JSONSchema(of: Upstreams.self), try JSONSchema(of: ModelCheck.self)
    )
  }

  var routes: [Route] {
    [
      Route(
        .post, "/api/v1/questions", access: .signedIn,
        facts: RouteFacts(
          id: "ask_model",
          summary:
            "Asks a model one question. The answer comes as lines of JSON, each an object with one member: “asked”, "
            + "“text”, “thinking”, and at the end “report”.",
          body: question.document(),
          answers: [RouteFacts.Answer(status: 200, summary: "The answer", mediaType: "application/x-ndjson")]),
        answer: ask),
      Route(
        .get, "/api/v1/model-explanations", access: .signedIn,
        facts: RouteFacts(
          id: "explain_model", summary: "Where a call for a name would go, and what would bound it. Nobody is asked.",
          parameters: [
            RouteFacts.Parameter(
              name: "model", place: .query, isRequired: false,
              summary: "A name of `GET /v1/models`; the model that was chosen when left out.",
              schema: ["type": "string"])
          ],
          answers: [
            RouteFacts.Answer(status: 200, summary: "The way of the call", schema: answers.explanation.document())
          ]),
        answer: explain),
      Route(
        .get, "/api/v1/upstreams", access: .signedIn,
        facts: RouteFacts(
          id: "list_upstreams",
          summary:
            "How each connection fares: calls under way and waiting, what is held against its models, the last use "
            + "and the last check.",
          answers: [RouteFacts.Answer(status: 200, summary: "The connections", schema: answers.upstreams.document())]),
        answer: list),
      Route(
        .post, "/api/v1/model-connections/{id}/checks", access: .signedIn,
        facts: RouteFacts(
          id: "check_model_connection",
          summary: "Looks at a connection again, with the key that is sealed for it, and keeps what was found.",
          parameters: [
            RouteFacts.Parameter(
              name: "id", place: .path, isRequired: true, summary: "The connection's id.", schema: ["type": "string"])
          ],
          answers: [RouteFacts.Answer(status: 200, summary: "What was found", schema: answers.check.document())]),
        answer: check),
    ]
  }

  @Sendable private func ask(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    let principal = try exchange.principal()
    let body = try await JSONBody.read(exchange.request, limits: limits) ?? .object([:])
    let faults = question.validate(body)
    guard faults.isEmpty else { throw OperationError.invalidInput(faults) }
    let asked = try body.decode(ModelQuestion.self)
    let stream = try await ByteStream.begin { [models] write in
      try await models.ask(asked, as: principal) { event in
        try await write(try JSON(encoding: event).compactBytes() + [UInt8(ascii: "\n")])
      }
    }
    // Who leaves does not want the answer any more.
    exchange.connection.whenLeft { stream.stop() }
    var headers = HTTPFields()
    headers[.contentType] = "application/x-ndjson"
    headers[.cacheControl] = "no-store"
    return Response(
      status: .ok, headers: headers,
      body: ResponseBody { writer in
        // Also when it could not be written, before anybody was told that the reader left.
        defer { stream.stop() }
        for try await bytes in stream { try await writer.write(ByteBuffer(bytes: bytes)) }
        try await writer.finish(nil)
      })
  }

  @Sendable private func explain(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand(["model"], in: exchange.target)
    let name = exchange.target.value(of: "model") ?? ModelName.chosen
    return .json(try JSON(encoding: try await models.explain(name, as: try exchange.principal())))
  }

  @Sendable private func list(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    return .json(
      try JSON(encoding: Upstreams(items: try await models.upstreams(as: try exchange.principal()))))
  }

  @Sendable private func check(_ exchange: Exchange, _ parameters: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    let text = parameters["id"] ?? ""
    guard let id = ModelConnectionID(text) else {
      throw OperationError(.notFound, "“\(text.prefix(60))” is no id of a connection.")
    }
    return .json(try JSON(encoding: try await models.check(id, as: try exchange.principal())))
  }
}
