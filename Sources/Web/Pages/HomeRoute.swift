import HTTPTypes
import HummingbirdCore
import Operations
import StrictJSON
import Vocabulary

/// The address without a path. It shows nothing of its own: it leads to where somebody wants to go on.
struct HomeRoute: Sendable {
  let desk: OperationDesk

  var route: Route {
    Route(
      .get, "/", access: .anybody, facts: .page("home", "Leads to play, to the first steps, or to the sign-in page.")
    ) {
      exchange, _ in
      Response.seeOther(await destination(of: exchange.visitor.principal))
    }
  }

  /// Whoever has no campaign yet is shown how to begin. Without the feature, or without an answer, the dice are there.
  private func destination(of principal: Principal?) async -> String {
    guard let principal else { return "/sign-in" }
    let call = OperationCall(operation: "list_campaigns", input: ["limit": 1])
    guard let campaigns = try? await desk.read(call, as: principal)["items"]?.items else { return "/dice" }
    return campaigns.isEmpty ? "/start" : "/play"
  }
}
