import Identity
import Vocabulary

/// Who sent a request, as far as the edge could tell.
enum Visitor: Sendable {
  case nobody
  /// Somebody with a session cookie.
  case session(Session, Credential)
  /// The owner, from a terminal of this machine.
  case terminal(Principal)

  var principal: Principal? {
    switch self {
    case .nobody: nil
    case .session(let session, _): session.principal
    case .terminal(let principal): principal
    }
  }
}
