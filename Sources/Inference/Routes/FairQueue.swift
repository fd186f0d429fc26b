/// A queue in which callers take turns: one with a thousand calls holds up one with a single call by one place.
struct FairQueue<Caller: Hashable & Sendable, Element: Sendable>: Sendable {
  private var lines: [Caller: [(ticket: UInt64, element: Element)]] = [:]
  /// Whose turn is next.
  private var turns: [Caller] = []
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  mutating func append(_ element: Element, ticket: UInt64, for caller: Caller) {
    if lines[caller, default: []].isEmpty { turns.append(caller) }
    lines[caller, default: []].append((ticket, element))
    count += 1
  }

  mutating func popFirst() -> Element? {
    guard !turns.isEmpty else { return nil }
    let caller = turns.removeFirst()
    guard var line = lines[caller], !line.isEmpty else { return nil }
    let element = line.removeFirst().element
    count -= 1
    lines[caller] = line.isEmpty ? nil : line
    if !line.isEmpty { turns.append(caller) }
    return element
  }

  /// Takes out one who left.
  mutating func remove(_ ticket: UInt64, of caller: Caller) -> Element? {
    guard var line = lines[caller], let place = line.firstIndex(where: { $0.ticket == ticket }) else { return nil }
    let element = line.remove(at: place).element
    count -= 1
    lines[caller] = line.isEmpty ? nil : line
    if line.isEmpty { turns.removeAll { $0 == caller } }
    return element
  }
}
