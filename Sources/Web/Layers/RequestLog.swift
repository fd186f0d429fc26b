import HTTPTypes
import HummingbirdCore
import Logging

/// One line for each answer: what, how it came out, how long it took, who. Never the raw path, a query, a cookie or a
/// token. Values that came from outside are bounded words, so that no request can forge a line.
struct RequestLog: Layer {
  let logger: Logger

  func respond(to exchange: Exchange, next: Onward) async throws -> Response {
    let response = try await next(exchange)
    let level = level(of: response, on: exchange)
    guard level >= logger.logLevel else { return response }
    let notes = exchange.notes.all
    var facts: Logger.Metadata = [
      "request": "\(exchange.id)",
      "method": "\(exchange.request.method.label)",
      "route": "\(exchange.template)",
      "status": "\(response.status.code)",
      "milliseconds": "\(exchange.started.duration(to: .now).milliseconds)",
    ]
    if let bytes = response.body.contentLength { facts["bytes"] = "\(bytes)" }
    if let person = notes.person { facts["person"] = "\(person)" }
    if let problem = notes.problem { facts["problem"] = "\(problem.rawValue)" }
    if let cause = notes.cause { facts["cause"] = "\(cause)" }
    logger.log(level: level, "request", metadata: facts)
    return response
  }

  private func level(of response: Response, on exchange: Exchange) -> Logger.Level {
    switch response.status.code {
    case 500...: .error
    case 401, 403, 421, 429: .notice
    default: exchange.template.hasPrefix("/api") ? .info : .debug
    }
  }
}

extension HTTPRequest.Method {
  /// The method if it is one of the well-known ones: what a label in metrics may be.
  var label: String { Self.known.contains(self) ? rawValue : "OTHER" }

  private static let known: Set<HTTPRequest.Method> = [
    .get, .head, .post, .put, .patch, .delete, .options, .trace, .connect,
  ]
}

extension Duration {
  /// With three decimals.
  var milliseconds: Double {
    let (seconds, attoseconds) = components
    return Double(seconds) * 1000 + (Double(attoseconds) / 1e12).rounded() / 1000
  }
}
