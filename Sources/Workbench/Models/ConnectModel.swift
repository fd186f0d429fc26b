package import Events
package import Inference
package import Operations
package import Storage
package import StrictJSON
package import Vocabulary

/// Connects a provider of models and chooses one of its models. The key is no part of it.
package struct ConnectModel: OperationDefinition {
  package static let name = "connect_model"
  package static let version = 1
  package static let permission = Permission("models.connect", from: .owner)
  package static let about = OperationAbout(
    "Connect a model",
    "Connects a provider's address and chooses one of its models. A key is never part of it: where one is needed, "
      + "POST /api/v1/model-connections checks it, seals it, and performs this.",
    example: Input(
      baseURL: "http://127.0.0.1:11434/v1", provider: "Ollama", name: "Ollama", models: ["qwen3:4b"], model: "qwen3:4b",
      hasKey: false))

  package struct Input: Codable, Sendable, Hashable, SchemaDescribed {
    package let baseURL: String
    package let provider: String
    package let name: String
    package let models: [String]
    package let limits: [FoundModel]?
    package let model: String
    package let hasKey: Bool

    package init(
      baseURL: String, provider: String, name: String, models: [String], limits: [FoundModel]? = nil, model: String,
      hasKey: Bool
    ) {
      self.baseURL = baseURL
      self.provider = provider
      self.name = name
      self.models = models
      self.limits = limits
      self.model = model
      self.hasKey = hasKey
    }

    package static var schemaDescription: SchemaDescription {
      let modelLength = PropertyDescription.Facet.length(1...RequestLimits.modelBytesMax)
      return SchemaDescription(
        "A connection to make",
        properties: [
          "baseURL": .init(
            "The address below which calls lie: https://, or http:// on this machine and at the origins of its configuration.",
            .length(1...EndpointURL.bytesMax),
            .example("https://models.example.com/v1")),
          "provider": .init("Whose models they are.", .length(1...200)),
          "name": .init(
            "What people call it. Connecting the same address under the same name replaces it.", .length(1...100)),
          "models": .init("The models that were listed.", .count(0...ModelFinding.modelsMax), .each(modelLength)),
          "limits": .init(
            "What models take, of those of which it is known; a provider's refusals are heard too.",
            .count(0...ModelFinding.modelsMax)),
          "model": .init("The model that is chosen.", modelLength),
          "hasKey": .init("Whether a key is kept for it."),
        ])
    }
  }

  package init() {}

  package func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<
    ModelConnection, ModelChange
  > {
    try input.demandSafety()
    let connections = try ModelTables.connections(in: context.state)
    let before = connections.first { $0.baseURL == input.baseURL && $0.name == input.name }
    guard before != nil || connections.count < ModelTables.connectionsMax else {
      throw OperationError(
        .refused,
        "This workspace has \(ModelTables.connectionsMax) connections, which is all it may have. Disconnect one.")
    }
    let connection = ModelConnection(
      id: try before?.id ?? context.makeID(), provider: input.provider, name: input.name, baseURL: input.baseURL,
      models: input.models, limits: input.limits, model: input.model, hasKey: input.hasKey, createdAt: context.time)
    return Decision(
      output: connection,
      changes: [
        .connected(connection),
        .chosen(
          from: try ModelTables.choice(in: context.state), to: .connected(connection.id, model: connection.model)),
      ],
      summary: "Connected \(input.name) and chose \(input.model)")
  }

  package func apply(_ change: ModelChange, in transaction: any Transaction) throws {
    try ModelTables.apply(change, in: transaction)
  }

  package func events(of change: ModelChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    try change.events(in: state)
  }
}

extension ConnectModel.Input {
  /// Whether keys and texts may be sent to the address is asked at each call, and not here: that is the configuration's
  /// matter, which may be another when a journal is made again.
  ///
  /// - Throws: ``OperationError`` for what is no address, and for texts that look like keys: what is written here stays in
  ///   the journal for ever.
  fileprivate func demandSafety() throws(OperationError) {
    var errors: [FieldError] = EndpointURL(baseURL) == nil ? [.noAddress] : []
    let texts = [("/baseURL", baseURL), ("/provider", provider), ("/name", name), ("/model", model)]
    let limited = (limits ?? []).enumerated().map { ("/limits/\($0.offset)/model", $0.element.model) }
    errors += (texts + limited).filter { KeyScrubber.scrub($0.1) != $0.1 }.map { pointer, _ in
      FieldError(
        pointer: pointer, code: "looks_like_a_key",
        message: "This text holds what looks like a key. It was not stored; a key belongs into “key” alone.")
    }
    if !models.isEmpty, !models.contains(model) { errors.append(.unlisted(model, among: models)) }
    guard errors.isEmpty else { throw .invalidInput(errors) }
  }
}

extension FieldError {
  /// How many models a message lists.
  private static let listedMax = 50

  /// A model that the provider does not list.
  static func unlisted(_ model: String, among models: [String], at pointer: String = "/model") -> FieldError {
    let rest = models.count > listedMax ? " The first \(listedMax) of \(models.count) are named." : ""
    return FieldError(
      pointer: pointer, code: "not_allowed",
      message: "The provider did not list “\(KeyScrubber.scrub(model).prefix(100))” when it was connected.\(rest)",
      allowed: Array(models.prefix(listedMax)))
  }
}

extension ModelChange {
  /// One event for a change of what answers; the connections beside it are read again by who shows them.
  func events(in state: any ReadTransaction) throws -> [EventDraft] {
    let chosen = ModelList.chosen(
      try ModelTables.choice(in: state), among: try ModelTables.connections(in: state))
    return [
      EventDraft(topic: "models", type: "models.changed", payload: .object(["chosen": try JSON(encoding: chosen)]))
    ]
  }
}
