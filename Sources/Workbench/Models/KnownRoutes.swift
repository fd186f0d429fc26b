import Inference
import Synchronization

/// Where names lead in one state of the connections, kept as they are asked for: making a way takes longer than finding it.
final class KnownRoutes: Sendable {
  /// Where a connection lists no models, anything names one of its.
  private static let namesMax = 1_000

  private let routes = Mutex<[String: ModelRoute]>([:])

  /// - Parameter make: makes a route that is not known; what it throws is not kept, nor that there is none.
  func route(named name: String, _ make: () throws -> ModelRoute?) rethrows -> ModelRoute? {
    if let known = routes.withLock({ $0[name] }) { return known }
    guard let route = try make() else { return nil }
    routes.withLock { routes in
      if routes.count >= Self.namesMax { routes = [:] }
      routes[name] = route
    }
    return route
  }
}
