import NIOHTTP1

/// What RFC 9112 forbids in a request's head and the parser lets through. Where two readers of the same bytes could come
/// to two meanings, the request is refused.
enum HeadInspection {
  /// Nil when there is nothing wrong.
  static func problem(of head: HTTPRequestHead, limits: WebLimits) -> Problem? {
    guard head.uri.utf8.count <= limits.targetBytes else {
      return Problem(
        .targetTooLong,
        "The address is \(head.uri.utf8.count) bytes long; \(limits.targetBytes) are allowed.")
    }
    guard head.uri.utf8.first == UInt8(ascii: "/") || (head.method == .OPTIONS && head.uri == "*") else {
      return malformed("The request names a whole URL or an authority; it names a path that begins with “/”.")
    }
    return hostProblem(head) ?? framingProblem(head)
  }

  private static func hostProblem(_ head: HTTPRequestHead) -> Problem? {
    let hosts = head.headers["host"]
    guard hosts.count < 2 else { return malformed("There are \(hosts.count) Host headers; one is allowed.") }
    guard !hosts.isEmpty || head.version == .http1_0 else { return malformed("There is no Host header.") }
    return nil
  }

  private static func framingProblem(_ head: HTTPRequestHead) -> Problem? {
    let codings = head.headers["transfer-encoding"]
    let lengths = head.headers["content-length"]
    guard lengths.count < 2 else {
      return malformed("There are \(lengths.count) Content-Length headers; one is allowed.")
    }
    if let length = lengths.first, !isDecimal(length) { return malformed("Content-Length is not a number.") }
    guard !codings.isEmpty else { return nil }
    guard lengths.isEmpty else {
      return malformed("Transfer-Encoding and Content-Length come together; one is allowed.")
    }
    guard head.version != .http1_0 else { return malformed("Transfer-Encoding came with HTTP/1.0, which has none.") }
    guard codings.count == 1, codings[0].lowercased() == "chunked" else {
      return malformed("Transfer-Encoding is not “chunked”, which is the only one allowed.")
    }
    return nil
  }

  private static func isDecimal(_ text: String) -> Bool {
    (1...18).contains(text.utf8.count)
      && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  private static func malformed(_ detail: String) -> Problem { Problem(.malformedRequest, detail) }
}
