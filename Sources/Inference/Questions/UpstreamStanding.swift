package import Vocabulary

/// How a connection fares: what runs over it, what is held against its models, and when it was last of use.
package struct UpstreamStanding: Sendable, Hashable, Codable {
  /// A model that failed lately.
  package struct Trouble: Sendable, Hashable, Codable {
    package let model: String
    /// How many attempts in a row failed; 0 where the provider asked to be left alone.
    package let failures: Int
    /// How long nobody is let through; nil while it is only watched.
    package let restsMicros: Int64?

    package init(_ trouble: Upstreams.Trouble) {
      model = trouble.upstream.model
      failures = trouble.failures
      restsMicros = trouble.pause?.wholeMicroseconds
    }
  }

  /// The last look at its address and its key.
  package struct Check: Sendable, Hashable, Codable {
    package let at: Timestamp
    package let isUsable: Bool
    package let message: String

    package init(at: Timestamp, isUsable: Bool, message: String) {
      self.at = at
      self.isUsable = isUsable
      self.message = message
    }
  }

  package let connection: ModelConnectionID
  /// Calls that are under way, and that wait.
  package let underWay: Int
  package let waiting: Int
  package let troubles: [Trouble]
  /// Nil: not among the newest ``CallListing/slowestAmong`` attempts.
  package let lastUsedAt: Timestamp?
  package let check: Check?

  package init(
    _ connection: ModelConnectionID, over upstreams: Upstreams, lastUsedAt: Timestamp?, check: Check?
  ) {
    self.connection = connection
    (underWay, waiting) = upstreams.load(of: connection)
    troubles = upstreams.troubles.filter { $0.upstream.connection == connection }.map(Trouble.init)
      .sorted { $0.model < $1.model }
    self.lastUsedAt = lastUsedAt
    self.check = check
  }
}
