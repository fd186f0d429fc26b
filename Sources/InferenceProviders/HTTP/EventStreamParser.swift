/// Reads a stream of server-sent events from bytes that are cut wherever the network cut them.
///
/// Follows the WHATWG HTML standard, section 9.2.6: lines end with LF, CR or CRLF; a byte order mark at the very
/// beginning is passed over; comments and unknown fields too; an event that the stream's end cuts off is dropped.
/// Characters are decoded when their line is whole, so a character may be cut anywhere.
struct EventStreamParser {
  struct Event: Sendable, Hashable {
    /// The `event:` field; empty when there was none.
    var name = ""
    /// The `data:` lines, joined by LF.
    var data = ""
  }

  /// More came than is kept.
  enum Overflow: Error {
    case line(max: Int)
    case event(max: Int)
  }

  let lineBytesMax: Int
  let eventBytesMax: Int
  private var line: [UInt8] = []
  private var name = ""
  private var data: [UInt8] = []
  private var hasData = false
  private var isAfterCarriageReturn = false
  private var isAtBeginning = true

  init(lineBytesMax: Int, eventBytesMax: Int) {
    self.lineBytesMax = lineBytesMax
    self.eventBytesMax = eventBytesMax
  }

  /// The events that `bytes` complete, in order.
  mutating func read(_ bytes: some Collection<UInt8>) throws(Overflow) -> [Event] {
    let result = bytes.withContiguousStorageIfAvailable { bytes in
      Result { () throws(Overflow) in try read(bytes) }
    }
    if let result { return try result.get() }
    return try Array(bytes).withUnsafeBufferPointer { bytes throws(Overflow) in try read(bytes) }
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(Overflow) -> [Event] {
    var events: [Event] = []
    var start = 0
    while start < bytes.count {
      let isSecondHalf = isAfterCarriageReturn && bytes[start] == Self.lineFeed
      isAfterCarriageReturn = false
      if isSecondHalf {
        start += 1
        continue
      }
      var end = start
      while end < bytes.count, bytes[end] != Self.lineFeed, bytes[end] != Self.carriageReturn { end += 1 }
      guard line.count + end - start <= lineBytesMax else { throw .line(max: lineBytesMax) }
      line.append(contentsOf: bytes[start..<end])
      guard end < bytes.count else { break }
      isAfterCarriageReturn = bytes[end] == Self.carriageReturn
      if let event = try endLine() { events.append(event) }
      start = end + 1
    }
    return events
  }

  private mutating func endLine() throws(Overflow) -> Event? {
    defer { line.removeAll(keepingCapacity: true) }
    if isAtBeginning {
      isAtBeginning = false
      if line.starts(with: Self.byteOrderMark) { line.removeFirst(Self.byteOrderMark.count) }
    }
    guard !line.isEmpty else { return dispatch() }
    let colon = line.firstIndex(of: UInt8(ascii: ":"))
    let field = line[..<(colon ?? line.endIndex)]
    var value = colon.map { line[($0 + 1)...] } ?? []
    if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
    if field.elementsEqual("data".utf8) {
      guard data.count + value.count + 1 <= eventBytesMax else { throw .event(max: eventBytesMax) }
      if hasData { data.append(Self.lineFeed) }
      data.append(contentsOf: value)
      hasData = true
    } else if field.elementsEqual("event".utf8) {
      name = String(decoding: value, as: UTF8.self)
    }
    return nil
  }

  private mutating func dispatch() -> Event? {
    defer {
      name = ""
      data.removeAll(keepingCapacity: true)
      hasData = false
    }
    return hasData ? Event(name: name, data: String(decoding: data, as: UTF8.self)) : nil
  }

  private static let lineFeed = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
