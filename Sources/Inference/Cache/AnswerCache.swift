package import Storage
import Synchronization
package import Vocabulary

/// Whole answers that were given before, for requests that are equal in everything that decides an answer.
///
/// A cache is never a reason to fail: what cannot be read, opened or written is a miss, and is counted. Answers are sealed,
/// each for its own row, so that one that was changed or moved does not open. Equal requests at the same time are asked
/// once: the others wait for that answer, and ask themselves when it does not come.
package final class AnswerCache: Sendable {
  /// Canonical JSON of an answer; a longer one is not kept.
  package static let answerBytesMax = 1 << 20

  private struct Flight: Hashable {
    let workspace: WorkspaceID
    let key: AnswerKey
  }

  private let database: any Database
  private let sealer: any Sealer
  private let bounds: AnswerTables.Bounds
  package let tally: CacheTally
  private let flights = Mutex<[Flight: [AsyncStream<Never>.Continuation]]>([:])

  package static let migrations = AnswerTables.migrations

  /// - Parameter tally: told what is found and what is not.
  package convenience init(database: any Database, sealer: any Sealer, tally: CacheTally) {
    self.init(database: database, sealer: sealer, tally: tally, bounds: AnswerTables.Bounds())
  }

  init(database: any Database, sealer: any Sealer, tally: CacheTally, bounds: AnswerTables.Bounds) {
    self.database = database
    self.sealer = sealer
    self.tally = tally
    self.bounds = bounds
  }

  /// What a workspace's cache holds, and how looks into all caches of this process went.
  package static func standing(_ tally: CacheTally, in transaction: any ReadTransaction) throws -> CacheStanding {
    try AnswerTables.standing(bounds: AnswerTables.Bounds(), tally.counts, in: transaction)
  }

  /// Finds none of the answers of a workspace any more that were kept until then. What is being asked for now is kept when
  /// it comes. The answers themselves go with ``sweep(in:)``.
  package static func empty(at time: Timestamp, in transaction: any Transaction) throws {
    try AnswerTables.empty(at: time, in: transaction)
  }

  /// Deletes what is not found any more, a part in each transaction, until nothing of it is left.
  package func sweep(in workspace: WorkspaceID) async {
    while await attempting({
      try await self.database.write("cache.sweep", in: workspace) { try AnswerTables.removeStale(in: $0) }
    }) == true {}
  }

  // MARK: For calls

  /// What a caller does who wants an answer.
  enum Entry: Sendable {
    case found(StoredAnswer)
    /// Ask, and say that it is over with ``leave(_:in:)``, whatever becomes of it.
    case ask
  }

  /// Finds an answer, waiting for one that is being asked for.
  ///
  /// - Throws: `CancellationError`.
  func enter(_ key: AnswerKey, in workspace: WorkspaceID) async throws -> Entry {
    let flight = Flight(workspace: workspace, key: key)
    while true {
      let (stream, continuation) = AsyncStream<Never>.makeStream()
      let isFirst = flights.withLock { flights in
        guard flights[flight] != nil else {
          flights[flight] = []
          return true
        }
        flights[flight]?.append(continuation)
        return false
      }
      guard isFirst else {
        for await _ in stream {}
        try Task.checkCancellation()
        continue
      }
      guard let answer = await find(key, in: workspace) else { return .ask }
      leave(key, in: workspace)
      return .found(answer)
    }
  }

  /// Whoever was told to ask has asked.
  func leave(_ key: AnswerKey, in workspace: WorkspaceID) {
    let waiting = flights.withLock { $0.removeValue(forKey: Flight(workspace: workspace, key: key)) } ?? []
    for continuation in waiting { continuation.finish() }
  }

  /// Keeps a whole answer for so long, in the place of whichever was there.
  func keep(_ answer: JSONText, as key: AnswerKey, of label: AnswerLabel, for age: Duration, in workspace: WorkspaceID)
    async
  {
    guard answer.json.utf8.count <= Self.answerBytesMax else { return }
    await attempting {
      try await self.database.write("cache.keep", in: workspace) { [sealer = self.sealer, bounds = self.bounds] in
        try AnswerTables.put(answer, as: key, of: label, for: age, sealer, bounds, in: $0)
      }
    }
  }

  private func find(_ key: AnswerKey, in workspace: WorkspaceID) async -> StoredAnswer? {
    let row = await attempting {
      try await self.database.read("cache.find", in: workspace) { try AnswerTables.row(key, in: $0) }
    }
    guard let row = row ?? nil else {
      tally.note { $0.misses += 1 }
      return nil
    }
    do {
      let answer = try row.open(key, sealer, in: workspace)
      tally.note { $0.hits += 1 }
      await attempting {
        try await self.database.write("cache.used", in: workspace) { try AnswerTables.note(key, in: $0) }
      }
      return answer
    } catch {
      tally.note { counts in
        counts.damaged += 1
        counts.misses += 1
      }
      await attempting {
        try await self.database.write("cache.damaged", in: workspace) { try AnswerTables.remove(key, in: $0) }
      }
      return nil
    }
  }

  /// Nothing here is worth the failure of a call.
  @discardableResult private func attempting<Value: Sendable>(
    _ body: @Sendable () async throws -> Value
  ) async -> Value? {
    do { return try await body() } catch {
      tally.note { $0.failures += 1 }
      return nil
    }
  }
}
