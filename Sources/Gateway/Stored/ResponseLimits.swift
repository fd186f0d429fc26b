import Inference

/// What bounds responses that are kept.
struct ResponseLimits: Sendable {
  /// How long they are kept, as OpenAI keeps them.
  var lifetime = Duration.seconds(30 * 86_400)
  /// Bytes of a request whose response is kept.
  var requestBytesMax = 8 << 20
  /// Bytes of what a model says, as JSON writes it. Together with a request they are less than a column takes. Beyond this
  /// or one of the next two the run is stopped, and the response has failed.
  var outputBytesMax = 6 << 20
  /// Events of one stream, and their bytes.
  var framesMax = 200_000
  var framesBytesMax = 64 << 20
  /// Runs under way at a time, those that wait for their turn among them; altogether and of one key.
  var runsMax = 512
  var runsOfKeyMax = 256
  /// Runs in the background that ask somebody at a time; the others wait for their turn.
  var backgroundMax = 32
  /// Responses that one conversation goes back over.
  var chainMax = 500
}

extension GatewayFault {
  static func storedTooLarge(bytesMax: Int) -> GatewayFault {
    GatewayFault(
      .tooLarge, status: 413, code: "stored_request_too_large",
      "A request whose response is stored may have \(bytesMax) bytes. With “store”: false it may have \(GatewayRequest.bytesMax)."
    )
  }

  /// How a run ends whose response is larger than is kept.
  static func responseTooLarge(_ limit: String) -> GatewayFault {
    GatewayFault(
      .gateway, status: 500, code: "response_too_large",
      "A stored response may have \(limit). It was stopped there; with “store”: false there is no such limit.")
  }

  /// How a run ends whose server did.
  static let serverRestarted = GatewayFault(
    .gateway, status: 503, code: "server_restarted",
    "The server was stopped or restarted before the answer was whole. What had come is kept.", isRetryable: true)

  /// How a run ends whose response could not be written.
  static let notWritten = GatewayFault(
    .gateway, status: 500, code: "not_written", "The response could not be written to the disk. What was is kept.")

  static func tooManyRuns(_ which: String) -> GatewayFault {
    .rateLimited("\(which). Ask again when one has ended.", retryAfter: .seconds(1))
  }

  static let stopping = GatewayFault(
    .unavailable, status: 503, code: "stopping", "The server is about to stop and begins nothing any more.",
    isRetryable: true)

  /// In OpenAI's words.
  static func unknownResponse(_ name: String) -> GatewayFault {
    .notFound("Response with id '\(name.prefix(100))' not found.")
  }

  /// In OpenAI's words.
  static func unknownPreviousResponse(_ name: String) -> GatewayFault {
    GatewayFault(
      .invalidRequest, status: 400, code: "previous_response_not_found",
      "Previous response with id '\(name.prefix(100))' not found.", param: "previous_response_id")
  }
}
