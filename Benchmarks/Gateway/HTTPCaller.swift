#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One kept connection of a client that waits in the kernel, so that what is measured is the other side.
final class HTTPCaller {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  private let socketNumber: Int32
  private var reader = HTTPAnswerReader()
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)

  init(port: Int) throws {
    #if canImport(Glibc)
      socketNumber = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      socketNumber = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    let address = loopbackAddress(port: port)
    let connected = address.withUnsafeBytes {
      connect(socketNumber, $0.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t($0.count))
    }
    guard connected == 0 else { throw Failed(description: "nobody listens at port \(port)") }
    var yes: Int32 = 1
    setsockopt(socketNumber, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
  }

  deinit { close(socketNumber) }

  /// For `poll`.
  var descriptor: Int32 { socketNumber }

  /// Sends a request and waits for the whole answer.
  ///
  /// - Throws: ``Failed`` when there is none, or its status is no success.
  @discardableResult
  func call(_ request: [UInt8]) throws -> HTTPAnswer {
    try send(request)
    while true {
      if let answer = try receive() { return answer }
    }
  }

  func send(_ request: [UInt8]) throws {
    reader = HTTPAnswerReader()
    var sent = 0
    while sent < request.count {
      let count = request.withUnsafeBytes { write(socketNumber, $0.baseAddress.map { $0 + sent }, $0.count - sent) }
      guard count > 0 else { throw Failed(description: "the connection did not take the request") }
      sent += count
    }
  }

  /// Waits for bytes, and reads what is there.
  ///
  /// - Returns: the answer when it is whole.
  func receive() throws -> HTTPAnswer? {
    let count = read(socketNumber, &buffer, buffer.count)
    guard count > 0 else { throw Failed(description: "the connection ended within an answer") }
    guard let answer = try reader.read(buffer[..<count]) else { return nil }
    guard answer.status == 200 else {
      throw Failed(description: "status \(answer.status): \(String(decoding: answer.body.prefix(400), as: UTF8.self))")
    }
    return answer
  }

  /// What has come of the body so far.
  var body: [UInt8] { reader.body }
}

/// The bytes of a `sockaddr_in` of 127.0.0.1. Which C module has the members of that type changes with the order in which
/// modules are loaded.
func loopbackAddress(port: Int) -> [UInt8] {
  #if canImport(Glibc)
    let head = withUnsafeBytes(of: UInt16(AF_INET), Array.init)
  #else
    let head: [UInt8] = [16, UInt8(AF_INET)]
  #endif
  return head + [UInt8(truncatingIfNeeded: port >> 8), UInt8(truncatingIfNeeded: port), 127, 0, 0, 1]
    + [UInt8](repeating: 0, count: 8)
}

struct HTTPAnswer {
  let status: Int
  let body: [UInt8]

  /// How many server-sent events it has.
  var events: Int {
    var count = 0
    for index in body.indices.dropFirst() where body[index] == 10 && body[index - 1] == 10 { count += 1 }
    return count
  }
}

/// Reads an HTTP/1.1 answer with a length or in chunks. Lenient: what measures does not judge.
struct HTTPAnswerReader {
  private enum Stage {
    case head
    case length(Int)
    case size
    case chunk(Int)
    case chunkEnd, last
  }

  private var stage = Stage.head
  private var status = 0
  private var line: [UInt8] = []
  private var length: Int?
  private var isChunked = false
  private(set) var body: [UInt8] = []

  /// - Returns: the answer when these bytes complete it.
  mutating func read(_ bytes: ArraySlice<UInt8>) throws -> HTTPAnswer? {
    var rest = bytes
    while !rest.isEmpty {
      switch stage {
      case .head: if let line = takeLine(&rest), try endsHead(line) { return answer }
      case .size:
        guard let line = takeLine(&rest) else { continue }
        let size = Int(String(decoding: line.prefix { $0 != 0x3B }, as: UTF8.self), radix: 16) ?? 0
        stage = size == 0 ? .last : .chunk(size)
      case .chunk(let left):
        let taken = take(left, &rest)
        stage = taken == left ? .chunkEnd : .chunk(left - taken)
      case .chunkEnd: if takeLine(&rest) != nil { stage = .size }
      case .last: if let line = takeLine(&rest), line.isEmpty { return answer }
      case .length(let left):
        let taken = take(left, &rest)
        if taken == left { return answer }
        stage = .length(left - taken)
      }
    }
    return nil
  }

  private var answer: HTTPAnswer { HTTPAnswer(status: status, body: body) }

  private mutating func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) -> Int {
    let part = rest.prefix(count)
    body += part
    rest = rest.dropFirst(part.count)
    return part.count
  }

  /// A line without its end; nil when it has not ended.
  private mutating func takeLine(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    guard let end = rest.firstIndex(of: 0x0A) else {
      line += rest
      rest = []
      return nil
    }
    line += rest[..<end]
    rest = rest[(end + 1)...]
    if line.last == 0x0D { line.removeLast() }
    defer { line.removeAll(keepingCapacity: true) }
    return line
  }

  /// - Returns: whether the answer ends with its head.
  private mutating func endsHead(_ line: [UInt8]) throws -> Bool {
    let text = String(decoding: line, as: UTF8.self)
    guard !text.isEmpty else {
      if isChunked { stage = .size } else { stage = .length(length ?? 0) }
      return !isChunked && (length ?? 0) == 0
    }
    if status == 0 {
      status = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? -1
      return false
    }
    let field = text.lowercased()
    if field.hasPrefix("content-length:") { length = Int(field.dropFirst(15).filter { $0 != " " }) }
    if field.hasPrefix("transfer-encoding:"), field.hasSuffix("chunked") { isChunked = true }
    return false
  }
}
