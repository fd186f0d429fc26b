package import Inference
package import StrictJSON

/// A route that a person named: who is asked, in which order, and how patiently.
package struct NamedRoute: Codable, Sendable, Hashable, SchemaDescribed {
  /// One place where a call goes.
  package struct Entry: Codable, Sendable, Hashable, SchemaDescribed {
    /// Nil for the built-in model.
    package let connection: ModelConnectionID?
    /// As its provider spells it.
    package let model: String

    package init(connection: ModelConnectionID?, model: String) {
      self.connection = connection
      self.model = model
    }

    var choice: ModelChoice { connection.map { .connected($0, model: model) } ?? .builtIn }

    package static var schemaDescription: SchemaDescription {
      SchemaDescription(
        "A model to ask",
        properties: [
          "connection": .init("The connection's id; left out for the built-in model."),
          "model": .init(
            "One of its models, as its provider spells it.", .length(1...RequestLimits.modelBytesMax),
            .example(.string(BuiltInModel.model))),
        ])
    }
  }

  /// “fast”: what callers say.
  package let name: String
  package let entries: [Entry]
  package let connectSeconds: Int?
  package let firstPieceSeconds: Int?
  package let silenceSeconds: Int?
  package let wholeSeconds: Int?
  package let retries: Int?
  package let goesOn: Bool?
  package let outputTokensMax: Int?
  package let cacheSeconds: Int?

  package init(
    name: String, entries: [Entry], connectSeconds: Int? = nil, firstPieceSeconds: Int? = nil,
    silenceSeconds: Int? = nil, wholeSeconds: Int? = nil, retries: Int? = nil, goesOn: Bool? = nil,
    outputTokensMax: Int? = nil, cacheSeconds: Int? = nil
  ) {
    self.name = name
    self.entries = entries
    self.connectSeconds = connectSeconds
    self.firstPieceSeconds = firstPieceSeconds
    self.silenceSeconds = silenceSeconds
    self.wholeSeconds = wholeSeconds
    self.retries = retries
    self.goesOn = goesOn
    self.outputTokensMax = outputTokensMax
    self.cacheSeconds = cacheSeconds
  }

  package static var schemaDescription: SchemaDescription {
    SchemaDescription(
      "A route: models that are asked in order until one answers",
      properties: [
        "name": .init("What callers say for it.", .format(.routeName)),
        "entries": .init(
          "Who is asked: the first, and the next where that fails.", .count(1...ModelRoute.entriesMax)),
        "connectSeconds": .init("How long a connection may take; 10 when left out.", .integers(1...60)),
        "firstPieceSeconds": .init(
          "How long the first piece of an answer may take; 120 when left out.", .integers(1...3600)),
        "silenceSeconds": .init(
          "How long a model may be silent in the middle of an answer; 30 when left out.", .integers(1...600)),
        "wholeSeconds": .init(
          "How long an answer may take, over all attempts; 600 when left out.", .integers(1...3600)),
        "retries": .init("How often one entry is asked again; 3 when left out.", .integers(0...3)),
        "goesOn": .init(
          "Whether a model is told to go on with an answer that broke off after its reader had a part of it."),
        "outputTokensMax": .init(
          "The most tokens of an answer, where the caller sets no bound.",
          .integers(1...Int64(RequestLimits.outputTokensMax))),
        "cacheSeconds": .init(
          "How long an answer is given again to the same request of the same person; never when left out.",
          .integers(1...31_536_000)),
      ])
  }

  /// The same route without what goes over a connection; nil when nothing is left.
  func without(_ connection: ModelConnectionID) -> NamedRoute? {
    let rest = entries.filter { $0.connection != connection }
    guard !rest.isEmpty else { return nil }
    return NamedRoute(
      name: name, entries: rest, connectSeconds: connectSeconds, firstPieceSeconds: firstPieceSeconds,
      silenceSeconds: silenceSeconds, wholeSeconds: wholeSeconds, retries: retries, goesOn: goesOn,
      outputTokensMax: outputTokensMax, cacheSeconds: cacheSeconds)
  }

  /// How long its providers may take.
  var times: CallTimes {
    var times = CallTimes()
    if let connectSeconds { times.connect = .seconds(connectSeconds) }
    if let firstPieceSeconds { times.firstPiece = .seconds(firstPieceSeconds) }
    if let silenceSeconds { times.betweenPieces = .seconds(silenceSeconds) }
    if let wholeSeconds { times.whole = .seconds(wholeSeconds) }
    return times
  }

  /// The route over `upstreams`, which are its entries.
  func route(over upstreams: [Upstream]) -> ModelRoute {
    var route = ModelRoute(name, entries: upstreams)
    if let retries { route.retry.retriesMax = retries }
    if let wholeSeconds { route.whole = .seconds(wholeSeconds) }
    if goesOn == true { route.continuation = ModelRoute.continuationWords }
    route.outputTokensMax = outputTokensMax
    route.cacheAge = cacheSeconds.map { .seconds($0) }
    return route
  }
}

extension StringFormat {
  static let routeName = StringFormat(
    "route-name", wanted: "name of lower-case letters, digits, “.”, “_” and “-”, at most 48, beginning with a letter",
    example: "fast",
    accepts: { text in
      guard (1...48).contains(text.utf8.count), let first = text.utf8.first, first.isLowerCaseLetter else {
        return false
      }
      return text.utf8.allSatisfy { $0.isLowerCaseLetter || $0.isDigit || Array("._-".utf8).contains($0) }
    })
}

extension UInt8 {
  fileprivate var isLowerCaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
  fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
