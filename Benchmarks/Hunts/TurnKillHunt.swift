import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import Operations
import Proposals
import Server
import Storage
import StrictJSON
import Vocabulary

/// Kills a server while a turn is taken, at a moment of chance, and starts it again: every turn ends in a stated way, none
/// is done twice, and the journal rebuilds to the same state. Goes on until each stage was hit often enough.
struct TurnKillHunt {
  private let perStage: Int
  private let roundsMax: Int
  private let folder: DataFolder
  private let ledger: String
  private let program: String
  private let seed: UInt64

  /// Minutes that a turn lets pass in the campaign; what the clock shows at the end tells how often it was done.
  private static let minutes: Int64 = 7

  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  init(_ options: Options) throws {
    perStage = try options.number("per-stage", 5)
    roundsMax = try options.number("rounds", 600)
    folder = DataFolder(path: try options.text("data"))
    ledger = try options.text("ledger")
    program = try options.text("program", ".build/release/arbiter")
    seed = UInt64(clamping: try options.number("seed", Int.random(in: 0...1_000_000)))
  }

  func run() async throws {
    print("kill-turns: seed \(seed), at least \(perStage) kills a stage, data \(folder.path), ledger \(ledger)")
    let begun = try await found()
    let client = HTTPClient(eventLoopGroupProvider: .singleton)
    var random = SplitMix(state: seed)
    var stages: [String: Int] = [:]
    var runs: [RunID] = []
    var unknown = 0
    var round = 0
    while round < roundsMax, missing(stages) != nil {
      round += 1
      // Every other strike falls by chance; the rest wait for a stage that was not hit often enough: some last for less
      // than a hundredth of a second.
      let moment: Moment =
        random.next() % 2 == 0
        ? .after(.microseconds(Int(random.next() % 120_000))) : .at(missing(stages) ?? .narrating)
      let (id, stage) = try await strike(client, round: round, moment)
      if let id { runs.append(id) } else { unknown += 1 }
      stages[stage, default: 0] += 1
      if round.isMultiple(of: 20) {
        print("kill-turns: round \(round), \(Self.text(stages))")
        fflush(nil)
      }
    }
    try await client.shutdown()
    print("kills by stage: \(Self.text(stages))")
    try await check(runs, since: begun, unknown: unknown)
    guard missing(stages) == nil else {
      throw Failed(description: "not every stage was hit \(perStage) times in \(roundsMax) rounds")
    }
    print("\(round) passed, 0 failed")
  }

  /// The first stage that was not hit often enough.
  private func missing(_ stages: [String: Int]) -> Run.Stage? {
    Run.Stage.allCases.first { stages[$0.rawValue, default: 0] < perStage }
  }

  private static func text(_ counts: [String: Int]) -> String {
    counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  /// The sample campaign and the built-in model; gives the campaign's time in minutes.
  private func found() async throws -> Int64 {
    let arbiter = try await opened("turn hunt")
    let call = OperationCall(operation: "import_campaign", input: try ArbiterFolder.sampleCampaign)
    _ = try await arbiter.perform(call, key: IdempotencyKey("sample"))
    _ = try await arbiter.perform(
      OperationCall(operation: "choose_model", input: ["builtIn": true]), key: IdempotencyKey("model"))
    let time = try await time(of: arbiter)
    await arbiter.close()
    return time
  }

  private func opened(_ role: String) async throws -> ArbiterFolder {
    try await ArbiterFolder.open(folder, as: role, settings: ServerSettings(), logger: Logger(label: "turns"))
  }

  private func time(of arbiter: ArbiterFolder) async throws -> Int64 {
    let shown = try await arbiter.read(
      OperationCall(operation: "show_campaign", input: ["id": "ashford_mill"]))
    let time = shown["campaign"]?["time"]
    return ((time?["day"]?.int64 ?? 0) * 24 + (time?["hour"]?.int64 ?? 0)) * 60 + (time?["minute"]?.int64 ?? 0)
  }

  /// When the server dies.
  private enum Moment {
    /// So long after the turn was sent.
    case after(Duration)
    /// As soon as the turn is seen there.
    case at(Run.Stage)
  }

  /// One turn, one kill, one restart until the turn has ended.
  private func strike(_ client: HTTPClient, round: Int, _ moment: Moment) async throws -> (RunID?, String) {
    let server = ServerProcess(program: program, folder: folder)
    try server.launch()
    let address = try await server.address()
    let token = try server.token
    let watcher = try await ArbiterFolder.openForReading(folder, logger: Logger(label: "turns"))
    let before = try await newest(of: watcher)?.number ?? 0
    try note("sent turn-\(round)")
    async let answer = begin(client, address, token, key: "turn-\(round)")
    switch moment {
    case .after(let delay): try await Task.sleep(for: delay)
    case .at(let stage): try await watch(watcher, for: stage, after: before)
    }
    server.kill()
    await server.wait()
    await watcher.close()
    let told = await answer
    try note(told.map { "acknowledged turn-\(round) \($0)" } ?? "unknown turn-\(round)")
    let stage = try await stageAtDeath()
    // The next start goes on with it.
    let again = ServerProcess(program: program, folder: folder)
    try again.launch()
    let there = try await again.address()
    try await waitForEnd(client, there, try again.token)
    again.kill(SIGTERM)
    await again.wait()
    return (told, stage)
  }

  private func begin(_ client: HTTPClient, _ address: String, _ token: String, key: String) async -> RunID? {
    var request = HTTPClientRequest(url: "\(address)/api/v1/campaigns/ashford_mill/runs")
    request.method = .POST
    request.headers = [
      "authorization": "Bearer \(token)", "content-type": "application/json", "idempotency-key": key,
    ]
    request.body = .bytes(Array(#"{"text":"wait \#(Self.minutes) minutes"}"#.utf8))
    guard let response = try? await client.execute(request, timeout: .seconds(5)), response.status == .created,
      let body = try? await response.body.collect(upTo: 1 << 20),
      let json = try? JSON(parsing: Array(body.readableBytesView))
    else { return nil }
    return json["id"]?.text.flatMap { RunID($0) }
  }

  /// Returns when the new turn is in `stage`, or past it, or does not come.
  private func watch(_ arbiter: ArbiterFolder, for stage: Run.Stage, after number: Int64) async throws {
    let end = ContinuousClock.now + .seconds(3)
    while ContinuousClock.now < end {
      if let run = try await newest(of: arbiter), run.number > number, run.stage == stage || run.isEnded { return }
    }
  }

  private func newest(of arbiter: ArbiterFolder) async throws -> Run? {
    try await arbiter.turns.runs(on: "campaigns/ashford_mill", limit: 1, as: arbiter.owner).items.first
  }

  /// Where the newest turn stood when the server died.
  private func stageAtDeath() async throws -> String {
    let arbiter = try await ArbiterFolder.openForReading(folder, logger: Logger(label: "turns"))
    let newest = try await newest(of: arbiter)
    await arbiter.close()
    return newest?.stage?.rawValue ?? "between turns"
  }

  private func waitForEnd(_ client: HTTPClient, _ address: String, _ token: String) async throws {
    var request = HTTPClientRequest(url: "\(address)/api/v1/campaigns/ashford_mill/runs?limit=1")
    request.headers = ["authorization": "Bearer \(token)"]
    for _ in 0..<2000 {
      let response = try await client.execute(request, timeout: .seconds(10))
      let body = try await response.body.collect(upTo: 4 << 20)
      let newest = try JSON(parsing: Array(body.readableBytesView))["items"]?.items?.first
      if newest == nil || newest?["outcome"]?.text != nil { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw Failed(description: "a turn did not end after the restart")
  }

  private func note(_ line: String) throws {
    let file = open(ledger, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    defer { close(file) }
    let bytes = Array("\(line)\n".utf8)
    guard write(file, bytes, bytes.count) == bytes.count else { throw Failed(description: "the ledger takes no line") }
  }

  /// Every acknowledged turn is there and ended; what was done was done once.
  private func check(_ acknowledged: [RunID], since begun: Int64, unknown: Int) async throws {
    let arbiter = try await opened("turn check")
    var outcomes: [String: Int] = [:]
    var executed: Int64 = 0
    var there: Set<RunID> = []
    var doubled: [RunID] = []
    var before: Int64?
    repeat {
      let page = try await arbiter.turns.runs(
        on: "campaigns/ashford_mill", before: before, limit: 100, as: arbiter.owner)
      for run in page.items {
        there.insert(run.id)
        outcomes[run.outcome?.rawValue ?? "not ended", default: 0] += 1
        if run.outcome == .executed { executed += 1 }
        if run.operations.count > 1 { doubled.append(run.id) }
      }
      before = page.next
    } while before != nil
    let missing = acknowledged.filter { !there.contains($0) }
    let passed = try await time(of: arbiter) - begun
    let verified = try await arbiter.verifyJournal(expecting: nil) { _, _ in }
    let rebuilt = try await arbiter.rebuild(reexecuting: true) { _, _ in }
    await arbiter.close()
    print(
      """
      turns \(there.count): \(outcomes.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
      acknowledged \(acknowledged.count), missing \(missing.count), unknown to the caller \(unknown), doubled \(doubled.count)
      minutes passed \(passed), due \(executed * Self.minutes)
      chain \(verified.isWhole ? "whole" : "BROKEN"), rebuild \(rebuilt.isEqual ? "equal" : "DIFFERENT \(rebuilt.differences)")
      """)
    guard missing.isEmpty, doubled.isEmpty, outcomes["not ended"] == nil, passed == executed * Self.minutes,
      verified.isWhole, rebuilt.isEqual
    else { throw Failed(description: "a turn was lost, doubled, or left half done") }
  }
}
