import HTTPTypes
import Identity
import Vocabulary

/// The cookie that carries a session's secret.
///
/// Over TLS its name begins with `__Host-`, which browsers bind to this very host and to `Secure`.
struct SessionCookie: Sendable {
  /// Credentials tried in one request, when a browser sends several cookies of the name.
  static let candidatesMax = 4

  let isSecure: Bool

  var name: String { isSecure ? "__Host-arbiter_session" : "arbiter_session" }

  /// What the request's cookies of our name hold, in order; what does not read as a credential is passed over.
  func credentials(in headers: HTTPFields) -> [Credential] {
    headers[values: .cookie]
      .flatMap { $0.split(separator: ";") }
      .compactMap { pair -> Credential? in
        let pair = pair.drop { $0 == " " || $0 == "\t" }
        guard let equals = pair.firstIndex(of: "="), pair[..<equals] == name else { return nil }
        return Credential(pair[pair.index(after: equals)...])
      }
      .prefix(Self.candidatesMax).map { $0 }
  }

  func setting(_ credential: Credential, until end: Timestamp, now: Timestamp) -> String {
    let seconds = max(0, end.duration(since: now).components.seconds)
    return "\(name)=\(credential.text); Max-Age=\(seconds)\(attributes)"
  }

  var clearing: String { "\(name)=; Max-Age=0\(attributes)" }

  private var attributes: String { "; Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "") }
}
