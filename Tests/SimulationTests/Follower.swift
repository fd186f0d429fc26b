import Events
import Synchronization
import TestKit

/// A reader that comes, reads some, leaves, and comes back with its cursor; also after a crash.
final class Follower: Sendable {
  static let topics: [Topic] = ["fairness", "journal", "rolls", "workspace"]

  private struct State {
    var cursor = EventCursor(Dictionary(uniqueKeysWithValues: Follower.topics.map { ($0, 0) }))
    /// Every event that was seen, by topic, in order.
    var seen: [Topic: [[UInt8]]] = [:]
  }

  let name: String
  private let random: SeededRandom
  private let state = Mutex(State())

  init(name: String, random: SeededRandom) {
    self.name = name
    self.random = random
  }

  var seen: [Topic: [[UInt8]]] { state.withLock { $0.seen } }

  /// Follows until the server ends its readers.
  func run(_ arbiter: TestWorkspace, _ ledger: Ledger) async {
    while true {
      let cursor = state.withLock { $0.cursor }
      var reader = arbiter.events.follow(cursor, in: arbiter.workspace).makeAsyncIterator()
      for _ in 0...random.below(20) {
        do {
          guard let element = try await reader.next() else { return }
          note(element, ledger)
        } catch {
          ledger.find("\(name): \(error)")
          return
        }
      }
    }
  }

  private func note(_ element: EventReader.Element, _ ledger: Ledger) {
    guard !ledger.isFrozen else { return }
    switch element {
    case .idle: break
    case .reset(let topic, let reason, _): ledger.find("\(name): \(topic) was reset: \(reason.rawValue)")
    case .events(let page, let cursor):
      state.withLock { state in
        for event in page {
          let wanted = Int64(state.seen[event.topic, default: []].count) + 1
          if event.number != wanted {
            ledger.find("\(name): \(event.topic) \(event.number) came where \(wanted) is next")
          }
          state.seen[event.topic, default: []].append(event.encoded)
        }
        state.cursor = cursor
      }
    }
  }
}
