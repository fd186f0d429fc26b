/// A place that calls are sent to: the upstream itself, or a gateway before it.
struct GatewayTarget: Sendable {
  let name: String
  let port: Int
  /// nil for the upstream, which runs in this process.
  var process: ProcessTree?
  /// What a caller shows.
  var key: String?
  /// Whether it can do as many calls as the others while they are measured.
  var isFast = true

  /// A chat completion as clients send it.
  func request(_ model: String, isStreamed: Bool) -> [UInt8] {
    let stream = isStreamed ? #","stream":true,"stream_options":{"include_usage":true}"# : ""
    let body =
      #"{"model":"\#(model)","messages":[{"role":"system","content":"You are brief."},"#
      + #"{"role":"user","content":"When does the tide turn, and until when is the gate open?"}],"max_tokens":64\#(stream)}"#
    let authorization = key.map { "Authorization: Bearer \($0)\r\n" } ?? ""
    return Array(
      """
      POST /v1/chat/completions HTTP/1.1\r
      Host: 127.0.0.1:\(port)\r
      Content-Type: application/json\r
      Accept: application/json\r
      \(authorization)Content-Length: \(body.utf8.count)\r
      \r
      \(body)
      """.utf8)
  }
}
