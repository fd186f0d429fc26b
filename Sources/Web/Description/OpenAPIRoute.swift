import HTTPTypes
import HummingbirdCore
import NIOCore
import Operations
import StrictJSON

/// The description of the interface, made once.
struct OpenAPIRoute: Sendable {
  private let bytes: ByteBuffer

  init(describing routes: [Route], operations: [OperationFacts]) {
    let own = Self.route { _, _ in throw Problem.internalMistake }
    let document = OpenAPIDocument(routes: routes + [own], operations: operations).document
    bytes = ByteBuffer(bytes: document.canonicalBytes())
  }

  var route: Route {
    Self.route { [bytes] _, _ in
      var headers = HTTPFields()
      headers[.contentType] = "application/json"
      return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
  }

  private static func route(
    _ answer: @escaping @Sendable (Exchange, RouteParameters) async throws -> Response
  ) -> Route {
    Route(.get, "/openapi.json", access: .open, facts: .openAPI, answer: answer)
  }
}
