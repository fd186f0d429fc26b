package import Events
import Inference
package import Operations
package import Storage
import StrictJSON
package import Vocabulary

/// Names a route, or changes the one of that name.
package struct SetRoute: OperationDefinition {
  package static let name = "set_route"
  package static let version = 1
  package static let permission = Permission("routes.set", from: .owner)
  package static let about = OperationAbout(
    "Set a route",
    "Names a list of models that are asked in order until one answers, with how patiently. Setting it again replaces all of "
      + "it.",
    example: NamedRoute(name: "careful", entries: [NamedRoute.Entry(connection: nil, model: BuiltInModel.model)]))

  package init() {}

  package func decide(
    _ input: NamedRoute, _ context: inout OperationContext
  ) throws -> Decision<NamedRoute, ModelChange> {
    let faults = input.faults(among: try ModelTables.connections(in: context.state))
    guard faults.isEmpty else { throw OperationError.invalidInput(faults) }
    let routes = try RouteTables.routes(in: context.state)
    let before = routes.first { $0.name == input.name }
    guard before != nil || routes.count < RouteTables.routesMax else {
      throw OperationError(
        .refused, "This workspace has \(RouteTables.routesMax) routes, which is all it may have. Remove one.")
    }
    return Decision(
      output: input, changes: [.routed(from: before, to: input)],
      summary: "Set the route \(input.name) to \(input.entries.map(\.model).joined(separator: ", then "))")
  }

  package func apply(_ change: ModelChange, in transaction: any Transaction) throws {
    try ModelTables.apply(change, in: transaction)
  }

  package func events(of change: ModelChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    try change.events(in: state)
  }
}

extension NamedRoute {
  /// What is wrong with it where there are these connections.
  fileprivate func faults(among connections: [ModelConnection]) -> [FieldError] {
    var faults: [FieldError] = []
    if name == ModelName.chosen {
      faults.append(
        FieldError(
          pointer: "/name", code: "not_allowed",
          message: "“\(name)” stands for the model that was chosen; give the route another name."))
    }
    for (place, entry) in entries.enumerated() {
      if entries[..<place].contains(entry) {
        faults.append(
          FieldError(
            pointer: "/entries/\(place)", code: "not_allowed",
            message: "\(entry.model) stands in the route before. How often it is asked again is “retries”."))
      } else if let fault = entry.fault(at: "/entries/\(place)", among: connections) {
        faults.append(fault)
      }
    }
    return faults
  }
}

extension NamedRoute.Entry {
  fileprivate func fault(at pointer: String, among connections: [ModelConnection]) -> FieldError? {
    guard let connection else {
      guard model != BuiltInModel.model else { return nil }
      return FieldError(
        pointer: pointer + "/model", code: "not_allowed",
        message: "Without a connection it is the built-in model, whose name is “\(BuiltInModel.model)”.",
        allowed: [BuiltInModel.model])
    }
    guard let found = connections.first(where: { $0.id == connection }) else {
      return FieldError(
        pointer: pointer + "/connection", code: "not_found", message: "There is no connection \(connection).",
        allowed: connections.map { "\($0.id)" })
    }
    guard found.models.isEmpty || found.models.contains(model) else {
      return .unlisted(model, among: found.models, at: pointer + "/model")
    }
    return nil
  }
}
