import CFaultyDisk
import Foundation
import Logging
import Operations
import Proposals
import Server
import Storage
import StrictJSON

/// What a turn of twenty operations costs: from the decoded proposal to its commit, and the whole of it.
struct TurnBench {
  private let rounds: Int
  private let folder: DataFolder

  init(_ options: Options) throws {
    rounds = try options.number("rounds", 40)
    folder = DataFolder(path: try options.text("data"))
  }

  func run() async throws {
    guard faulty_disk_install() == 0, let disk = faulty_disk_make(folder.path) else {
      throw StorageError(.unavailable, "The disk that counts could not be put in place.")
    }
    defer { faulty_disk_free(disk) }
    let arbiter = try await ArbiterFolder.open(
      folder, as: "bench", settings: ServerSettings(), logger: Logger(label: "bench"))
    _ = try await arbiter.perform(
      OperationCall(operation: "import_campaign", input: try ArbiterFolder.sampleCampaign),
      key: IdempotencyKey("sample"))
    let subject = "campaigns/ashford_mill"
    var commits: [Sample] = []
    var turns: [Sample] = []
    for _ in 0..<rounds {
      commits.append(
        try await Sample.of(disk) {
          _ = try await arbiter.proposals.execute(Self.plan, on: subject, as: arbiter.owner)
        })
      turns.append(
        try await Sample.of(disk) {
          let request = TurnDesk.Request(mode: .act, text: "", proposal: Self.plan)
          var run = try await arbiter.beginRun(request, on: subject, key: try Self.key())
          while !run.isEnded {
            try await Task.sleep(for: .milliseconds(2))
            run = try await arbiter.run(run.id)
          }
          guard run.outcome == .executed else { throw StorageError(.statement, "The turn ended as it should not.") }
        })
    }
    await arbiter.close()
    print(
      """
      turn: 20 operations, \(rounds) rounds, load \(String(format: "%.1f", loadAverage()))
        decoded proposal to commit (check, execute, journal, events): \(Sample.text(commits))
        whole turn by hand, told from its results (begin, rehearse, execute, tell; polled every 2 ms): \(Sample.text(turns))
      """)
  }

  private static func key() throws -> IdempotencyKey {
    guard let key = IdempotencyKey("turn-\(UUID())") else { throw StorageError(.statement, "No key.") }
    return key
  }

  private struct Sample {
    let cpu, wall: Double
    let syncs: Int64

    static func of(_ disk: OpaquePointer, _ work: () async throws -> Void) async throws -> Sample {
      let cpu = processMicroseconds()
      let start = ContinuousClock.now
      let syncs = faulty_disk_syncs(disk, Int32(FAULTY_DISK_ANY))
      try await work()
      return Sample(
        cpu: processMicroseconds() - cpu, wall: start.duration(to: .now).microseconds,
        syncs: faulty_disk_syncs(disk, Int32(FAULTY_DISK_ANY)) - syncs)
    }

    static func text(_ samples: [Sample]) -> String {
      let cpu = samples.map(\.cpu).sorted()
      let wall = samples.map(\.wall).sorted()
      let syncs = samples.map { Double($0.syncs) }.sorted()
      func number(_ value: Double) -> String { String(format: "%.2f", value / 1000) }
      return
        "CPU \(number(percentile(cpu, 0.5))) ms (\(number(cpu.first ?? 0))–\(number(cpu.last ?? 0))), wall "
        + "\(number(percentile(wall, 0.5))) ms, fdatasync \(Int(percentile(syncs, 0.5))) (\(Int(syncs.first ?? 0))–\(Int(syncs.last ?? 0)))"
    }
  }

  /// Nine rolls, nine healings that take them, saves, and a minute that passes.
  private static let plan: JSON = {
    var steps: [JSON] = []
    for index in 0..<9 {
      steps.append([
        "operation": "roll_dice", "input": ["notation": "1d4"], "result_key": .string("r\(index)"),
      ])
      steps.append([
        "operation": "heal",
        "input": ["target": "pc_mira", "amount_ref": .string("r\(index)")],
      ])
    }
    steps.append([
      "operation": "roll_saving_throw_batch",
      "input": ["targets": ["goblin_1", "goblin_2", "goblin_3"], "ability": "dexterity", "dc": 12],
    ])
    steps.append(["operation": "advance_time", "input": ["minutes": 1]])
    return ["operations": .array(steps)]
  }()
}
