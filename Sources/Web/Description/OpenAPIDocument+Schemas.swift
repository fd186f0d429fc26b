import Operations
import StrictJSON

extension OpenAPIDocument {
  /// Schemas of what the edge itself answers.
  static let ownSchemas: JSONObject = [
    "FieldError": .object(of: ["pointer": text, "code": text, "message": text]),
    "Problem": problem,
    "JournalReference": .object(of: [
      "number": integer, "id": uuid, "operation": text, "version": integer, "time": time,
    ]),
    "Session": .object(of: [
      "person": .object(of: ["id": orNull("string"), "name": text]),
      "role": ["type": "string", "enum": ["viewer", "editor", "owner"]],
      "workspace": .object(of: ["id": uuid, "name": orNull("string")]),
      "createdAt": orNull("string"), "expiresAt": orNull("string"),
    ]),
    "Operation": .object(of: [
      "name": text, "version": integer, "kind": ["type": "string", "enum": ["change", "read"]], "title": text,
      "summary": text, "permission": text, "role": ["type": "string", "enum": ["viewer", "editor", "owner"]],
      "input": ["type": "object"], "output": ["type": "object"], "example": .object([:]),
    ]),
    "Readiness": .object(of: [
      "status": ["type": "string", "enum": ["ready", "degraded"]],
      "checks": .object(of: ["database": ["type": "string", "enum": ["ok", "full", "read_only"]]]),
    ]),
  ]

  private static let text: JSON = ["type": "string"]
  private static let integer: JSON = ["type": "integer"]
  private static let uuid: JSON = ["type": "string", "format": "uuid"]
  private static let time: JSON = ["type": "string", "format": "date-time"]
  private static func orNull(_ type: String) -> JSON { ["type": [.string(type), "null"]] }

  private static let problem: JSON = .object(of: [
    "type": ["type": "string", "format": "uri-reference"],
    "title": text,
    "status": integer,
    "detail": text,
    "instance": orNull("string"),
    "code": ["type": "string", "enum": .array(ProblemCode.allCases.map { .string($0.rawValue) })],
    "retryable": ["type": "boolean"],
    "requestId": uuid,
    "errors": ["type": "array", "items": .reference(to: "FieldError")],
  ])
}
