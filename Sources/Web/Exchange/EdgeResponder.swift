import HTTPTypes
import Hummingbird
import HummingbirdCore
import Vocabulary

/// Takes a request, finds its route, and sends it through the layers.
struct EdgeResponder: HTTPResponder {
  typealias Context = EdgeContext

  private let table: RouteTable
  private let limits: WebLimits
  private let ids: any IDSource
  private let chain: Onward

  init(table: RouteTable, layers: [any Layer], limits: WebLimits, ids: any IDSource) {
    self.table = table
    self.limits = limits
    self.ids = ids
    chain = layers.reversed().reduce(Self.route) { next, layer in
      { exchange in try await layer.respond(to: exchange, next: next) }
    }
  }

  func respond(to request: Request, context: EdgeContext) async throws -> Response {
    let started = ContinuousClock.now
    let (target, match) = find(request)
    var response = try await chain(
      Exchange(
        id: ids.next(), request: request, target: target, match: match, peer: Peer(context.channel),
        connection: PeerConnection(context.channel), started: started))
    // A HEAD's answer has the headers of the GET's and no body (RFC 9110, section 9.3.2).
    if request.method == .head { response = response.createHeadResponse() }
    return response
  }

  private func find(_ request: Request) -> (RequestTarget, RouteMatch) {
    do {
      let target = try RequestTarget(request.head.path ?? "", limits: limits)
      return (target, table.match(request.method, target.segments))
    } catch {
      return (RequestTarget.unreadable, .unreadable(error))
    }
  }

  @Sendable private static func route(_ exchange: Exchange) async throws -> Response {
    switch exchange.match {
    case .found(let route, let parameters):
      guard route.place == .pool else { return try await route.answer(exchange, parameters) }
      return try await withTaskExecutorPreference(globalConcurrentExecutor) {
        try await route.answer(exchange, parameters)
      }
    case .wrongMethod(_, let allowed):
      let methods = allowed.map(\.rawValue).sorted().joined(separator: ", ")
      var problem = Problem(
        .methodNotAllowed, "This address does not take \(exchange.request.method.rawValue). Allowed: \(methods).")
      problem.headers[.allow] = methods
      throw problem
    case .nothing: throw Problem(.unknownPath, "There is nothing at this address.")
    case .unreadable(let problem): throw problem
    }
  }
}
