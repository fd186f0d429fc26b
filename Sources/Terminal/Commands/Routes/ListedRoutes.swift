import Operations
import StrictJSON

/// What `list_routes` answers, as far as commands need it.
struct ListedRoutes: Sendable {
  struct Route: Decodable, Sendable {
    struct Entry: Decodable, Sendable {
      let connection: String?
      let model: String
    }

    let name: String
    let entries: [Entry]

    /// “large of Mine, then built-in”.
    func order(among connections: [ConnectedModels.Connection]) -> String {
      entries.map { entry in
        guard let id = entry.connection else { return entry.model }
        return "\(entry.model) of \(connections.first { $0.id == id }?.name ?? id)"
      }.joined(separator: ", then ")
    }
  }

  struct Assignment: Decodable, Sendable {
    let surface, route: String
  }

  private struct Contents: Decodable {
    let items: [Route]
    let assignments: [Assignment]
  }

  let document: JSON
  let routes: [Route]
  let assignments: [Assignment]

  init(through door: any OperationDoor, in session: TerminalSession) async throws {
    document = try await door.perform(
      OperationCall(operation: "list_routes", input: [:]), key: try KeyArgument.key(nil, in: session)
    ).output
    let contents = try document.decode(Contents.self)
    routes = contents.items
    assignments = contents.assignments
  }

  /// What else a route says, as `arbiter routes set` takes it; empty for one that says nothing else.
  func options(of route: Route) -> String {
    let document = document["items"]?.items?.first { $0["name"]?.text == route.name }
    return RouteOptions.written(document)
  }
}
