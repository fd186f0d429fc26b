import HTTPTypes
import HummingbirdCore
import Identity
import Storage
import StrictJSON
import Vocabulary

/// Makes a one-time link for the owner. Only a terminal of this machine may ask: whoever is signed in needs none.
struct SignInLinkRoute: Sendable {
  let people: People
  let database: any Database
  let address: PublicAddress
  let limits: WebLimits

  var route: Route {
    Route(.post, "/api/v1/sign-in-links", access: .signedIn, facts: .makeSignInLink, answer: make)
  }

  @Sendable private func make(_ exchange: Exchange, _: RouteParameters) async throws -> Response {
    try QueryCheck.demand([], in: exchange.target)
    guard case .terminal(let owner) = exchange.visitor, let person = owner.person else {
      throw Problem(.forbidden, "Only a terminal of this machine makes sign-in links: arbiter link")
    }
    let body = try await JSONBody.read(exchange.request, limits: limits) ?? .object([:])
    guard body == .object([:]) else {
      throw Problem(.invalidInput, "The body has no fields here; {} is allowed.")
    }
    let (link, expiresAt) = try await database.write("links.make", in: owner.workspace) { [people] transaction in
      try people.makeLink(for: person, in: transaction)
    }
    return .json(
      .object([
        "url": .string("\(address)/sign-in#\(link.text)"), "expiresAt": .string("\(expiresAt)"),
      ]), status: .created)
  }
}
