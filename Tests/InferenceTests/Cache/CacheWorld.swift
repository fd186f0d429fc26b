import Storage
import StorageSQLite
import StrictJSON
import Synchronization
import TestKit
import Vault
import Vocabulary

@testable import Inference

/// A cache on a throw-away database, with a model beside it that counts how often it is asked.
struct CacheWorld: Sendable {
  let clock = ManualClock()
  let database: any Database
  let ring: KeyRing
  let cache: AnswerCache
  let tally = CacheTally()
  let books: CallBooks
  let ledger: CallLedger
  let model = CountingModel()
  let random: SeededRandom
  let workspace: WorkspaceID
  let person: PersonID

  init(bounds: AnswerTables.Bounds = AnswerTables.Bounds()) async throws {
    random = SeededRandom(seed: 1)
    let ids = UniqueIDSequence(clock: clock, random: random)
    let scratch = try SQLiteDatabase.scratch(clock: clock, logger: .silent)
    try await scratch.migrate(CallLedger.migrations + AnswerCache.migrations)
    database = scratch
    ring = KeyRing(primary: VaultKey(testing: random.bytes(32)), random: random)
    cache = AnswerCache(database: database, sealer: ring, tally: tally, bounds: bounds)
    ledger = CallLedger(database: database)
    books = CallBooks(ledger: ledger, ids: ids)
    workspace = ids.make()
    person = ids.make()
  }

  func context(person: PersonID? = nil, task: String = "narrate", prompt: String? = "narrate/1") -> CallContext {
    CallContext(
      workspace: workspace, person: person ?? self.person, surface: .tabletop, task: task, prompt: prompt)
  }

  @discardableResult func ask(
    _ words: String = "Well met.", of model: String = "small", as context: CallContext? = nil,
    in cache: AnswerCache? = nil, change: (inout ModelRequest) -> Void = { _ in }
  ) async throws -> ModelAnswer {
    var request = ModelRequest(model: model, messages: [ModelMessage(.user, words)])
    change(&request)
    var route = ModelRoute("careful", entries: [upstream(model)])
    route.cacheAge = .seconds(60)
    route.retry.retriesMax = 0
    let provider = RoutedProvider(
      route, over: Upstreams(clock: ContinuousClock()), for: context ?? self.context(), delivery: .whole,
      random: random, books: books, cache: cache ?? self.cache)
    return try await provider.answer(to: request)
  }

  func upstream(_ model: String) -> Upstream {
    Upstream(
      id: UpstreamID(connection: nil, model: model), provider: self.model,
      price: ModelPrice(inputMicros: 1_000_000, outputMicros: 1_000_000))
  }

  /// The states of the calls in the books, oldest first.
  func states() async throws -> [ModelCallRow.State] {
    await books.drain()
    return try await database.read("test.calls", in: workspace) {
      try CallLedger.calls(CallListing(limit: 100), in: $0).reversed().map(\.state)
    }
  }

  /// Keeps a short answer for a minute, without asking anybody.
  func keep(_ name: String) async throws {
    let key = AnswerKey(of: ["name": .string(name)], at: "test", from: upstream("small"), for: context())
    await cache.keep(
      JSONText(json: "[]"), as: key, of: AnswerLabel(task: "test", provider: "Test", model: "small"), for: .seconds(60),
      in: workspace)
  }

  func empty(in workspace: WorkspaceID) async throws {
    let time = clock.now()
    try await database.write("test.empty", in: workspace) { try AnswerCache.empty(at: time, in: $0) }
  }

  /// How many answers are on the disk, found or not.
  func rows() async throws -> Int {
    try await database.read("test.rows", in: workspace) { try $0.value("SELECT count(*) FROM cached_answers") ?? -1 }
  }

  func standing() async throws -> CacheStanding {
    try await database.read("test.cache", in: workspace) { try AnswerCache.standing(tally, in: $0) }
  }
}

/// Answers with how often it was asked before, or as it is told to.
final class CountingModel: ModelProvider {
  enum Manner: Sendable { case whole, short, refusing, cut }

  private struct State {
    var asked = 0
    var manner = Manner.whole
    var wait: (@Sendable () async -> Void)?
  }

  let name = "Counting"
  let badge: ProviderBadge? = nil
  private let state = Mutex(State())

  var asked: Int { state.withLock { $0.asked } }

  func behave(_ manner: Manner) { state.withLock { $0.manner = manner } }

  /// What is waited for before each answer.
  func wait(_ wait: @escaping @Sendable () async -> Void) { state.withLock { $0.wait = wait } }

  func stream(_ request: ModelRequest) -> ModelStream {
    ModelStream(answering: request, by: name) { [self] sink in
      let (number, manner, wait) = self.state.withLock { state in
        state.asked += 1
        return (state.asked, state.manner, state.wait)
      }
      await wait?()
      if manner == .refusing { throw InferenceError(.badRequest, from: "Counting", "No.") }
      try await sink.send(.started(model: request.model))
      try await sink.send(.text("answer \(number)"))
      if manner == .cut { throw InferenceError(.cut, from: "Counting", "It broke off.") }
      try await sink.send(.usage(TokenUsage(input: 5, output: 2)))
      try await sink.send(.finished(manner == .short ? .length : .stop))
    }
  }
}
