import Testing

@testable import StoragePostgres

@Suite struct StatementCacheTests {
  private func key(_ number: Int, types: [UInt32] = []) -> StatementCache.Key {
    StatementCache.Key(text: "SELECT \(number)", types: types)
  }

  private func insert(_ key: StatementCache.Key, in cache: inout StatementCache) -> (name: String, forgotten: String?) {
    let forgotten = cache.makeRoom()
    let name = cache.newName()
    cache.insert(name, for: key)
    return (name, forgotten)
  }

  private func look(up key: StatementCache.Key, in cache: inout StatementCache) -> String? { cache.name(for: key) }

  @Test func `a statement is found by its text and its types`() {
    var cache = StatementCache(capacity: 4)
    let name = insert(key(1, types: [20]), in: &cache).name
    #expect(look(up: key(1, types: [20]), in: &cache) == name)
    #expect(look(up: key(1, types: [0]), in: &cache) == nil)
    #expect(look(up: key(2, types: [20]), in: &cache) == nil)
  }

  @Test func `the one that was used longest ago is forgotten`() {
    var cache = StatementCache(capacity: 3)
    let names = (1...3).map { insert(key($0), in: &cache).name }
    _ = cache.name(for: key(1))
    #expect(insert(key(4), in: &cache).forgotten == names[1])
    #expect(look(up: key(2), in: &cache) == nil)
    #expect(look(up: key(1), in: &cache) == names[0])
    #expect(insert(key(5), in: &cache).forgotten == names[2])
  }

  @Test func `it never holds more than it may, and never gives a name twice`() {
    var cache = StatementCache(capacity: 8)
    var names: Set<String> = []
    for number in 0..<200 {
      names.insert(insert(key(number), in: &cache).name)
      #expect(cache.count <= 8)
    }
    #expect(names.count == 200)
  }
}
