/// Reaches models over the network: asks which there are, and makes the doors to them. Decides nothing and keeps nothing.
package protocol ModelFinder: Sendable {
  /// A provider's models, in its order, with what it says they take; sends it no text. Ends within ten seconds.
  ///
  /// - Throws: ``InferenceError``; `badKey` when the key is not accepted.
  func models(of provider: String, at endpoint: EndpointURL, key: APIKey?) async throws -> [FoundModel]

  /// The servers that answer at the usual addresses of this machine. Ends within ten seconds.
  func localServers() async -> [FoundServer]

  /// A door to a provider. Asks nobody.
  ///
  /// - Parameter times: how long a call may take.
  func provider(named name: String, at endpoint: EndpointURL, key: APIKey?, times: CallTimes) -> any ModelProvider
}

/// What holds of every ``ModelFinder``.
package enum ModelFinding {
  /// How many models of a provider's list are kept.
  package static let modelsMax = 2_000
}
