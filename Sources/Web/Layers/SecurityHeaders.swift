import HTTPTypes
import HummingbirdCore

/// What every answer tells a browser not to do.
struct SecurityHeaders: Layer {
  /// No script but our files, no style but our files, no frame around us, and no text that becomes markup.
  static let contentPolicy = [
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'",
    "connect-src 'self'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
    "require-trusted-types-for 'script'", "trusted-types 'none'",
  ].joined(separator: "; ")

  static let fields: HTTPFields = {
    var fields = HTTPFields()
    fields[.contentSecurityPolicy] = contentPolicy
    fields[.xContentTypeOptions] = "nosniff"
    fields[.referrerPolicy] = "no-referrer"
    fields[.openerPolicy] = "same-origin"
    fields[.resourcePolicy] = "same-origin"
    fields[.permissionsPolicy] =
      "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()"
    return fields
  }()

  /// Whether browsers are told to come back over TLS only.
  let isSecure: Bool

  func respond(to exchange: Exchange, next: Onward) async throws -> Response {
    var response = try await next(exchange)
    for field in Self.fields { response.headers[field.name] = field.value }
    if isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    // Answers are one person's, and of the moment; files say otherwise themselves.
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}
