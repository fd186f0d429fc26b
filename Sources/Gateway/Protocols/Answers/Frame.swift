import Inference
import StrictJSON

/// The text of one server-sent event, put together by hand: the path of every piece of every answer.
struct Frame {
  private var bytes: [UInt8] = []

  /// - Parameter event: the `event:` line; nil for none.
  init(event: StaticString? = nil, capacity: Int = 0) {
    bytes.reserveCapacity(256 + capacity)
    if let event {
      raw("event: ")
      raw(event)
      raw("\n")
    }
    raw("data: ")
  }

  /// Text of the protocol, which needs no escape.
  mutating func raw(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func raw(_ text: [UInt8]) { bytes += text }

  /// Text from outside, in quotation marks. A line break in it is escaped, so that it cannot end the event.
  mutating func quoted(_ text: String) { bytes.appendQuoted(text) }

  mutating func number(_ number: Int) { bytes.appendDecimal(Int64(number)) }

  mutating func value(_ value: JSON) { bytes.appendCompact(value) }

  /// The event, ended.
  consuming func text() -> String {
    raw("\n\n")
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension TokenUsage {
  /// What both sides used; nil unless both were told.
  var total: Int64? {
    guard let input, let output else { return nil }
    let (sum, isTooMuch) = input.addingReportingOverflow(output)
    return isTooMuch ? nil : sum
  }
}

extension JSON {
  /// A number that may not be known.
  init(_ count: Int64?) { self = count.map { .integer($0) } ?? .null }
}
