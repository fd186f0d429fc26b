import HTTPTypes
import HummingbirdCore

/// The pages, one document each, and the files they load.
struct PageRoutes: Sendable {
  let assets: AssetSource

  var routes: [Route] {
    [
      page("sign-in", "Signs in with a one-time link.", access: .open),
      page("start", "Offers a model, and a campaign to begin with.", access: .page),
      page("play", "Plays a campaign.", access: .page),
      page("propose", "Composes a proposal by hand.", access: .page),
      page("dice", "Rolls dice.", access: .page),
      page("journal", "Shows what was done.", access: .page),
      page("calls", "Shows what was asked of models, and what it cost.", access: .page),
      page(
        "settings", "Names the workspace, connects models, makes keys, sets budgets, proves the dice.", access: .page),
      page("about", "Names the version, the licence and whose work is in it.", access: .page),
      Route(.get, "/assets/{path*}", access: .open, facts: .asset, answer: file),
    ]
  }

  private func page(_ name: String, _ summary: String, access: Route.Access) -> Route {
    Route(.get, RouteTemplate("/\(name)"), access: access, facts: .page(name, summary)) { exchange, _ in
      try found("pages/\(name).html").response(to: exchange)
    }
  }

  /// Documents have addresses of their own and are not files.
  @Sendable private func file(_ exchange: Exchange, _ parameters: RouteParameters) async throws -> Response {
    let path = parameters["path"] ?? ""
    guard !path.hasSuffix(".html") else { throw Problem(.unknownPath, "There is no file at this address.") }
    return try found(path).response(to: exchange)
  }

  private func found(_ path: String) throws(Problem) -> Asset {
    guard let asset = assets.asset(at: path) else { throw Problem(.unknownPath, "There is no file at this address.") }
    return asset
  }
}
