import Events
import HTTPTypes
import StrictJSON

/// What a reader asks for: topics, and where in each it is.
///
/// `Last-Event-ID`, which a browser sends by itself when it comes back, wins over the query's `after`. A topic that
/// neither names is read from its beginning. Positions in topics that were not asked for are passed over.
struct StreamRequest: Sendable, Hashable {
  static let parameters = ["topics", "after"]

  let cursor: EventCursor

  init(_ target: RequestTarget, _ headers: HTTPFields) throws(Problem) {
    try QueryCheck.demand(Self.parameters, in: target)
    let topics = try Self.topics(target.value(of: "topics"))
    let after = try Self.cursor(target.value(of: "after"), from: "after")
    let last = try Self.cursor(headers[.lastEventID], from: "Last-Event-ID")
    var cursor = EventCursor()
    for topic in topics { cursor[topic] = last.positions[topic] ?? after.positions[topic] ?? 0 }
    self.cursor = cursor
  }

  private static func topics(_ text: String?) throws(Problem) -> [Topic] {
    let names = (text ?? "").split(separator: ",", omittingEmptySubsequences: false)
    guard let text, !text.isEmpty, names.count <= EventCursor.topicsMax else {
      throw refusal("missing", "1 to \(EventCursor.topicsMax) topics are named, separated by commas.")
    }
    var topics: [Topic] = []
    for name in names {
      guard let topic = Topic(name) else {
        throw refusal(
          "invalid",
          "“\(name.prefix(100))” is no topic; allowed: 1 to 100 characters of a–z, 0–9, “.”, “_”, “/” and “-”.")
      }
      guard !topics.contains(topic) else { throw refusal("duplicate", "The topic “\(topic)” is named twice.") }
      topics.append(topic)
    }
    return topics
  }

  private static func cursor(_ text: String?, from place: String) throws(Problem) -> EventCursor {
    guard let cursor = EventCursor(text ?? "") else {
      throw Problem(
        .malformedCursor, "\(place) is “\((text ?? "").prefix(100))”. Allowed: topic:number, separated by commas.")
    }
    return cursor
  }

  private static func refusal(_ code: String, _ message: String) -> Problem {
    Problem(
      .invalidQuery, "The query cannot be used: \(message)",
      errors: [FieldError(pointer: "/topics", code: code, message: message)])
  }
}
