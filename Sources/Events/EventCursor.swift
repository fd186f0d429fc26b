/// How far a reader has come in each of its topics: the number of the last event it has. 0 is before the first.
///
/// As text, and as the `id:` of a server-sent event: `rolls:17,workspace:3`, topics in order.
package struct EventCursor: Sendable, Hashable {
  /// Topics one reader may follow at once.
  package static let topicsMax = 64

  package private(set) var positions: [Topic: Int64]

  package init(_ positions: [Topic: Int64] = [:]) { self.positions = positions }

  package subscript(topic: Topic) -> Int64 {
    get { positions[topic] ?? 0 }
    set { positions[topic] = newValue }
  }

  /// Reads the text form; nil when it is not one, names a topic twice, or names more than ``topicsMax``.
  package init?(_ text: some StringProtocol) {
    positions = [:]
    guard !text.isEmpty else { return }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count <= Self.topicsMax else { return nil }
    for part in parts {
      guard let colon = part.lastIndex(of: ":"), let topic = Topic(part[..<colon]),
        let number = Int64(part[part.index(after: colon)...]), number >= 0, positions[topic] == nil
      else { return nil }
      positions[topic] = number
    }
  }
}

extension EventCursor: CustomStringConvertible {
  package var description: String {
    positions.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",")
  }
}
