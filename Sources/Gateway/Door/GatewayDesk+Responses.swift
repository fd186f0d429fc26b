import Inference
import Storage
import StrictJSON
package import Vocabulary

// Responses that are kept: made here, and read, stopped and taken away again, by the key that made them and no other.
extension GatewayDesk {
  /// Answers a request of the Responses protocol.
  func respond(_ request: GatewayRequest, for caller: Caller) async throws -> GatewayAnswer {
    let body = try body(of: request)
    let facts = try ClientProtocol.responses.facts(of: body, bytes: request.bodyBytes)
    guard facts.isStored || !facts.isBackground else {
      throw GatewayFault(
        .invalidRequest, status: 400, code: "background_not_stored",
        "A response in the background is stored: “store” cannot be false.", param: "background")
    }
    let call = try await call(request, facts, body, task: ClientProtocol.responses.rawValue, for: caller)
    let asked = try await asked(of: call, for: caller)
    return try await facts.isStored ? keep(call, asked, for: caller) : translate(call, .responses, asked)
  }

  /// The request, translated, with what was said before it where it goes on with another response.
  private func asked(of call: Call, for caller: Caller) async throws -> ClientRequest {
    // What is wrong with the request is told with its places there, not with those in the conversation.
    let alone = try ClientProtocol.responses.request(of: call.body, bytes: call.request.bodyBytes)
    guard let previous = call.facts.previousResponse, case .object(var body) = call.body else { return alone }
    let before = try await responses.conversation(upTo: previous, of: caller.key.id, in: caller.workspace)
    let own = body["input"]?.items ?? [["role": "user", "content": body["input"] ?? .null]]
    body["previous_response_id"] = nil
    body["input"] = .array(before + own)
    let whole = try ClientProtocol.responses.request(of: .object(body), bytes: call.request.bodyBytes)
    return ClientRequest(
      body: call.body, facts: alone.facts, request: whole.request,
      untranslated: alone.untranslated.filter { $0 != "/previous_response_id" })
  }

  // MARK: Making one

  private func keep(_ call: Call, _ asked: ClientRequest, for caller: Caller) async throws -> GatewayAnswer {
    let response = StoredResponse(
      id: ResponseID(call.request.id), gatewayKey: caller.key.id,
      previous: call.facts.previousResponse.flatMap { ResponseID(name: $0) },
      status: call.facts.isBackground ? .queued : .inProgress, isBackground: call.facts.isBackground,
      isStreamed: call.facts.isStreamed, createdAt: call.head.created,
      expiresAt: call.head.created.advanced(by: responses.limits.lifetime))
    let reader = try await responses.begin(response, asking: run(call, asked), in: caller.workspace)
    let headers = Self.lost(asked.untranslated) + Self.kept(response)
    if response.isStreamed {
      return .events(try await Self.stream(reader, after: -1), .responses, headers: headers)
    }
    if response.isBackground {
      var document = ResponseDocument(head: call.head)
      document.status = .queued
      return .json(document.json, headers: headers)
    }
    return .whole(try await reader.answer(), headers: headers)
  }

  private func run(_ call: Call, _ asked: ClientRequest) -> ResponseRun.Asked {
    ResponseRun.Asked(
      provider: provider(for: call), request: asked.request, head: call.head, body: call.request.body ?? [])
  }

  /// At most a piece ahead of its reader: what a slow one has not read is on the disk.
  private static func stream(_ reader: ResponseReader, after number: Int) async throws -> ByteStream {
    try await ByteStream.begin(ahead: 1) { write in try await reader.read(after: number, write) }
  }

  private static func kept(_ response: StoredResponse) -> [(name: String, value: String)] {
    [("arbiter-expires-at", "\(response.expiresAt)")]
  }

  /// Begins the runs that were queued when an earlier process ended. To be called once, when calls can be made.
  ///
  /// - Throws: `StorageError`. What cannot be begun has failed, and its response says so.
  package func beginQueued(in workspace: WorkspaceID) async throws {
    for response in try await responses.store.responses(.queued, in: workspace)
    where responses.runs.run(of: response.id) == nil {
      do {
        try await beginAgain(response, in: workspace)
      } catch let error as StorageError {
        throw error
      } catch {
        try await responses.store.recover(response, because: ResponseRun.fault(error), in: workspace)
      }
    }
  }

  private func beginAgain(_ response: StoredResponse, in workspace: WorkspaceID) async throws {
    guard let key = try await keys.key(response.gatewayKey, in: workspace) else {
      throw GatewayFault.unauthorized("The key of this response was revoked, or has expired.")
    }
    let caller = Caller(key: key, workspace: workspace)
    guard let body = try await responses.store.request(of: response.id, in: workspace) else {
      throw GatewayFault.unknownResponse(response.id.name)
    }
    let request = GatewayRequest(
      id: response.id.raw, operation: .responses, headers: [:], body: body.compactBytes())
    let facts = try ClientProtocol.responses.facts(of: body, bytes: request.bodyBytes)
    let call = try await call(
      request, facts, body, task: ClientProtocol.responses.rawValue, for: caller, at: response.createdAt)
    try responses.beginAgain(response, asking: run(call, try await asked(of: call, for: caller)), in: workspace)
  }

  // MARK: Those that are kept

  /// A response as it stands, or its events.
  func show(response name: String, _ request: GatewayRequest, for caller: Caller) async throws -> GatewayAnswer {
    let query = try ResponseQuery(request.query)
    // Asked for first: one that ends after this is on the disk when it is looked for there.
    let reader = ResponseID(name: name).map { responses.reader(of: $0, in: caller.workspace) }
    let response = try await response(name, for: caller)
    guard query.isStreamed else { return try await document(of: response, in: caller.workspace) }
    guard response.isStreamed else {
      throw GatewayFault(
        .invalidRequest, status: 400, code: "not_streamed",
        "This response was made without “stream”: its events were not kept.", param: "stream")
    }
    guard let reader else { throw GatewayFault.unknownResponse(name) }
    let count =
      if let feed = reader.feed { feed.count } else {
        try await responses.store.frameCount(of: response.id, in: caller.workspace)
      }
    try query.check(against: count)
    return .events(try await Self.stream(reader, after: query.after), .responses, headers: Self.kept(response))
  }

  func cancel(response name: String, for caller: Caller) async throws -> GatewayAnswer {
    let response = try await response(name, for: caller)
    guard response.isBackground else {
      throw GatewayFault(
        .invalidRequest, status: 400, code: "not_in_background", "Cannot cancel a synchronous response.",
        param: "response_id")
    }
    await responses.runs.stop(response.id, because: .cancelled)
    return try await document(of: try await self.response(name, for: caller), in: caller.workspace)
  }

  func delete(response name: String, for caller: Caller) async throws -> GatewayAnswer {
    let response = try await response(name, for: caller)
    await responses.runs.stop(response.id, because: .deleted)
    try await responses.store.delete(response.id, in: caller.workspace)
    return .json(["id": .string(response.id.name), "object": "response", "deleted": true])
  }

  func listInput(of name: String, _ request: GatewayRequest, for caller: Caller) async throws -> GatewayAnswer {
    let page = try ItemPage(request.query)
    let response = try await response(name, for: caller)
    return .json(try page.list(of: try await responses.input(of: response, in: caller.workspace)))
  }

  private func response(_ name: String, for caller: Caller) async throws -> StoredResponse {
    guard let id = ResponseID(name: name),
      let response = try await responses.store.response(id, of: caller.key.id, in: caller.workspace)
    else { throw GatewayFault.unknownResponse(name) }
    return response
  }

  private func document(of response: StoredResponse, in workspace: WorkspaceID) async throws -> GatewayAnswer {
    let headers = Self.kept(response)
    if let answer = try await responses.store.answer(of: response.id, in: workspace) {
      return .whole(answer, headers: headers)
    }
    guard let request = try await responses.store.request(of: response.id, in: workspace) else {
      throw GatewayFault.unknownResponse(response.id.name)
    }
    var document = ResponseDocument(head: try response.head(of: request))
    document.status = response.status
    return .json(document.json, headers: headers)
  }
}
