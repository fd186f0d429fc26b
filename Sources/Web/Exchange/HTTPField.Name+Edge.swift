import HTTPTypes

extension HTTPField.Name {
  static let fetchSite = known("Sec-Fetch-Site")
  static let idempotencyKey = known("Idempotency-Key")
  static let idempotencyReplayed = known("Idempotency-Replayed")
  static let requestID = known("X-Request-Id")
  static let lastEventID = known("Last-Event-ID")
  static let link = known("Link")
  static let forwarded = known("Forwarded")
  static let forwardedFor = known("X-Forwarded-For")
  static let acceleratedBuffering = known("X-Accel-Buffering")
  static let referrerPolicy = known("Referrer-Policy")
  static let openerPolicy = known("Cross-Origin-Opener-Policy")
  static let resourcePolicy = known("Cross-Origin-Resource-Policy")
  static let permissionsPolicy = known("Permissions-Policy")

  /// A name that is written above, and so is one.
  private static func known(_ name: StaticString) -> HTTPField.Name {
    guard let field = HTTPField.Name(name.description) else { preconditionFailure("not a field name: \(name)") }
    return field
  }
}
