import HTTPTypes
import HummingbirdCore

/// Turns whatever is thrown further in into a problem document.
struct ProblemMapping: Layer {
  func respond(to exchange: Exchange, next: Onward) async throws -> Response {
    do {
      return try await next(exchange)
    } catch {
      let problem = Problem(error)
      exchange.notes.note(problem.code, cause: problem.code.status.code >= 500 ? error : nil)
      let path = exchange.target.rawPath
      if exchange.wantsPage { return ProblemPage.response(to: problem, requestID: exchange.id) }
      return problem.response(requestID: exchange.id, instance: path.isEmpty ? nil : path)
    }
  }
}

extension Exchange {
  /// Whether a person looks at the answer: a browser that opens an address outside the interface for programs.
  fileprivate var wantsPage: Bool {
    isSafe && target.segments.first != "api" && request.headers[.accept]?.contains("text/html") == true
  }
}
