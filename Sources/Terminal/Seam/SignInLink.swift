package import Vocabulary

/// Lets whoever opens it first sign in, once.
package struct SignInLink: Codable, Sendable, Hashable {
  package let url: String
  package let expiresAt: Timestamp

  package init(url: String, expiresAt: Timestamp) {
    self.url = url
    self.expiresAt = expiresAt
  }
}
