import StrictJSON

extension RouteFacts.Parameter {
  static let ifMatch = RouteFacts.Parameter(
    name: "If-Match", place: .header, isRequired: true, summary: "The entity tag that was seen, as “\"3\"”.",
    schema: ["type": "string"])

  static let idempotencyKey = RouteFacts.Parameter(
    name: "Idempotency-Key", place: .header, isRequired: false,
    summary: "Names the act: asked again with the same key, it is not done again.",
    schema: ["type": "string", "minLength": 1, "maxLength": 130])
}

/// The routes that belong to no feature.
extension RouteFacts {
  // MARK: Signing in

  static func signIn(input: JSON) -> RouteFacts {
    RouteFacts(
      id: "sign_in", summary: "Uses a sign-in link up and begins a session.", parameters: [.idempotencyKey],
      body: input,
      answers: [
        Answer(status: 201, summary: "Signed in", schema: .object(of: ["session": .reference(to: "Session")]))
      ])
  }

  static let showSession = RouteFacts(
    id: "show_session", summary: "Who is signed in.",
    answers: [Answer(status: 200, summary: "The session", schema: .reference(to: "Session"))])
  static let signOut = RouteFacts(
    id: "sign_out", summary: "Ends the session and its event streams.",
    answers: [Answer(status: 204, summary: "Signed out")])
  static let makeSignInLink = RouteFacts(
    id: "make_sign_in_link", summary: "Makes a one-time sign-in link for the owner; for a terminal of the machine.",
    parameters: [.idempotencyKey], body: ["type": "object", "additionalProperties": false],
    answers: [
      Answer(
        status: 201, summary: "The link",
        schema: .object(of: ["url": .text(format: "uri"), "expiresAt": .text(format: "date-time")]))
    ])

  // MARK: Operations

  static let listOperations = RouteFacts(
    id: "list_operations", summary: "Every operation with its schemas.",
    answers: [
      Answer(
        status: 200, summary: "The operations",
        schema: .object(of: ["items": ["type": "array", "items": .reference(to: "Operation")]]))
    ])
  static let showOperation = RouteFacts(
    id: "show_operation", summary: "One operation with its schemas.", parameters: [.operationName],
    answers: [Answer(status: 200, summary: "The operation", schema: .reference(to: "Operation"))])
  static let performOperation = RouteFacts(
    id: "perform_operation", summary: "Performs an operation by its name; its input is the body.",
    parameters: [.operationName, .idempotencyKey], body: ["type": "object"],
    answers: [
      Answer(
        status: 200, summary: "What it answered",
        schema: .object(of: ["output": .object([:]), "journal": .reference(to: "JournalReference").orNull]))
    ])

  static func rehearse(input: JSON) -> RouteFacts {
    RouteFacts(
      id: "rehearse", summary: "What operations would do. Dice are samples, never the coming ones; nothing is kept.",
      parameters: [.idempotencyKey], body: input,
      answers: [
        Answer(
          status: 200, summary: "What would happen",
          schema: .object(of: [
            "sample": ["const": true], "results": ["type": "array"],
            "errors": ["type": "array", "items": .reference(to: "FieldError")],
          ]))
      ])
  }

  // MARK: Proposals

  static func checkProposal(input: JSON, output: JSON) -> RouteFacts {
    RouteFacts(
      id: "check_proposal",
      summary:
        "Rehearses a proposal as a whole against live state and tells everything wrong at once. Changes nothing.",
      parameters: [.idempotencyKey], body: input,
      answers: [Answer(status: 200, summary: "What would happen, with sample dice", schema: output)])
  }

  static func executeProposal(input: JSON, output: JSON) -> RouteFacts {
    RouteFacts(
      id: "execute_proposal", summary: "Checks a proposal and executes it, all or nothing, in one commit.",
      parameters: [.idempotencyKey], body: input,
      answers: [Answer(status: 201, summary: "What became of it", schema: output)])
  }

  static func showProposal(output: JSON) -> RouteFacts {
    RouteFacts(
      id: "show_proposal", summary: "A proposal that was executed or tried.",
      parameters: [
        Parameter(
          name: "id", place: .path, isRequired: true, summary: "The proposal's id.",
          schema: ["type": "string", "format": "uuid"])
      ],
      answers: [Answer(status: 200, summary: "What became of it", schema: output)])
  }

  static let stateDigest = RouteFacts(
    id: "show_state_digest",
    summary: "The digest of all journalled state, for comparing it with a copy or a rebuild. Reads every row.",
    answers: [
      Answer(
        status: 200, summary: "The digest, and the journal row at which it stood",
        schema: .object(of: ["stateHash": ["type": "string"], "journal": ["type": "integer"]]))
    ])

  // MARK: Turns

  private static let runID = Parameter(
    name: "id", place: .path, isRequired: true, summary: "The run's id.",
    schema: ["type": "string", "format": "uuid"])
  private static let campaignID = Parameter(
    name: "id", place: .path, isRequired: true, summary: "The campaign's id.", schema: ["type": "string"])

  static func beginRun(input: JSON, output: JSON) -> RouteFacts {
    RouteFacts(
      id: "begin_run",
      summary:
        "Begins a turn: what a person says, or a proposal they bring. It is taken whatever becomes of the caller.",
      parameters: [campaignID, .idempotencyKey], body: input,
      answers: [Answer(status: 201, summary: "The run; events tell how it goes on", schema: output)])
  }

  static func listRuns(output: JSON) -> RouteFacts {
    RouteFacts(
      id: "list_runs", summary: "The turns of a campaign, newest first, a page at a time.",
      parameters: [
        campaignID,
        Parameter(
          name: "limit", place: .query, isRequired: false, summary: "Runs a page: 1 to 100, 20 when left out.",
          schema: ["type": "integer", "minimum": 1, "maximum": 100]),
        Parameter(
          name: "before", place: .query, isRequired: false, summary: "`next` of the page before.",
          schema: ["type": "integer", "minimum": 1]),
      ],
      answers: [Answer(status: 200, summary: "A page of runs, without the texts of their calls", schema: output)])
  }

  static func showRun(output: JSON) -> RouteFacts {
    RouteFacts(
      id: "show_run", summary: "A turn with everything: every call, every fault, every result.", parameters: [runID],
      answers: [Answer(status: 200, summary: "The run", schema: output)])
  }

  static func changeRun(_ id: String, _ summary: String, _ output: JSON) -> RouteFacts {
    RouteFacts(
      id: id, summary: summary, parameters: [runID, .idempotencyKey],
      answers: [Answer(status: 200, summary: "The run as it stands", schema: output)])
  }

  // MARK: Models

  static func checkModel(input: JSON, output: JSON) -> RouteFacts {
    RouteFacts(
      id: "check_model",
      summary: "Looks whose key it is and which models answer at an address. Stores nothing, and answers no key.",
      parameters: [.idempotencyKey], body: input,
      answers: [Answer(status: 200, summary: "What was found", schema: output)])
  }

  static func findLocalServers(output: JSON) -> RouteFacts {
    RouteFacts(
      id: "find_local_servers",
      summary:
        "The model servers that answer on this machine, and at the origins of its configuration. None is used unasked.",
      answers: [Answer(status: 200, summary: "The servers", schema: output)])
  }

  static func connectModel(input: JSON, output: JSON) -> RouteFacts {
    RouteFacts(
      id: "connect_model_with_key",
      summary: "Checks a key and an address, seals the key, connects them and chooses the model, in one commit.",
      parameters: [.idempotencyKey], body: input,
      answers: [Answer(status: 201, summary: "The connection, without its key", schema: output)])
  }

  static let disconnectModel = RouteFacts(
    id: "delete_model_connection", summary: "Takes a connection away and destroys its key.",
    parameters: [.named("id", "The connection's id."), .idempotencyKey],
    answers: [Answer(status: 204, summary: "It is gone")])

  static func chooseModel(input: JSON, output: JSON) -> RouteFacts {
    RouteFacts(
      id: "put_chosen_model", summary: "Says which model answers from now on.", parameters: [.idempotencyKey],
      body: input, answers: [Answer(status: 200, summary: "The connections and the choice", schema: output)])
  }

  // MARK: Events

  static let followEvents = RouteFacts(
    id: "follow_events", summary: "Events as they happen, as server-sent events.",
    parameters: [
      Parameter(
        name: "topics", place: .query, isRequired: true,
        summary: "What to follow: up to 64 topics, separated by commas.",
        schema: ["type": "string"]),
      Parameter(
        name: "after", place: .query, isRequired: false,
        summary: "Where to go on: a snapshot's cursor. A topic that is not named is read from its beginning.",
        schema: ["type": "string"]),
      Parameter(
        name: "Last-Event-ID", place: .header, isRequired: false,
        summary: "The cursor of the last event that was seen; wins over “after”.", schema: ["type": "string"]),
    ],
    answers: [Answer(status: 200, summary: "The stream", mediaType: "text/event-stream")])

  // MARK: Plumbing

  static let health = RouteFacts(
    id: "health", summary: "Whether the server is alive.",
    answers: [Answer(status: 200, summary: "It is", schema: .object(of: ["status": ["const": "ok"]]))])
  static let readiness = RouteFacts(
    id: "readiness", summary: "Whether the server takes writes.",
    answers: [
      Answer(status: 200, summary: "It does", schema: .reference(to: "Readiness")),
      Answer(status: 503, summary: "It does not", schema: .reference(to: "Readiness")),
    ])
  static let version = RouteFacts(
    id: "version", summary: "Which program answers.",
    answers: [
      Answer(
        status: 200, summary: "Its name and version",
        schema: .object(of: ["name": ["const": "Arbiter"], "version": ["type": "string"]]))
    ])
  static let metrics = RouteFacts(
    id: "metrics", summary: "Metrics as Prometheus text; for this machine and for whoever is signed in.",
    answers: [Answer(status: 200, summary: "The metrics", mediaType: "text/plain")])
  static let explainProblem = RouteFacts(
    id: "explain_problem", summary: "What a problem code means.", parameters: [.named("code", "The problem's code.")],
    answers: [
      Answer(
        status: 200, summary: "The explanation",
        schema: .object(of: [
          "code": .text(), "title": .text(), "status": ["type": "integer"], "explanation": .text(),
          "retryable": ["type": "boolean"],
        ]))
    ])
  static let openAPI = RouteFacts(
    id: "openapi", summary: "This document.",
    answers: [Answer(status: 200, summary: "OpenAPI 3.1", schema: ["type": "object"])])

  // MARK: Pages

  static func page(_ id: String, _ summary: String) -> RouteFacts {
    RouteFacts(
      id: "page_\(id)", summary: summary,
      answers: [
        Answer(status: 200, summary: "The page", mediaType: "text/html"),
        Answer(status: 303, summary: "Elsewhere"),
      ])
  }

  static let asset = RouteFacts(
    id: "asset", summary: "A file of the page.", parameters: [.named("path", "The file's path.")],
    answers: [
      Answer(status: 200, summary: "The file", mediaType: "application/octet-stream"),
      Answer(status: 304, summary: "The browser has it"),
    ])
}

extension RouteFacts.Parameter {
  fileprivate static let operationName = named("name", "The operation's name.")

  fileprivate static func named(_ name: String, _ summary: String) -> RouteFacts.Parameter {
    RouteFacts.Parameter(name: name, place: .path, isRequired: true, summary: summary, schema: ["type": "string"])
  }
}

extension JSON {
  fileprivate static func text(format: String? = nil) -> JSON {
    var schema: JSONObject = ["type": "string"]
    schema["format"] = format.map { .string($0) }
    return .object(schema)
  }

  fileprivate var orNull: JSON { ["anyOf": [self, ["type": "null"]]] }
}
