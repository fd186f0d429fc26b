package import Vocabulary

/// Where programs outside ask for models, in protocols of their own: what an edge hands on, and what it gets back.
package protocol GatewayDoor: Sendable {
  /// Answers a request; what is wrong with it is an answer, too.
  ///
  /// A streamed answer begins with its first piece: until then whatever goes wrong has a status of its own. Cancelling the
  /// task, or letting go of the answer, stops the call.
  ///
  /// - Throws: `CancellationError`.
  func answer(_ request: GatewayRequest) async throws -> GatewayAnswer
}

/// A request to the gateway.
package struct GatewayRequest: Sendable {
  /// Bytes of a body: pictures are in it.
  package static let bytesMax = 48 << 20

  package enum Operation: Sendable, Hashable {
    case chatCompletions, messages, responses, embeddings, models
    case model(String)
    /// A response that is kept, by its id.
    case response(String)
    case cancelResponse(String)
    case deleteResponse(String)
    case responseInput(String)
  }

  /// Names the request in its answer.
  package let id: UniqueID
  package let operation: Operation
  /// By lower-case name.
  package let headers: [String: String]
  /// The query's parameters by name; the first of those with the same name.
  package let query: [String: String]
  /// Nil for one that is larger than is read.
  package let body: [UInt8]?
  /// Where a streamed answer is made; nil: anywhere.
  package let executor: (any TaskExecutor)?

  package init(
    id: UniqueID, operation: Operation, headers: [String: String], query: [String: String] = [:], body: [UInt8]?,
    executor: (any TaskExecutor)? = nil
  ) {
    self.executor = executor
    self.id = id
    self.operation = operation
    self.headers = headers
    self.query = query
    self.body = body
  }
}

package struct GatewayAnswer: Sendable {
  package enum Body: Sendable {
    case whole([UInt8])
    /// Frames, and what may be written between two of them to say nothing.
    case stream(ByteStream, heartbeat: String)
  }

  package let status: Int
  /// Names in lower case.
  package let headers: [(name: String, value: String)]
  package let body: Body

  package init(status: Int, headers: [(name: String, value: String)], body: Body) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}
