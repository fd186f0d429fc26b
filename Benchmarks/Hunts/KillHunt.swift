import Foundation
import Storage
import Synchronization

/// Kills a server at random moments under load, starts it again, and at the end compares what callers were told with what
/// is there.
struct KillHunt {
  private let rounds: Int
  private let writers: Int
  private let folder: DataFolder
  private let ledgerPath: String
  private let program: String
  private let seed: UInt64

  init(_ options: Options) throws {
    rounds = try options.number("rounds", 50)
    writers = try options.number("writers", 32)
    folder = DataFolder(path: try options.text("data"))
    ledgerPath = try options.text("ledger")
    program = try options.text("program", ".build/release/arbiter")
    seed = UInt64(clamping: try options.number("seed", Int.random(in: 0...1_000_000)))
  }

  func run() async throws {
    print("kill: seed \(seed), \(rounds) rounds, \(writers) writers, data \(folder.path), ledger \(ledgerPath)")
    var random = SplitMix(state: seed)
    var stages: [String: Int] = [:]
    var total = Writers.Tally()
    for round in 1...rounds {
      // One kill in ten falls into the start, the others under load.
      let isStarting = random.next() % 10 == 0
      let delay = Duration.milliseconds(isStarting ? Int(random.next() % 60) : 100 + Int(random.next() % 900))
      let (stage, tally) = try await strike(epoch: round, after: delay, whileStarting: isStarting)
      stages[stage, default: 0] += 1
      total.acknowledged += tally.acknowledged
      total.unknown += tally.unknown
      total.refused.merge(tally.refused, uniquingKeysWith: +)
    }
    print(
      "kills by stage: \(stages.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))")
    print("acknowledged \(total.acknowledged), unknown \(total.unknown), refused \(total.refused)")
    try await LedgerCheck(folder: folder, ledger: ledgerPath).run()
    print("\(rounds) passed, 0 failed")
  }

  private func strike(epoch: Int, after delay: Duration, whileStarting: Bool) async throws -> (String, Writers.Tally) {
    let server = ServerProcess(program: program, folder: folder)
    try server.launch()
    guard !whileStarting else {
      try await Task.sleep(for: delay)
      server.kill()
      await server.wait()
      return ("starting", Writers.Tally())
    }
    let address = try await server.address()
    let token = try server.token
    let isOver = Flag()
    let ledger = try Ledger(ledgerPath)
    async let tally = Writers(count: writers, ledger: ledger).run(
      at: address, token: token, epoch: epoch, until: { isOver.isSet })
    try await Task.sleep(for: delay)
    server.kill()
    isOver.set()
    await server.wait()
    return ("under load", await tally)
  }
}

/// Set once.
final class Flag: Sendable {
  private let state = Mutex(false)
  var isSet: Bool { state.withLock { $0 } }
  func set() { state.withLock { $0 = true } }
}

/// Numbers that are the same in every run with the same seed.
struct SplitMix {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
