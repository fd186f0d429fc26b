import HTTPTypes

/// All routes. A literal path is preferred to one with parameters.
struct RouteTable: Sendable {
  let routes: [Route]
  private let places: [Place]
  private let literals: [[String]: Int]

  /// One path with its methods.
  private struct Place: Sendable {
    let template: RouteTemplate
    var routes: [HTTPRequest.Method: Route] = [:]

    var allowed: [HTTPRequest.Method] {
      Array(routes.keys) + (routes[.get] != nil ? [.head] : [])
    }
  }

  init(_ routes: [Route]) {
    self.routes = routes
    var places: [Place] = []
    for route in routes {
      if let index = places.firstIndex(where: { $0.template == route.template }) {
        places[index].routes[route.method] = route
      } else {
        places.append(Place(template: route.template, routes: [route.method: route]))
      }
    }
    var literals: [[String]: Int] = [:]
    for (index, place) in places.enumerated() {
      let path = place.template.segments.compactMap { if case .literal(let text) = $0 { text } else { nil } }
      if path.count == place.template.segments.count { literals[path] = index }
    }
    self.places = places
    self.literals = literals
  }

  func match(_ method: HTTPRequest.Method, _ path: [String]) -> RouteMatch {
    if let index = literals[path] { return match(method, at: places[index], [:]) }
    for place in places {
      if let parameters = place.template.match(path) { return match(method, at: place, parameters) }
    }
    return .nothing
  }

  private func match(_ method: HTTPRequest.Method, at place: Place, _ parameters: RouteParameters) -> RouteMatch {
    let route = place.routes[method] ?? (method == .head ? place.routes[.get] : nil)
    guard let route else { return .wrongMethod(place.template, allowed: place.allowed) }
    return .found(route, parameters)
  }
}
