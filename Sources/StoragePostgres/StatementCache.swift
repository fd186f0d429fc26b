/// Which statements a session has prepared, least recently used first out.
struct StatementCache {
  /// A text with the types of its values: NULL has none, so the same text can be prepared more than once.
  struct Key: Hashable {
    let text: String
    let types: [UInt32]
  }

  private struct Entry {
    let name: String
    var lastUse: UInt64
  }

  let capacity: Int
  private var entries: [Key: Entry] = [:]
  private var uses: UInt64 = 0
  private var names: UInt64 = 0

  init(capacity: Int) { self.capacity = max(capacity, 1) }

  var count: Int { entries.count }

  /// The name under which the server knows `key`; nil when it does not.
  mutating func name(for key: Key) -> String? {
    uses += 1
    entries[key]?.lastUse = uses
    return entries[key]?.name
  }

  /// A name that this session has not used yet.
  mutating func newName() -> String {
    names += 1
    return "arbiter_\(names)"
  }

  /// Makes room for one more, and tells which name the server shall forget. A look over all entries: with a few hundred,
  /// and only when a text is new and the cache is full, that costs less than keeping them in order at each use.
  mutating func makeRoom() -> String? {
    guard entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) else {
      return nil
    }
    entries[oldest.key] = nil
    return oldest.value.name
  }

  mutating func insert(_ name: String, for key: Key) {
    uses += 1
    entries[key] = Entry(name: name, lastUse: uses)
  }
}
