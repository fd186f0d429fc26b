import HTTPTypes
import HummingbirdCore
import Identity
import NIOCore
import Storage
import StrictJSON

/// What machines ask: is it alive, is it ready, which is it, how does it do, what does that problem mean.
struct PlumbingRoutes: Sendable {
  let database: any Database
  let metrics: PrometheusMetrics
  let version: String

  var routes: [Route] {
    [
      Route(.get, "/healthz", access: .open, facts: .health) { _, _ in .json(.object(["status": "ok"])) },
      Route(.get, "/readyz", access: .open, facts: .readiness) { _, _ in readiness },
      Route(.get, "/api/v1/version", access: .signedIn, facts: .version) { _, _ in
        .json(.object(["name": "Arbiter", "version": .string(version)]))
      },
      Route(.get, "/metrics", access: .anybody, facts: .metrics, answer: measure),
      Route(.get, "/problems/{code}", access: .open, facts: .explainProblem, answer: explain),
    ]
  }

  private var readiness: Response {
    let (isReady, state) =
      switch database.health {
      case .ready: (true, "ok")
      case .full: (false, "full")
      case .readOnly: (false, "read_only")
      }
    return .json(
      .object(["status": isReady ? "ready" : "degraded", "checks": .object(["database": .string(state)])]),
      status: isReady ? .ok : .serviceUnavailable)
  }

  /// For this machine itself, and for whoever is signed in. What was forwarded comes from elsewhere.
  @Sendable private func measure(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    let headers = exchange.request.headers
    let isLocal = exchange.peer.isLoopback && headers[.forwarded] == nil && headers[.forwardedFor] == nil
    guard isLocal || exchange.visitor.principal != nil else { throw Problem(IdentityError.signedOut) }
    var fields = HTTPFields()
    fields[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
    return Response(
      status: .ok, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text())))
  }

  @Sendable private func explain(_ exchange: Exchange, _ parameters: RouteParameters) async throws -> Response {
    guard let code = parameters["code"].flatMap(ProblemCode.init(rawValue:)) else {
      throw Problem(.unknownPath, "There is no problem of that name. See docs/formats/problems.md for all of them.")
    }
    if exchange.request.headers[.accept]?.contains("text/html") == true { return ProblemPage.explanation(of: code) }
    return .json(
      .object([
        "code": .string(code.rawValue), "title": .string(code.title), "status": .integer(Int64(code.status.code)),
        "explanation": .string(code.facts.explanation), "retryable": .bool(code.isRetryable),
      ]))
  }
}
