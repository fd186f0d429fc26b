import Inference
import StrictJSON
import Vocabulary

extension StoredResponses {
  /// What was said before a response that goes on with another, oldest first: the items of both sides.
  ///
  /// Instructions are no part of it: each response has its own.
  ///
  /// - Parameter name: of the response it goes on with, as the client gave it.
  /// - Throws: ``GatewayFault`` when one of them is not there for this key, has not ended as it should, or there are too many.
  func conversation(
    upTo name: String, of key: GatewayKeyID, in workspace: WorkspaceID
  ) async throws -> [JSON] {
    guard let id = ResponseID(name: name) else { throw GatewayFault.unknownPreviousResponse(name) }
    return try await conversation(upTo: id, of: key, in: workspace) {
      throw GatewayFault.unknownPreviousResponse($0.name)
    }
  }

  /// The input of a response as it was: what was said before, as far as it is still there, and its own items.
  func input(of response: StoredResponse, in workspace: WorkspaceID) async throws -> [JSON] {
    let before =
      if let previous = response.previous {
        try await conversation(upTo: previous, of: response.gatewayKey, in: workspace) { _ in }
      } else {
        [JSON]()
      }
    guard let request = try await store.request(of: response.id, in: workspace) else { return before }
    return before + ResponseItems.input(of: request, for: response.id)
  }

  /// - Parameter missing: told of the first that is not there; when it returns, the conversation begins after it.
  private func conversation(
    upTo id: ResponseID, of key: GatewayKeyID, in workspace: WorkspaceID, missing: (ResponseID) throws -> Void
  ) async throws -> [JSON] {
    var turns: [[JSON]] = []
    var bytes = 0
    var next: ResponseID? = id
    while let id = next {
      guard turns.count < limits.chainMax, bytes <= GatewayRequest.bytesMax else {
        throw Self.tooLong(responses: limits.chainMax)
      }
      guard let response = try await store.response(id, of: key, in: workspace) else {
        try missing(id)
        break
      }
      guard response.status == .completed || response.status == .incomplete else {
        throw GatewayFault(
          .invalidRequest, status: 400, code: "previous_response_not_completed",
          "Previous response with id '\(id.name)' has the status \(response.status.rawValue): nothing goes on with it.",
          param: "previous_response_id")
      }
      guard let request = try await store.request(of: id, in: workspace),
        let answer = try await store.answer(of: id, in: workspace)
      else {
        try missing(id)
        break
      }
      bytes += answer.count + request.compactBytes().count
      turns.append(
        ResponseItems.input(of: request, for: id)
          + ResponseItems.output(of: try JSON(parsing: answer, limits: .stored)))
      next = response.previous
    }
    return turns.reversed().flatMap(\.self)
  }

  private static func tooLong(responses: Int) -> GatewayFault {
    GatewayFault(
      .invalidRequest, status: 400, code: "context_length_exceeded",
      "A conversation goes back over at most \(responses) responses and \(GatewayRequest.bytesMax) bytes.",
      param: "previous_response_id")
  }
}
