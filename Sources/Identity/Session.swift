package import Vocabulary

/// A browser that is signed in.
package struct Session: Sendable, Hashable {
  package let id: SessionID
  package let principal: Principal
  package let createdAt: Timestamp
  /// The end whatever happens.
  package let expiresAt: Timestamp
}

/// How long things that let somebody in live.
package struct SignInPolicy: Sendable, Hashable {
  package var linkLifetime: Duration = .seconds(10 * 60)
  /// A session ends this long after its last use,
  package var sessionIdle: Duration = .seconds(14 * 86_400)
  /// and this long after it began in any case.
  package var sessionLifetime: Duration = .seconds(90 * 86_400)
  /// Uses are noted at most this often, so that reading a page is not a write.
  package var useResolution: Duration = .seconds(3600)

  package init() {}
}
