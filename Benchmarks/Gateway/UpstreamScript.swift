import NIOCore

/// What ``BenchUpstream`` says, made once.
struct UpstreamScript: Sendable {
  enum Answer {
    case atOnce(ByteBuffer)
    case paced
  }

  /// Events of a stream that is answered at once, the mark of the end counted. With those of ``beginning`` and ``ending``
  /// about 16 KB.
  static let frames = 68

  let pacedFrames: Int
  /// What everything but a call is answered with: lists of models, questions after health.
  let description: ByteBuffer
  /// Head and first event of a paced stream.
  let beginning: ByteBuffer
  /// The last events of a paced stream, and the end of its body.
  let ending: ByteBuffer
  private let whole: ByteBuffer
  private let stream: ByteBuffer

  init(pacedFrames: Int) {
    self.pacedFrames = pacedFrames
    description = Self.document(
      #"{"object":"list","data":[{"id":"quick","object":"model"},{"id":"paced","object":"model"}]}"#)
    whole = Self.document(
      #"{"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"quick","choices":[{"index":0,"#
        + #""message":{"role":"assistant","content":"The tide turns at six, and the gate is open until then."},"#
        + #""finish_reason":"stop"}],"usage":{"prompt_tokens":24,"completion_tokens":14,"total_tokens":38}}"#)
    beginning = ByteBuffer(string: Self.streamHead + Self.event(Self.chunk(#"{"role":"assistant","content":""}"#)))
    let last = [Self.chunk("{}", reason: #""stop""#), Self.usage, "[DONE]"].map(Self.event).joined()
    ending = ByteBuffer(string: last + "0\r\n\r\n")
    let middle = (0..<Self.frames - 4).map { Self.event(Self.chunk(#"{"content":"word \#($0) of it"}"#)) }.joined()
    stream = ByteBuffer(
      string: Self.streamHead + Self.event(Self.chunk(#"{"role":"assistant","content":""}"#)) + middle + last
        + "0\r\n\r\n")
  }

  func answer(to body: ByteBuffer) -> Answer {
    let text = String(buffer: body)
    guard text.contains(#""stream":true"#) || text.contains(#""stream": true"#) else { return .atOnce(whole) }
    return text.contains(#""paced""#) ? .paced : .atOnce(stream)
  }

  /// One event of a paced stream: its number, and when it was written, in nanoseconds of the machine's steady clock.
  func frame(_ number: Int, at time: NIODeadline) -> ByteBuffer {
    ByteBuffer(
      string: Self.event(Self.chunk(#"{"content":"<\#(number)@\#(time.uptimeNanoseconds)>"}"#, model: "paced")))
  }

  // MARK: Parts

  private static func document(_ text: String) -> ByteBuffer {
    ByteBuffer(
      string: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)")
  }

  private static let streamHead =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n"

  /// An event in a chunk of its own.
  private static func event(_ data: String) -> String {
    let text = "data: \(data)\n\n"
    return "\(String(text.utf8.count, radix: 16))\r\n\(text)\r\n"
  }

  private static func chunk(_ delta: String, reason: String = "null", model: String = "quick") -> String {
    #"{"id":"chatcmpl-7f3b1c52d0a94e6d","object":"chat.completion.chunk","created":1790000000,"model":"\#(model)","#
      + #""system_fingerprint":"fp_0a1b2c","choices":[{"index":0,"delta":\#(delta),"logprobs":null,"#
      + #""finish_reason":\#(reason)}]}"#
  }

  private static let usage =
    #"{"id":"chatcmpl-7f3b1c52d0a94e6d","object":"chat.completion.chunk","created":1790000000,"model":"quick","#
    + #""choices":[],"usage":{"prompt_tokens":24,"completion_tokens":64,"total_tokens":88}}"#
}
