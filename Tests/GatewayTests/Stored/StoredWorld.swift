import Inference
import Storage
import StorageSQLite
import StrictJSON
import Synchronization
import TestKit
import Testing
import Vault
import Vocabulary

@testable import Gateway

/// Responses that are kept on a throw-away database, asked of a model that says what it is told.
struct StoredWorld: Sendable {
  let clock = ManualClock()
  let random: SeededRandom
  let ids: UniqueIDSequence
  let ring: KeyRing
  let database: any Database
  let disk: FailingDatabase
  let workspace: WorkspaceID
  let key: GatewayKeyID
  let responses: StoredResponses

  init(seed: UInt64 = 1, limits: ResponseLimits = ResponseLimits()) async throws {
    random = SeededRandom(seed: seed)
    ids = UniqueIDSequence(clock: clock, random: random)
    ring = KeyRing(primary: VaultKey(testing: random.bytes(32)), random: random)
    let scratch = try SQLiteDatabase.scratch(clock: clock, logger: .silent)
    try await scratch.migrate(Gateway.migrations)
    database = scratch
    disk = FailingDatabase(scratch)
    workspace = ids.make()
    key = ids.make()
    responses = StoredResponses(database: disk, sealer: ring, limits: limits)
    try await addKey(key)
  }

  /// The same disk after a restart: nothing in memory.
  var restarted: StoredResponses { StoredResponses(database: database, sealer: ring) }

  func addKey(_ key: GatewayKeyID) async throws {
    let made = GatewayKey(
      id: key, name: "tests", hint: "test", models: [], person: nil, createdAt: clock.now(), expiresAt: nil)
    try await database.write("test.key", in: workspace) {
      try GatewayKeyTables.apply(.created(made, digest: "\(key)"), in: $0)
    }
  }

  /// Begins a response, as the door does.
  func begin(
    _ model: ScriptedModel, input: JSON = "well met", isStreamed: Bool = true, isBackground: Bool = false,
    key: GatewayKeyID? = nil
  ) async throws -> (id: ResponseID, reader: ResponseReader) {
    let response = self.response(isStreamed: isStreamed, isBackground: isBackground, key: key)
    let reader = try await responses.begin(
      response, asking: try asked(model, response, input: input), in: workspace)
    return (response.id, reader)
  }

  func response(isStreamed: Bool = true, isBackground: Bool = false, key: GatewayKeyID? = nil) -> StoredResponse {
    StoredResponse(
      id: ids.make(), gatewayKey: key ?? self.key, previous: nil, status: isBackground ? .queued : .inProgress,
      isBackground: isBackground, isStreamed: isStreamed, createdAt: clock.now(),
      expiresAt: clock.now().advanced(by: .seconds(30 * 86_400)))
  }

  func asked(
    _ model: ScriptedModel, _ response: StoredResponse, input: JSON = "well met"
  ) throws -> ResponseRun.Asked {
    let body: JSON = ["model": "m", "input": input, "background": .bool(response.isBackground)]
    return ResponseRun.Asked(
      provider: model, request: ModelRequest(model: "m", messages: [ModelMessage(.user, "well met")]),
      head: try response.head(of: body), body: body.compactBytes())
  }

  /// Every byte of a response from an event on, to its end.
  func bytes(of id: ResponseID, after number: Int = -1, from responses: StoredResponses? = nil) async throws -> [UInt8]
  {
    try await (responses ?? self.responses).reader(of: id, in: workspace).bytes(after: number)
  }

  /// Returns when a response has ended.
  func end(of id: ResponseID) async throws -> JSON {
    try JSON(parsing: try await responses.reader(of: id, in: workspace).answer(), limits: .stored)
  }

  func count(_ table: SchemaName) async throws -> Int {
    try await database.read("test.count", in: workspace) { try $0.value("SELECT COUNT(*) FROM \(name: table)") ?? -1 }
  }
}

extension ResponseReader {
  func bytes(after number: Int = -1) async throws -> [UInt8] {
    let read = Mutex<[UInt8]>([])
    try await self.read(after: number) { bytes in read.withLock { $0 += bytes } }
    return read.withLock { $0 }
  }
}

/// Says its events, one after the other.
final class ScriptedModel: ModelProvider {
  let name = "Script"
  let requests = Mutex(0)
  /// Open since it was asked first.
  let asked = Latch()
  private let events: [ModelEvent]
  private let failure: InferenceError?
  private let held: (Int, Latch)?

  /// - Parameters:
  ///   - hold: before the event with this number it waits for the latch.
  ///   - failure: what it ends with instead of an end.
  init(_ events: [ModelEvent], hold: (Int, Latch)? = nil, failure: InferenceError? = nil) {
    self.events = events
    self.failure = failure
    held = hold
  }

  /// An answer in these pieces.
  convenience init(saying pieces: [String], hold: (Int, Latch)? = nil) {
    self.init(
      [.started(model: "m-1")] + pieces.map { .text($0) } + [
        .usage(TokenUsage(input: 3, output: 2)), .finished(.stop),
      ],
      hold: hold)
  }

  func stream(_ request: ModelRequest) -> ModelStream {
    ModelStream(answering: request, by: name) { [self] sink in
      requests.withLock { $0 += 1 }
      asked.open()
      for (number, event) in events.enumerated() {
        if let (place, latch) = held, place == number { try await latch.wait() }
        try await sink.send(event)
      }
      if let held, held.0 >= events.count { try await held.1.wait() }
      if let failure { throw failure }
    }
  }
}

/// Lets nobody through until it is opened.
final class Latch: Sendable {
  private let state = Mutex<(isOpen: Bool, waiting: [AsyncStream<Void>.Continuation])>((false, []))

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.finish() }
  }

  /// - Throws: `CancellationError` when the task is cancelled.
  func wait() async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    let isOpen = state.withLock { state in
      if !state.isOpen { state.waiting.append(continuation) }
      return state.isOpen
    }
    if isOpen { continuation.finish() }
    for await _ in stream {}
    try Task.checkCancellation()
  }
}

/// A database whose appends fail from some commit on, before anything is written.
final class FailingDatabase: Database {
  private let database: any Database
  private let left = Mutex<Int?>(nil)

  init(_ database: any Database) { self.database = database }

  struct Broken: Error {}

  /// Appends work so many times more; nil: always.
  func fail(after count: Int?) { left.withLock { $0 = count } }

  var health: DatabaseHealth { database.health }

  func write<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any Transaction) throws -> T
  ) async throws -> T {
    if label.description == "responses.append" {
      try left.withLock { left in
        guard let count = left else { return }
        guard count > 0 else { throw Broken() }
        left = count - 1
      }
    }
    return try await database.write(label, in: workspace, body)
  }

  func read<T: Sendable>(
    _ label: StaticString, in workspace: WorkspaceID, _ body: @escaping @Sendable (any ReadTransaction) throws -> T
  ) async throws -> T { try await database.read(label, in: workspace, body) }
}

/// What a client of server-sent events has of a stream that may be cut anywhere: whole events, and the number of the last.
struct EventClient {
  private(set) var bytes: [UInt8] = []
  private var rest: [UInt8] = []
  private(set) var last = -1

  mutating func receive(_ more: some Sequence<UInt8>) throws {
    rest += more
    let frames = Frames.split(rest)
    for frame in frames {
      let line = try #require(frame.split(separator: "\n").first { $0.hasPrefix("data: ") })
      let number = try #require(try JSON(parsing: String(line.dropFirst(6)))["sequence_number"]?.int64)
      #expect(Int(number) == last + 1, "nothing twice, and nothing left out")
      last = Int(number)
      bytes += Array(frame.utf8)
    }
    rest.removeFirst(frames.reduce(0) { $0 + $1.utf8.count })
  }

  /// The connection is gone, and with it what was half there.
  mutating func cut() { rest = [] }
}
