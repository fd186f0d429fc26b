import HTTPTypes
import HummingbirdCore
import Operations
import StrictJSON

/// Puts an operation's input together from the parts of a request that its route takes it from.
struct OperationInput: Sendable {
  private let route: RouteDescription
  private let schema: JSONSchema
  let queryNames: [String]

  init(route: RouteDescription, schema: JSONSchema) {
    self.route = route
    self.schema = schema
    queryNames = route.takes.compactMap { if case .query(let name) = $0 { name } else { nil } }
  }

  /// - Throws: ``Problem`` for a query or precondition that cannot be used. Whether the input fits the operation is for the
  ///   operation to say.
  func assemble(body: JSON?, parameters: RouteParameters, exchange: Exchange) throws -> JSON {
    try QueryCheck.demand(queryNames, in: exchange.target)
    guard case .object(var members) = body ?? .object([:]) else {
      throw OperationError.invalid(
        "", "wrong_type", "The body is no object; an object with the operation's fields is allowed.")
    }
    for name in queryNames {
      if let text = exchange.target.value(of: name) { members[name] = typed(text, as: name) }
    }
    for source in route.takes {
      guard case .ifMatch(let name) = source else { continue }
      try add(
        name, from: "If-Match", try revision(EntityTag.wanted(by: exchange.request.headers), as: name), to: &members)
    }
    for (name, text) in parameters { try add(name, from: "the path", typed(text, as: name), to: &members) }
    return .object(members)
  }

  private func add(_ name: String, from place: String, _ value: JSON, to members: inout JSONObject) throws {
    guard members.insert(name, value) else {
      throw OperationError.invalid(
        JSONPointer.root.appending(name).description, "not_allowed",
        "“\(name)” comes from \(place) and not in the body.")
    }
  }

  /// A tag that cannot be one of ours is a tag that does not match.
  private func revision(_ tag: String, as name: String) throws -> JSON {
    let value = typed(tag, as: name)
    guard let property = property(name), property.validate(value).isEmpty else {
      throw Problem(.preconditionFailed, "If-Match names the entity tag “\(tag.prefix(40))”, which is not the newest.")
    }
    return value
  }

  /// Text as the schema wants it. What does not read as that stays text, for the schema to say so with its place.
  private func typed(_ text: String, as name: String) -> JSON {
    switch property(name).map(\.plainForm) {
    case .integer: Int64(text).flatMap { "\($0)" == text ? .integer($0) : nil } ?? .string(text)
    case .number: Double(text).flatMap { $0.isFinite ? .number($0) : nil } ?? .string(text)
    case .boolean: ["true": .bool(true), "false": .bool(false)][text] ?? .string(text)
    default: .string(text)
    }
  }

  private func property(_ name: String) -> JSONSchema? {
    guard case .object(let properties) = schema.form else { return nil }
    return properties.first { $0.name == name }?.schema
  }
}

extension JSONSchema {
  /// The form without the choice of null.
  fileprivate var plainForm: Form {
    if case .nullable(let schema) = form { schema.plainForm } else { form }
  }
}
