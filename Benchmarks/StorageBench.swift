import CFaultyDisk
import Foundation
import GRDB
import Logging
import Storage
import StorageSQLite
import Vocabulary

/// `bench storage`: what it costs to write one operation's rows durably, through group commit and, side by side, as one
/// transaction with one sync for each body on a GRDB queue.
///
///     bench storage [--folder DIR] [--seconds 3] [--rounds 3] [--callers 1,16,256]
///
/// Every figure is printed as median (least–greatest) of the rounds. The CPU is the process's; what the load generator
/// takes itself is measured by a run of the same callers without a database and taken off.
enum StorageBench {
  static func run(_ arguments: [String]) async throws {
    func option(_ name: String, _ fallback: String) -> String {
      guard let place = arguments.firstIndex(of: "--\(name)"), place + 1 < arguments.count else { return fallback }
      return arguments[place + 1]
    }
    let base = option("folder", FileManager.default.temporaryDirectory.path)
    let plan = StorageBenchPlan(
      seconds: Double(option("seconds", "3")) ?? 3, rounds: max(1, Int(option("rounds", "3")) ?? 3),
      callers: option("callers", "1,16,256").split(separator: ",").compactMap { Int($0) })
    let room = try StorageBenchRoom(in: base)
    defer { room.remove() }

    let sync = syncMedians(in: room.folder)
    print("storage: 5 statements a body (effect, event number, event, journal of 400 bytes, idempotency key)")
    print("\(plan.rounds) rounds of \(plan.seconds) s each, median (least–greatest); \(room.folder)")
    print(
      "fdatasync of 4 KiB: p50 \(rounded(sync.overwriting)) µs overwriting, \(rounded(sync.appending)) µs appending")
    print("load average before: \(rounded(loadAverage(), 2))\n")
    print(StorageBenchTable.heading)
    for delay in [0, 3_000] {
      if delay > 0 { print("\nwith \(delay / 1000) ms added to each sync") }
      for callers in plan.callers { try await compare(callers, delay: delay, plan, room) }
    }
    print("\nload average after: \(rounded(loadAverage(), 2))")
  }

  private static func compare(_ callers: Int, delay: Int, _ plan: StorageBenchPlan, _ room: StorageBenchRoom)
    async throws
  {
    faulty_disk_delay_syncs(room.disk, 0)
    var plain: [StorageBenchRound] = []
    var group: [StorageBenchRound] = []
    var nothing: [StorageBenchRound] = []
    for _ in 0..<plan.rounds {
      let writers: (any StorageBenchWriter, any StorageBenchWriter) = (
        try await PlainWriter(room.newPath()), try await GroupWriter(room.newPath())
      )
      faulty_disk_delay_syncs(room.disk, Int64(delay))
      plain.append(try await round(writers.0, callers, plan, room))
      group.append(try await round(writers.1, callers, plan, room))
      faulty_disk_delay_syncs(room.disk, 0)
      try await writers.0.close()
      try await writers.1.close()
      nothing.append(try await round(NoWriter(), callers, plan, room))
    }
    let generator = median(nothing.map(\.cpuMicroseconds))
    print(StorageBenchTable.row("plain", callers, plain, generator: generator))
    print(StorageBenchTable.row("group", callers, group, generator: generator))
    if callers == 1 {
      let ratio = median(group.map(\.p50)) / median(plain.map(\.p50))
      print(
        "          one caller's p50 is \(rounded(ratio, 2)) times plain's; generator \(rounded(generator, 1)) µs a body"
      )
    } else {
      print("          generator \(rounded(generator, 1)) µs a body")
    }
  }

  /// Every caller writes one body after the other until the time is up.
  private static func round(
    _ writer: any StorageBenchWriter, _ callers: Int, _ plan: StorageBenchPlan, _ room: StorageBenchRoom
  ) async throws -> StorageBenchRound {
    let commits = writer.commits
    let meter = StorageBenchMeter(disk: room.disk)
    let end = ContinuousClock.now.advanced(by: .seconds(plan.seconds))
    let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
      for caller in 0..<callers {
        group.addTask {
          var random = BenchRandom(seed: UInt64(caller) &* 7_919)
          var times: [Duration] = []
          var began = ContinuousClock.now
          while began < end {
            try await writer.write(StorageBenchRows(caller: caller, sequence: times.count, random: &random))
            let now = ContinuousClock.now
            times.append(began.duration(to: now))
            began = now
          }
          return times
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    return meter.stop(times: times, commits: (writer.commits - commits))
  }
}

struct StorageBenchPlan: Sendable {
  let seconds: Double
  let rounds: Int
  let callers: [Int]
}

/// The folder that a run works in, on the disk that counts and dawdles.
struct StorageBenchRoom {
  let folder: String
  let disk: OpaquePointer

  struct NoDisk: Error {}

  init(in base: String) throws {
    folder = "\(base)/arbiter-bench-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard faulty_disk_install() == 0, let disk = faulty_disk_make(folder) else { throw NoDisk() }
    self.disk = disk
  }

  func newPath() -> String { "\(folder)/\(UUID().uuidString).sqlite" }

  func remove() {
    try? FileManager.default.removeItem(atPath: folder)
    faulty_disk_free(disk)
  }
}
