import HTTPTypes
import HummingbirdCore
import Operations
import StrictJSON

/// What all journalled state amounts to.
struct StateDigestRoute: Sendable {
  let desk: OperationDesk

  var route: Route {
    Route(.get, "/api/v1/state-digest", access: .signedIn, facts: .stateDigest) { [desk] exchange, _ in
      try QueryCheck.demand([], in: exchange.target)
      return .json(try JSON(encoding: try await desk.stateDigest(as: try exchange.principal())))
    }
  }
}
