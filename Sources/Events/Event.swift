package import StrictJSON
import Vocabulary

/// What is said to the world: a name under which events are numbered, as `rolls` or `runs/0196…`.
package struct Topic: Hashable, Sendable, Comparable, CustomStringConvertible {
  package let description: String

  /// Nil unless `text` is 1 to 100 characters of `a`–`z`, `0`–`9`, `.`, `_`, `/` and `-`.
  package init?(_ text: some StringProtocol) {
    let isPlain = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "/"), UInt8(ascii: "-")].contains(byte)
    }
    guard isPlain, (1...100).contains(text.utf8.count) else { return nil }
    description = String(text)
  }

  package static func < (a: Topic, b: Topic) -> Bool { a.description < b.description }
}

extension Topic: ExpressibleByStringLiteral {
  /// A literal that is no topic is our mistake and stops the program.
  package init(stringLiteral text: StaticString) {
    guard let topic = Topic(text.description) else { preconditionFailure("not a topic: \(text)") }
    self = topic
  }
}

/// An event before it has a number.
package struct EventDraft: Sendable, Hashable {
  package let topic: Topic
  /// Dotted, the noun first: `roll.made`.
  package let type: String
  /// Of the payload's form, from 1.
  package let version: Int
  package let payload: JSON

  package init(topic: Topic, type: StaticString, version: Int = 1, payload: JSON) {
    self.topic = topic
    self.type = type.description
    self.version = version
    self.payload = payload
  }
}

/// An event as every reader gets it.
package struct Event: Sendable, Hashable {
  package let topic: Topic
  /// 1, 2, 3 … within the topic, in the order of the commits, without a gap.
  package let number: Int64
  package let type: String
  /// The whole event as JSON text, made once however many readers there are:
  /// `{"number":…,"payload":…,"time":…,"topic":…,"type":…,"version":…}`.
  package let encoded: [UInt8]

  init(topic: Topic, number: Int64, type: String, version: Int, time: Timestamp, payload: [UInt8]) {
    self.topic = topic
    self.number = number
    self.type = type
    // Canonical order; the payload is canonical already and goes in as it is.
    let head = #"{"number":\#(number),"payload":"#
    let tail =
      #","time":"\#(time)","topic":"\#(topic)","type":\#(JSON.string(type).canonicalText()),"version":\#(version)}"#
    encoded = Array(head.utf8) + payload + Array(tail.utf8)
  }
}
