import HTTPTypes
import HummingbirdCore
import Operations
import StrictJSON
import Vocabulary

/// A noun of the interface: unpacks a request, has one operation performed or answered, and packs the result.
struct OperationRoute: Sendable {
  static let prefix = "/api/v1"

  private let description: RouteDescription
  private let facts: OperationFacts
  private let input: OperationInput
  private let desk: OperationDesk
  private let limits: WebLimits
  /// Where one of what this route makes is found: its path, and the field of the output that names it.
  private let item: (path: String, field: String)?

  init(_ description: RouteDescription, facts: OperationFacts, desk: OperationDesk, limits: WebLimits) {
    self.description = description
    self.facts = facts
    self.desk = desk
    self.limits = limits
    input = OperationInput(route: description, schema: facts.input)
    item = Self.item(of: description, among: desk.catalogue.routes)
  }

  /// One route for each that the features describe.
  static func all(desk: OperationDesk, limits: WebLimits) throws -> [Route] {
    let facts = Dictionary(uniqueKeysWithValues: desk.catalogue.facts.map { ($0.name, $0) })
    return try desk.catalogue.routes.map { description in
      guard let facts = facts[description.operation], let method = HTTPRequest.Method(description.method.rawValue)
      else {
        throw OperationError(.internalMistake, "The route \(description.path) leads to no operation.")
      }
      let route = OperationRoute(description, facts: facts, desk: desk, limits: limits)
      return Route(
        method, RouteTemplate(prefix + description.path), access: .signedIn,
        facts: RouteFacts(description, of: facts), answer: route.answer)
    }
  }

  @Sendable private func answer(_ exchange: Exchange, _ parameters: RouteParameters) async throws -> Response {
    let principal = try exchange.principal()
    let body = description.method == .get ? nil : try await JSONBody.read(exchange.request, limits: limits)
    let assembled = try input.assemble(body: body, parameters: parameters, exchange: exchange)
    let call = OperationCall(operation: facts.name, input: assembled)
    switch facts.kind {
    case .read: return pack(try await desk.read(call, as: principal), exchange)
    case .change:
      let key = try IdempotencyHeader.key(in: exchange.request.headers)
      return try pack(try await desk.perform(call, as: principal, key: key))
    }
  }

  private func pack(_ output: JSON, _ exchange: Exchange) -> Response {
    var headers = HTTPFields()
    headers[.eTag] = description.entityTag.flatMap { EntityTag.of(output[$0]) }
    headers[.link] = nextLink(output, exchange)
    let value = description.wraps.map { .object([$0: output]) } ?? output
    return .json(value, status: HTTPResponse.Status(code: description.status), headers: headers)
  }

  private func pack(_ performed: Performed) throws -> Response {
    var headers = HTTPFields()
    headers[.eTag] = description.entityTag.flatMap { EntityTag.of(performed.output[$0]) }
    headers[.location] = location(of: performed.output)
    if performed.isRepeated { headers[.idempotencyReplayed] = "true" }
    var members: JSONObject =
      switch (description.wraps, performed.output) {
      case (let field?, let output): [field: output]
      case (nil, .object(let fields)): fields
      case (nil, let output): ["output": output]
      }
    members["journal"] = try JSON(encoding: performed.row)
    return .json(.object(members), status: HTTPResponse.Status(code: description.status), headers: headers)
  }

  // MARK: Links

  private static func item(
    of route: RouteDescription, among all: [RouteDescription]
  ) -> (path: String, field: String)? {
    for other in all where other.method == .get && other.path.hasPrefix("\(route.path)/{") && other.path.hasSuffix("}")
    {
      let field = other.path.dropFirst(route.path.count + 2).dropLast()
      if !field.contains("/") { return (route.path, String(field)) }
    }
    return nil
  }

  private func location(of output: JSON) -> String? {
    guard description.status == 201, let item else { return nil }
    switch output[item.field] {
    case .string(let text): return "\(Self.prefix)\(item.path)/\(PercentEncoding.encode(text))"
    case .integer(let number): return "\(Self.prefix)\(item.path)/\(number)"
    default: return nil
    }
  }

  /// The next page (RFC 8288), for lists that are read with `before`.
  private func nextLink(_ output: JSON, _ exchange: Exchange) -> String? {
    guard input.queryNames.contains("before") else { return nil }
    let next: String
    switch output["next"] {
    case .string(let text): next = text
    case .integer(let number): next = "\(number)"
    default: return nil
    }
    let others = exchange.target.query.filter { $0.name != "before" }
    let query = (others + [.init(name: "before", value: next)])
      .map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
    return "<\(exchange.target.rawPath)?\(query)>; rel=\"next\""
  }
}
