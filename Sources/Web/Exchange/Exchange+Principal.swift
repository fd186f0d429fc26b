import Identity
import Vocabulary

extension Exchange {
  /// Who asks, on a route for those who are signed in.
  func principal() throws(Problem) -> Principal {
    guard let principal = visitor.principal else { throw Problem(IdentityError.signedOut) }
    return principal
  }
}
