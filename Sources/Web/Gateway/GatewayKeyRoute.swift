import HTTPTypes
import HummingbirdCore
import Inference
import Operations
import StrictJSON

/// Makes a key for programs outside: the one answer that holds its secret.
struct GatewayKeyRoute: Sendable {
  private let keys: any GatewayKeyMaker
  private let limits: WebLimits
  private let input: JSONSchema

  init(keys: any GatewayKeyMaker, limits: WebLimits) throws {
    self.keys = keys
    self.limits = limits
    input = try JSONSchema(of: GatewayKeyRequest.self)
  }

  var route: Route {
    Route(
      .post, "/api/v1/gateway-keys", access: .signedIn,
      facts: RouteFacts(
        id: "make_gateway_key", summary: "Makes a key for programs outside, and tells its secret this once.",
        parameters: [.idempotencyKey], body: input.document(),
        answers: [
          RouteFacts.Answer(
            status: 201, summary: "The key, and its secret",
            schema: [
              "type": "object", "properties": ["key": ["type": "object"], "secret": ["type": "string"]],
            ])
        ]),
      answer: make)
  }

  @Sendable private func make(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    let principal = try exchange.principal()
    let idempotencyKey = try IdempotencyHeader.key(in: exchange.request.headers)
    let body = try await JSONBody.read(exchange.request, limits: limits) ?? .object([:])
    let faults = input.validate(body)
    guard faults.isEmpty else { throw OperationError.invalidInput(faults) }
    let made = try await keys.makeKey(
      try body.decode(GatewayKeyRequest.self), as: principal, idempotencyKey: idempotencyKey?.description)
    return .json(try JSON(encoding: made), status: .created)
  }
}
