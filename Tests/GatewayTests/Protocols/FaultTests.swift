import Gateway
import Inference
import StrictJSON
import Testing

@Suite("A fault as clients read it")
struct FaultTests {
  @Test(
    arguments: [
      (InferenceError.Kind.badKey, 502, false, "server_error", "api_error"),
      (.rateLimited, 429, true, "rate_limit_error", "rate_limit_error"),
      (.overloaded, 503, true, "server_error", "overloaded_error"),
      (.refused, 503, true, "server_error", "overloaded_error"),
      (.stalled, 504, true, "server_error", "timeout_error"), (.cut, 502, true, "server_error", "api_error"),
      (.untrusted, 502, false, "server_error", "api_error"),
      (.nonsense, 502, false, "server_error", "api_error"), (.tooLarge, 502, false, "server_error", "api_error"),
      (.badRequest, 400, false, "invalid_request_error", "invalid_request_error"),
      (.contentFiltered, 400, false, "invalid_request_error", "invalid_request_error"),
      (.contextLength, 400, false, "invalid_request_error", "invalid_request_error"),
      (.unknownModel, 404, false, "invalid_request_error", "not_found_error"),
      (.overBudget, 429, false, "insufficient_quota", "billing_error"),
    ] as [(InferenceError.Kind, Int, Bool, String, String)])
  func `of an upstream has a status, a word of each protocol, and says whether to ask again`(
    kind: InferenceError.Kind, status: Int, again: Bool, openAI: String, anthropic: String
  ) {
    let fault = GatewayFault(InferenceError(kind, from: "Acme", "Acme is out."))
    #expect(fault.status == status && fault.isRetryable == again)
    #expect(fault.headers.first { $0.name == "x-should-retry" }?.value == "\(again)")
    for speaks in [ClientProtocol.chatCompletions, .responses] {
      let error = speaks.refusal(fault)["error"]
      #expect(error?["type"]?.text == openAI && error?["code"]?.text == fault.code)
      #expect(error?["message"]?.text?.contains("Acme is out.") == true && error?["param"] == .null)
    }
    let document = ClientProtocol.messages.refusal(fault)
    #expect(document["type"] == "error" && document["error"]?["type"]?.text == anthropic)
  }

  @Test func `every kind of upstream failure is in the table`() {
    for kind in InferenceError.Kind.allCases {
      #expect([400, 404, 429, 502, 503, 504].contains(GatewayFault(InferenceError(kind, from: "A", "b")).status))
    }
  }

  @Test func `of the upstream's key says that the client's own is fine`() {
    let fault = GatewayFault(InferenceError(.badKey, from: "Acme", "Acme does not accept the key."))
    #expect(fault.message.hasPrefix("Your own key is fine"))
  }

  @Test func `of content has the code that clients look for`() {
    let fault = GatewayFault(InferenceError(.contentFiltered, from: "Acme", "No."))
    #expect(ClientProtocol.chatCompletions.refusal(fault)["error"]?["code"] == "content_filter")
  }

  @Test(arguments: [
    (Duration.seconds(2), "2", "2000"), (.milliseconds(1_500), "2", "1500"), (.nanoseconds(1), "1", "1"),
    (.seconds(-5), "0", "0"), (.seconds(1_000_000), "86400", "86400000"),
  ])
  func `tells when to come back, rounded up`(delay: Duration, seconds: String, milliseconds: String) {
    let headers = GatewayFault.rateLimited("Slower.", retryAfter: delay).headers
    #expect(headers.first { $0.name == "retry-after" }?.value == seconds)
    #expect(headers.first { $0.name == "retry-after-ms" }?.value == milliseconds)
  }

  @Test(arguments: [
    (GatewayFault.unauthorized("No key."), 401, "authentication_error", "authentication_error"),
    (.forbidden(model: "m"), 403, "permission_error", "permission_error"),
    (.unknownModel("m"), 404, "invalid_request_error", "not_found_error"),
    (.tooLarge(bytesMax: 5), 413, "invalid_request_error", "request_too_large"),
    (.unprocessable("No.", code: "untranslatable", param: "/n"), 422, "invalid_request_error", "invalid_request_error"),
    (.budgetExceeded("Used up."), 429, "insufficient_quota", "billing_error"),
    (.internalFault, 500, "server_error", "api_error"),
  ])
  func `of the gateway has its status and words`(fault: GatewayFault, status: Int, openAI: String, anthropic: String) {
    #expect(fault.status == status)
    #expect(ClientProtocol.chatCompletions.refusal(fault)["error"]?["type"]?.text == openAI)
    #expect(ClientProtocol.messages.refusal(fault)["error"]?["type"]?.text == anthropic)
  }

  @Test func `of a budget is not to be asked again`() {
    let fault = GatewayFault.budgetExceeded("Used up.")
    #expect(fault.headers.map(\.name) == ["x-should-retry"] && fault.headers[0].value == "false")
    #expect(ClientProtocol.chatCompletions.refusal(fault)["error"]?["code"] == "insufficient_quota")
  }

  @Test func `of a request carries every place and what is allowed there`() throws {
    let fault = try #require(
      ClientProtocol.chatCompletions.fault(of: ["messages": [["role": "king", "content": "x"]], "model": "m"]))
    let error = ClientProtocol.chatCompletions.refusal(fault)["error"]
    #expect(error?["param"] == "/messages/0/role")
    #expect(error?["errors"]?[0]?["allowed"]?[2] == "user")
  }

  @Test func `inside a stream is an event of its protocol`() throws {
    let fault = GatewayFault(InferenceError(.overloaded, from: "Acme", "Busy."))
    func event(_ speaks: ClientProtocol) throws -> SentEvent {
      var writer = speaks.writer(try speaks.head())
      _ = writer.frames(for: .started(model: "m"))
      _ = writer.frames(for: .text("x"))
      let frames = writer.failure(fault)
      #expect(frames.count == 1)
      return try SentEvent(frames[0])
    }
    let chat = try event(.chatCompletions)
    #expect(chat.name == nil && chat.json["error"]?["type"] == "server_error")
    let messages = try event(.messages)
    #expect(messages.name == "error" && messages.json["error"]?["type"] == "overloaded_error")
    let responses = try event(.responses)
    #expect(responses.name == "response.failed" && responses.json["response"]?["status"] == "failed")
  }

  @Test func `of a text that is no JSON has the byte in it`() throws {
    do throws(JSONFault) {
      _ = try JSON(parsing: #"{"a":}"#)
    } catch {
      let fault = GatewayFault.unreadable(error)
      #expect(fault.status == 400 && fault.message.contains("Byte 5") && fault.param == "/a")
    }
  }
}
