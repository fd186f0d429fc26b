import Events
import NIOCore
import StrictJSON

/// Writes what a reader gets as server-sent events (WHATWG HTML, section 9.2). `docs/formats/events.md` shows them.
struct EventFrames {
  private var cursor: EventCursor

  init(from cursor: EventCursor) { self.cursor = cursor }

  /// Comes first: how long to wait before coming back, in milliseconds.
  static let opening = ByteBuffer(string: "retry: 1000\n\n")
  static let heartbeat = ByteBuffer(string: ": heartbeat\n\n")
  /// The server stops; come back.
  static let bye = ByteBuffer(string: "event: bye\ndata: {\"reason\":\"shutdown\"}\n\n")

  /// The frames of one element. Each carries the cursor after it, so that a reader cut anywhere comes back to the frame
  /// that it does not have whole.
  mutating func frames(of element: EventReader.Element) -> ByteBuffer {
    switch element {
    case .idle: return Self.heartbeat
    case .reset(let topic, let reason, let next):
      cursor = next
      let data: JSON = ["topics": [.string(topic.description)], "reason": .string(reason.rawValue)]
      return frame(type: "reset", data: data.canonicalBytes())
    case .events(let events, _):
      var buffer = ByteBuffer()
      for event in events {
        cursor[event.topic] = event.number
        buffer.writeImmutableBuffer(frame(type: event.type, data: event.encoded))
      }
      return buffer
    }
  }

  /// Canonical JSON has no line break, so the data is one line.
  private func frame(type: String, data: [UInt8]) -> ByteBuffer {
    var buffer = ByteBuffer()
    buffer.writeString("id: \(cursor)\nevent: \(type)\ndata: ")
    buffer.writeBytes(data)
    buffer.writeStaticString("\n\n")
    return buffer
  }
}
