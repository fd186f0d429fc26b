import Inference
import Operations
import Storage
import StrictJSON

/// The tables of routes, and of the surfaces that use them.
enum RouteTables {
  /// Routes that a workspace may have.
  static let routesMax = 100

  static let migration = Migration(
    module: "models", number: 2, name: "create model routes",
    statements: [
      """
      CREATE TABLE model_routes (
        workspace BLOB NOT NULL,
        name TEXT NOT NULL,
        definition TEXT NOT NULL,
        PRIMARY KEY (workspace, name)
      )
      """,
      """
      CREATE TABLE model_route_surfaces (
        workspace BLOB NOT NULL,
        surface TEXT NOT NULL,
        route TEXT NOT NULL,
        PRIMARY KEY (workspace, surface)
      )
      """,
    ])

  static let stateTables = [
    StateTable("model_routes", key: ["name"]), StateTable("model_route_surfaces", key: ["surface"]),
  ]

  /// The routes, by name.
  static func routes(in transaction: any ReadTransaction) throws -> [NamedRoute] {
    var definitions: [String] = []
    try transaction.forEachRow(
      "SELECT definition FROM model_routes WHERE workspace = \(transaction.workspace) ORDER BY name LIMIT \(routesMax)"
    ) { definitions.append(try $0.get("definition")) }
    return try definitions.map(route)
  }

  static func route(named name: String, in transaction: any ReadTransaction) throws -> NamedRoute? {
    let definition: String? = try transaction.value(
      "SELECT definition FROM model_routes WHERE workspace = \(transaction.workspace) AND name = \(name)")
    return try definition.map(route)
  }

  /// - Throws: ``OperationError`` when there is none of that name; at the input's field `pointer`, where that is given.
  static func demand(
    _ name: String, in transaction: any ReadTransaction, at pointer: String? = nil
  ) throws -> NamedRoute {
    if let route = try route(named: name, in: transaction) { return route }
    guard let pointer else { throw OperationError(.notFound, "There is no route “\(name)”.") }
    throw OperationError.invalidInput([
      FieldError(
        pointer: pointer, code: "not_found", message: "There is no route “\(name)”.",
        allowed: try routes(in: transaction).map(\.name))
    ])
  }

  /// The surfaces that use a route, by name.
  static func assignments(in transaction: any ReadTransaction) throws -> [RouteAssignment] {
    try transaction.rows(
      """
      SELECT surface, route FROM model_route_surfaces WHERE workspace = \(transaction.workspace) ORDER BY surface
      LIMIT 100
      """, as: RouteAssignment.self)
  }

  static func put(_ route: NamedRoute, in transaction: any Transaction) throws {
    try transaction.run(
      """
      INSERT INTO model_routes (workspace, name, definition)
      VALUES (\(transaction.workspace), \(route.name), \(try JSON(encoding: route).canonicalText()))
      ON CONFLICT (workspace, name) DO UPDATE SET definition = excluded.definition
      """)
  }

  static func remove(_ name: String, in transaction: any Transaction) throws {
    try transaction.run("DELETE FROM model_routes WHERE workspace = \(transaction.workspace) AND name = \(name)")
  }

  static func assign(_ route: String?, to surface: CallContext.Surface, in transaction: any Transaction) throws {
    try transaction.run(
      """
      DELETE FROM model_route_surfaces WHERE workspace = \(transaction.workspace) AND surface = \(surface.rawValue)
      """)
    guard let route else { return }
    try transaction.run(
      """
      INSERT INTO model_route_surfaces (workspace, surface, route)
      VALUES (\(transaction.workspace), \(surface.rawValue), \(route))
      """)
  }

  private static func route(_ definition: String) throws -> NamedRoute {
    try JSON(parsing: definition).decode(NamedRoute.self)
  }
}
