import HTTPTypes
import HummingbirdCore
import Inference
import NIOCore
import StrictJSON
import Synchronization

/// `/v1`: models for programs outside, in the protocols of OpenAI and Anthropic. A request brings a key of the gateway's; a
/// session counts for nothing here.
struct GatewayRoutes: Sendable {
  let door: any GatewayDoor
  let pulse: StreamPulse

  var routes: [Route] {
    [
      post("/v1/chat/completions", .chatCompletions, "An answer, in OpenAI's chat protocol."),
      post("/v1/responses", .responses, "An answer, in OpenAI's Responses protocol."),
      post("/v1/messages", .messages, "An answer, in Anthropic's protocol."),
      post("/v1/embeddings", .embeddings, "Embeddings, in OpenAI's protocol."),
      Route(
        .get, "/v1/models", access: .open,
        facts: RouteFacts(
          id: "gateway_models", summary: "The models that a key may ask, as OpenAI or Anthropic list them.",
          answers: [.gateway("The models")])
      ) { exchange, _ in try await answer(exchange, .models, []) },
      Route(
        .get, "/v1/models/{id}", access: .open,
        facts: RouteFacts(
          id: "gateway_model", summary: "One model that a key may ask.", parameters: [.modelName],
          answers: [.gateway("The model")])
      ) { exchange, parameters in try await answer(exchange, .model(parameters["id"] ?? ""), []) },
    ] + responseRoutes
  }

  /// Responses that are kept.
  private var responseRoutes: [Route] {
    [
      response(
        .get, "/v1/responses/{id}", "gateway_response", "A response that is kept, or its events.",
        [.stream, .startingAfter, .include]
      ) { .response($0) },
      response(.delete, "/v1/responses/{id}", "gateway_delete_response", "Takes a kept response away.") {
        .deleteResponse($0)
      },
      response(
        .post, "/v1/responses/{id}/cancel", "gateway_cancel_response", "Stops a response in the background."
      ) { .cancelResponse($0) },
      response(
        .get, "/v1/responses/{id}/input_items", "gateway_response_input", "What a kept response was asked.",
        [.after, .limit, .order, .include]
      ) { .responseInput($0) },
    ]
  }

  private func response(
    _ method: HTTPRequest.Method, _ path: RouteTemplate, _ id: String, _ summary: String,
    _ query: [RouteFacts.Parameter] = [],
    _ operation: @escaping @Sendable (String) -> GatewayRequest.Operation
  ) -> Route {
    Route(
      method, path, access: .open,
      facts: RouteFacts(
        id: id, summary: summary, parameters: [.responseID] + query, answers: [.gateway("As OpenAI answers")])
    ) { exchange, parameters in try await answer(exchange, operation(parameters["id"] ?? ""), []) }
  }

  private func post(_ path: RouteTemplate, _ operation: GatewayRequest.Operation, _ summary: String) -> Route {
    Route(
      .post, path, access: .open, place: .loop,
      facts: RouteFacts(
        id: "gateway_\(operation)", summary: summary, body: ["type": "object"], answers: [.gateway("The answer")])
    ) { exchange, _ in try await answer(exchange, operation, try await body(of: exchange)) }
  }

  /// Nil for a body that is larger than is read.
  private func body(of exchange: Exchange) async throws -> [UInt8]? {
    do {
      return Array(try await exchange.request.body.collect(upTo: GatewayRequest.bytesMax).readableBytesView)
    } catch is NIOTooManyBytesError {
      return nil
    }
  }

  private func answer(
    _ exchange: Exchange, _ operation: GatewayRequest.Operation, _ body: [UInt8]?
  ) async throws -> Response {
    let query = Dictionary(exchange.target.query.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    // What is short is done where its bytes are; what takes time to read would hold up the loop's other connections.
    let isShort = (body?.count ?? 0) <= Self.shortBytesMax
    let executor: any TaskExecutor = isShort ? exchange.connection.executor : globalConcurrentExecutor
    let request = GatewayRequest(
      id: exchange.id, operation: operation, headers: Self.headers(of: exchange.request), query: query, body: body,
      executor: executor)
    // A caller who leaves does not want the answer any more. What is kept goes on without a reader.
    let call = Task(executorPreference: executor) { try await door.answer(request) }
    let stop = Stop { call.cancel() }
    exchange.connection.whenLeft { stop() }
    let answer = try await withTaskCancellationHandler {
      try await call.value
    } onCancel: {
      stop()
    }
    var fields = HTTPFields()
    for (name, value) in answer.headers {
      if let name = HTTPField.Name(name) { fields[name] = value }
    }
    let body =
      switch answer.body {
      case .whole(let bytes): Self.body(bytes, stop)
      case .stream(let stream, let heartbeat): self.body(stream, heartbeat, stop)
      }
    return Response(status: HTTPResponse.Status(code: answer.status), headers: fields, body: body)
  }

  /// About half a millisecond to read.
  private static let shortBytesMax = 64 << 10

  private static func body(_ bytes: [UInt8], _ stop: Stop) -> ResponseBody {
    stop.replace(with: nil)
    return ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
  }

  private func body(_ stream: ByteStream, _ heartbeat: String, _ stop: Stop) -> ResponseBody {
    stop.replace(with: { stream.stop() })
    return ResponseBody { [pulse] writer in
      let seat = pulse.join(stream, heartbeat)
      defer {
        pulse.leave(seat)
        stop.replace(with: nil)
      }
      for try await bytes in stream { try await writer.write(ByteBuffer(bytes: bytes)) }
      try await writer.finish(nil)
    }
  }

  private static func headers(of request: Request) -> [String: String] {
    var headers: [String: String] = [:]
    for field in request.headers { headers[field.name.canonicalName] = field.value }
    return headers
  }
}

/// What stops a call while it runs. The connection keeps it until the next request, and with it nothing of the answer.
private final class Stop: Sendable {
  private let state: Mutex<(action: (@Sendable () -> Void)?, isCalled: Bool)>

  init(_ action: @escaping @Sendable () -> Void) { state = Mutex((action, false)) }

  func callAsFunction() {
    let action = state.withLock { state in
      state.isCalled = true
      return state.action.take()
    }
    action?()
  }

  /// Another thing is to be stopped, or nothing any more. What was to be stopped already is at once.
  func replace(with action: (@Sendable () -> Void)?) {
    let isCalled = state.withLock { state in
      if !state.isCalled { state.action = action }
      return state.isCalled
    }
    if isCalled { action?() }
  }
}

extension RouteFacts.Answer {
  fileprivate static func gateway(_ summary: String) -> Self { RouteFacts.Answer(status: 200, summary: summary) }
}

extension RouteFacts.Parameter {
  fileprivate static let modelName = RouteFacts.Parameter(
    name: "id", place: .path, isRequired: true, summary: "A name of `GET /v1/models`.", schema: ["type": "string"])

  fileprivate static let responseID = RouteFacts.Parameter(
    name: "id", place: .path, isRequired: true, summary: "The `id` of a response.", schema: ["type": "string"])

  fileprivate static let stream = query(
    "stream", "Whether its events are wanted, from the first or from “starting_after” on.", ["type": "boolean"])
  fileprivate static let startingAfter = query(
    "starting_after", "The `sequence_number` of the last event that is there already.",
    ["type": "integer", "minimum": 0])
  fileprivate static let include = query("include", "Passed over.", ["type": "array", "items": ["type": "string"]])
  fileprivate static let after = query("after", "The id of the item to go on after.", ["type": "string"])
  fileprivate static let limit = query(
    "limit", "Items a page; 20 unless it says otherwise.", ["type": "integer", "minimum": 1, "maximum": 100])
  fileprivate static let order = query(
    "order", "desc, newest first, or asc; desc unless it says otherwise.",
    ["type": "string", "enum": ["asc", "desc"]])

  private static func query(_ name: String, _ summary: String, _ schema: JSON) -> Self {
    RouteFacts.Parameter(name: name, place: .query, isRequired: false, summary: summary, schema: schema)
  }
}
