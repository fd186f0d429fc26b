package import Events
package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Says which model answers from now on: one of a connection, the built-in one, or none.
package struct ChooseModel: OperationDefinition {
  package static let name = "choose_model"
  package static let version = 1
  package static let permission = ConnectModel.permission
  package static let about = OperationAbout(
    "Choose a model",
    "Says which model answers from now on: a connection's with “connection” and “model”, the built-in one with “builtIn”, "
      + "none with “none”.",
    example: Input(connection: nil, model: nil, builtIn: true, none: nil))

  package struct Input: Codable, Sendable, Hashable, SchemaDescribed {
    package let connection: ModelConnectionID?
    package let model: String?
    package let builtIn: Bool?
    package let none: Bool?

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A choice: “connection” and “model”, or “builtIn”, or “none”",
        properties: [
          "connection": .init("The connection's id."),
          "model": .init("One of its models.", .length(1...RequestLimits.modelBytesMax)),
          "builtIn": .init("true for the built-in model."),
          "none": .init("true for no model."),
        ])
    }
  }

  package struct Output: Codable, Sendable {
    /// Nil: none.
    package let chosen: ModelList.Chosen?
  }

  package init() {}

  package func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<Output, ModelChange> {
    let connections = try ModelTables.connections(in: context.state)
    let choice = try input.choice(among: connections)
    var changes = [ModelChange.chosen(from: try ModelTables.choice(in: context.state), to: choice)]
    if case .connected(let id, let model)? = choice, let now = connections.first(where: { $0.id == id })?.model,
      now != model
    {
      changes.append(.preferred(id, from: now, to: model))
    }
    let chosen = ModelList.chosen(choice, among: connections)
    return Decision(
      output: Output(chosen: chosen), changes: changes,
      summary: chosen.map { "Chose \($0.model) of \($0.provider)" } ?? "Chose no model")
  }

  package func apply(_ change: ModelChange, in transaction: any Transaction) throws {
    try ModelTables.apply(change, in: transaction)
  }

  package func events(of change: ModelChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    guard case .chosen = change else { return [] }
    return try change.events(in: state)
  }
}

extension ChooseModel.Input {
  fileprivate func choice(among connections: [ModelConnection]) throws(OperationError) -> ModelChoice? {
    switch (connection, model, builtIn ?? false, none ?? false) {
    case (nil, nil, true, false): return .builtIn
    case (nil, nil, false, true): return nil
    case (let id?, let model?, false, false):
      guard let connection = connections.first(where: { $0.id == id }) else {
        throw OperationError.invalidInput([
          FieldError(
            pointer: "/connection", code: "not_found", message: "There is no connection \(id).",
            allowed: connections.map { "\($0.id)" })
        ])
      }
      guard connection.models.isEmpty || connection.models.contains(model) else {
        throw .invalidInput([.unlisted(model, among: connection.models)])
      }
      return .connected(id, model: model)
    default:
      throw .invalid(
        "", "ambiguous",
        "A choice is “connection” with “model”, or “builtIn” that is true, or “none” that is true; one of them.")
    }
  }
}
