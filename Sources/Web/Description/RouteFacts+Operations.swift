import Operations
import StrictJSON

extension RouteFacts {
  /// What the route of a feature tells, from its description and its operation.
  init(_ route: RouteDescription, of operation: OperationFacts) {
    self.init(
      id: operation.name, summary: operation.summary, parameters: Self.parameters(route, operation),
      body: Self.body(route, operation),
      answers: [
        Answer(
          status: route.status, summary: operation.title,
          schema: operation.kind == .read && route.wraps == nil
            ? .reference(to: "\(operation.name)_output") : Self.answer(route, operation))
      ])
  }

  private static func parameters(_ route: RouteDescription, _ operation: OperationFacts) -> [Parameter] {
    let path = RouteTemplate(route.path).parameterNames.map {
      Parameter(
        name: $0, place: .path, isRequired: true, summary: operation.input.summary(of: $0),
        schema: operation.input.document(of: $0))
    }
    let others = route.takes.map { source in
      switch source {
      case .query(let name):
        Parameter(
          name: name, place: .query, isRequired: operation.input.requires(name),
          summary: operation.input.summary(of: name), schema: operation.input.document(of: name))
      case .ifMatch: Parameter.ifMatch
      }
    }
    return path + others + (operation.kind == .change ? [.idempotencyKey] : [])
  }

  /// The input without what comes from elsewhere; the input itself when nothing does.
  private static func body(_ route: RouteDescription, _ operation: OperationFacts) -> JSON? {
    guard route.method != .get else { return nil }
    let elsewhere =
      RouteTemplate(route.path).parameterNames
      + route.takes.map { source in
        switch source {
        case .query(let name), .ifMatch(let name): name
        }
      }
    guard !elsewhere.isEmpty, case .object(let properties) = operation.input.form else {
      return .reference(to: "\(operation.name)_input")
    }
    return JSONSchema.object(properties.filter { !elsewhere.contains($0.name) }).document()
  }

  private static func answer(_ route: RouteDescription, _ operation: OperationFacts) -> JSON {
    let output = JSON.reference(to: "\(operation.name)_output")
    guard operation.kind == .change else { return .object(of: [route.wraps ?? "output": output]) }
    var members: JSONObject = [route.wraps ?? "output": output]
    if route.wraps == nil, case .object(let properties) = operation.output.form {
      members = JSONObject(distinct: properties.map { ($0.name, $0.schema.document()) })
    }
    members["journal"] = .reference(to: "JournalReference")
    return .object(of: members)
  }
}

extension JSON {
  /// Refers to a schema that the document holds once.
  static func reference(to name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

  /// The schema of an object with these members, all required.
  static func object(of members: JSONObject) -> JSON {
    ["type": "object", "properties": .object(members), "required": .array(members.keys.map { .string($0) })]
  }
}

extension JSONSchema {
  fileprivate func property(_ name: String) -> Property? {
    guard case .object(let properties) = form else { return nil }
    return properties.first { $0.name == name }
  }

  fileprivate func document(of name: String) -> JSON { property(name)?.schema.document() ?? ["type": "string"] }
  fileprivate func summary(of name: String) -> String { property(name)?.schema.summary ?? name }
  fileprivate func requires(_ name: String) -> Bool { property(name)?.isRequired ?? false }
}
