// Scripts of Anthropic's messages protocol.
extension [ModelServer.Step] {
  /// An answer in pieces, with what comes before and after it as Anthropic sends it.
  package static func message(
    _ pieces: [String], model: String = "test-model", reason: String = "end_turn",
    input: Int? = nil, output: Int? = nil
  ) -> Self {
    messageBeginning(pieces, model: model, input: input)
      + [.named("content_block_stop", #"{"type":"content_block_stop","index":0}"#)]
      + messageEnding(reason: reason, output: output)
  }

  /// The beginning of an answer: head, start, a block of text and these pieces.
  package static func messageBeginning(_ pieces: [String], model: String = "test-model", input: Int? = nil) -> Self {
    [.streamHead, .messageStart(model: model, input: input), .named("ping", #"{"type":"ping"}"#)]
      + [
        .named(
          "content_block_start", #"{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}"#)
      ]
      + pieces.map { piece in
        .named(
          "content_block_delta",
          #"{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":\#(piece.jsonText)}}"#)
      }
  }

  /// The reason of the end, the mark of the end, and the end.
  package static func messageEnding(reason: String, output: Int? = nil) -> Self {
    let usage = output.map { #","usage":{"output_tokens":\#($0)}"# } ?? ""
    return [
      .named(
        "message_delta",
        #"{"type":"message_delta","delta":{"stop_reason":"\#(reason)","stop_sequence":null}\#(usage)}"#),
      .named("message_stop", #"{"type":"message_stop"}"#), .end,
    ]
  }
}

extension ModelServer.Step {
  /// An event with a name and this data.
  package static func named(_ name: String, _ data: String) -> Self { .text("event: \(name)\ndata: \(data)\n\n") }

  package static func messageStart(model: String = "test-model", input: Int? = nil) -> Self {
    let usage = input.map { #","usage":{"input_tokens":\#($0)}"# } ?? ""
    return .named(
      "message_start",
      #"{"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"\#(model)","content":[]\#(usage)}}"#
    )
  }
}

// Scripts of Ollama's chat protocol.
extension [ModelServer.Step] {
  /// An answer in pieces, as Ollama sends it.
  package static func lines(
    _ pieces: [String], model: String = "test-model", reason: String = "stop", input: Int? = nil, output: Int? = nil
  ) -> Self {
    let counts = (input.map { #","prompt_eval_count":\#($0)"# } ?? "") + (output.map { #","eval_count":\#($0)"# } ?? "")
    return linesBeginning(pieces, model: model) + [
      .line(
        #"{"model":"\#(model)","message":{"role":"assistant","content":""},"done":true,"done_reason":"\#(reason)"\#(counts)}"#
      ),
      .end,
    ]
  }

  package static func linesBeginning(_ pieces: [String], model: String = "test-model") -> Self {
    [.lineHead]
      + pieces.map { piece in
        .line(#"{"model":"\#(model)","message":{"role":"assistant","content":\#(piece.jsonText)},"done":false}"#)
      }
  }
}

extension ModelServer.Step {
  /// The head of a stream of lines.
  package static let lineHead = Self.head(status: 200, headers: [["Content-Type", "application/x-ndjson"]])

  package static func line(_ text: String) -> Self { .text("\(text)\n") }
}

extension String {
  /// As a JSON string.
  fileprivate var jsonText: String {
    "\"\(replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n"))\""
  }
}
