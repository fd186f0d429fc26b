import HTTPTypes
import Logging
import Metrics
import NIOCore
import NIOHTTP1
import StrictJSON
import Vocabulary

/// Answers for requests that never became one: they cannot be routed, but they get a problem document like any other.
struct Refusals: Sendable {
  private let ids: any IDSource
  private let logger: Logger
  private let counters: [ProblemCode: Counter]

  init(ids: any IDSource, logger: Logger, factory: any MetricsFactory) {
    self.ids = ids
    self.logger = logger
    let codes: [ProblemCode] = [.malformedRequest, .headersTooLarge, .targetTooLong, .requestTimeout]
    counters = Dictionary(
      uniqueKeysWithValues: codes.map {
        (
          $0,
          Counter(
            label: "arbiter_http_refused_requests_total", dimensions: [("code", $0.rawValue)], factory: factory)
        )
      })
  }

  func answer(to problem: Problem) -> (HTTPResponseHead, ByteBuffer) {
    let id = ids.next()
    counters[problem.code]?.increment()
    logger.info(
      "request refused",
      metadata: [
        "request": "\(id)", "status": "\(problem.code.status.code)", "problem": "\(problem.code.rawValue)",
        "detail": "\(problem.detail)",
      ])
    let body = ByteBuffer(bytes: problem.document(requestID: id, instance: nil).canonicalBytes())
    var headers = HTTPHeaders(SecurityHeaders.fields.map { ($0.name.canonicalName, $0.value) })
    headers.add(name: "content-type", value: Problem.mediaType)
    headers.add(name: "content-length", value: "\(body.readableBytes)")
    headers.add(name: "cache-control", value: "no-store")
    headers.add(name: "x-request-id", value: "\(id)")
    if let seconds = problem.code.facts.retryAfter { headers.add(name: "retry-after", value: "\(seconds)") }
    headers.add(name: "connection", value: "close")
    let status = HTTPResponseStatus(
      statusCode: problem.code.status.code, reasonPhrase: problem.code.status.reasonPhrase)
    return (HTTPResponseHead(version: .http1_1, status: status, headers: headers), body)
  }
}
