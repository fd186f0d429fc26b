import Inference
import Vocabulary

/// A response that is kept: whose it is and how it stands. What was asked and what was answered is apart.
struct StoredResponse: Sendable, Hashable, Decodable {
  let id: ResponseID
  /// The key that made it. No other sees it.
  let gatewayKey: GatewayKeyID
  /// The response that it goes on with.
  let previous: ResponseID?
  var status: ResponseDocument.Status
  let isBackground: Bool
  /// Whether its events are kept.
  let isStreamed: Bool
  let createdAt: Timestamp
  /// From when it is not there any more.
  let expiresAt: Timestamp
}

/// What is written of a response at once.
struct ResponseCommit: Sendable {
  /// The response itself and what was asked, with the first commit.
  var new: (response: StoredResponse, request: [UInt8])?
  /// The number of the first of ``frames``.
  var number = 0
  /// Whole events, in order, as they are told.
  var frames: [String] = []
  /// Nil when it stays as it is.
  var status: ResponseDocument.Status?
  /// The whole response, with a status that is an end.
  var answer: [UInt8]?

  var isEmpty: Bool { new == nil && frames.isEmpty && status == nil }
}
