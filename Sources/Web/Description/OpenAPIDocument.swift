import HTTPTypes
import Operations
import StrictJSON

/// Describes the interface as OpenAPI 3.1: every route, every operation's schemas, and the problems.
struct OpenAPIDocument {
  let document: JSON

  init(routes: [Route], operations: [OperationFacts]) {
    var schemas = Self.ownSchemas
    for operation in operations {
      schemas["\(operation.name)_input"] = operation.input.document()
      schemas["\(operation.name)_output"] = operation.output.document()
    }
    var paths = JSONObject()
    for route in routes {
      let path = route.template.description.filterBraces
      var place = paths[path]?.members ?? [:]
      place[route.method.rawValue.lowercased()] = Self.operation(route)
      paths[path] = .object(place)
    }
    document = [
      "openapi": "3.1.0",
      "info": [
        "title": "Arbiter", "version": "1",
        "description": "The interface below /api/v1 may change until version 1.0 of Arbiter.",
      ],
      "paths": .object(paths),
      "components": [
        "schemas": .object(schemas),
        "responses": ["Problem": Self.problemResponse],
        "securitySchemes": [
          "session": ["type": "apiKey", "in": "cookie", "name": "arbiter_session"],
          "terminal": ["type": "http", "scheme": "bearer"],
        ],
      ],
    ]
  }

  private static func operation(_ route: Route) -> JSON {
    var members: JSONObject = ["operationId": .string(route.facts.id), "summary": .string(route.facts.summary)]
    if !route.facts.parameters.isEmpty { members["parameters"] = .array(route.facts.parameters.map(parameter)) }
    if let body = route.facts.body {
      members["requestBody"] = ["content": ["application/json": ["schema": body]]]
    }
    var answers = JSONObject()
    for answer in route.facts.answers { answers["\(answer.status)"] = response(answer) }
    answers["default"] = ["$ref": "#/components/responses/Problem"]
    members["responses"] = .object(answers)
    members["security"] = route.access == .signedIn ? [["session": []], ["terminal": []]] : []
    return .object(members)
  }

  private static func parameter(_ parameter: RouteFacts.Parameter) -> JSON {
    [
      "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
      "required": .bool(parameter.isRequired), "description": .string(parameter.summary), "schema": parameter.schema,
    ]
  }

  private static func response(_ answer: RouteFacts.Answer) -> JSON {
    var members: JSONObject = ["description": .string(answer.summary)]
    if let schema = answer.schema {
      members["content"] = .object([answer.mediaType: ["schema": schema]])
    } else if answer.mediaType != "application/json" {
      members["content"] = .object([answer.mediaType: ["schema": ["type": "string"]]])
    }
    return .object(members)
  }

  private static let problemResponse: JSON = [
    "description": "A problem (RFC 9457)",
    "content": .object([Problem.mediaType: ["schema": .reference(to: "Problem")]]),
  ]
}

extension String {
  /// OpenAPI knows no parameter that takes several segments, and so no mark for one.
  fileprivate var filterBraces: String { replacing("*}", with: "}") }
}
