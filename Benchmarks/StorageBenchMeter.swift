import CFaultyDisk
import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a round cost this process and its disk: readings before and after.
struct StorageBenchMeter {
  private let cpu = processMicroseconds()
  private let wall = ContinuousClock.now
  private let syncs: Int64
  private let written: Int64
  private let toDisk = bytesSentToDisk()
  private let disk: OpaquePointer

  init(disk: OpaquePointer) {
    self.disk = disk
    syncs = faulty_disk_syncs(disk, Int32(FAULTY_DISK_ANY))
    written = faulty_disk_bytes_written(disk, Int32(FAULTY_DISK_ANY))
  }

  /// - Parameter times: how long each body took for its caller.
  func stop(times: [Duration], commits: Int) -> StorageBenchRound {
    let sorted = times.map(\.microseconds).sorted()
    let bodies = Double(max(1, times.count))
    let syncs = Double(faulty_disk_syncs(disk, Int32(FAULTY_DISK_ANY)) - syncs)
    return StorageBenchRound(
      bodiesPerSecond: bodies / (wall.duration(to: .now).microseconds / 1e6),
      bodiesPerCommit: commits == 0 ? 0 : bodies / Double(commits),
      bodiesPerSync: syncs == 0 ? 0 : bodies / syncs,
      cpuMicroseconds: (processMicroseconds() - cpu) / bodies,
      p50: percentile(sorted, 0.5) / 1000, p99: percentile(sorted, 0.99) / 1000,
      bytesWritten: Double(faulty_disk_bytes_written(disk, Int32(FAULTY_DISK_ANY)) - written) / bodies,
      bytesToDisk: Double(bytesSentToDisk() - toDisk) / bodies)
  }
}

/// One round's figures, each for one body where nothing else is said.
struct StorageBenchRound {
  var bodiesPerSecond: Double
  var bodiesPerCommit: Double
  var bodiesPerSync: Double
  var cpuMicroseconds: Double
  /// Milliseconds.
  var p50: Double
  var p99: Double
  /// As SQLite wrote them, and as the kernel sent them to the device (`write_bytes` of /proc/self/io).
  var bytesWritten: Double
  var bytesToDisk: Double
}

func percentile(_ sorted: [Double], _ part: Double) -> Double {
  sorted.isEmpty ? .nan : sorted[min(sorted.count - 1, Int(Double(sorted.count) * part))]
}

/// User and system time of the whole process.
func processMicroseconds() -> Double {
  Double(clock())  // POSIX: CLOCKS_PER_SEC is a million everywhere.
}

/// 0 where the system does not say.
func bytesSentToDisk() -> Int64 {
  guard let text = try? String(contentsOfFile: "/proc/self/io", encoding: .utf8) else { return 0 }
  let line = text.split(separator: "\n").first { $0.hasPrefix("write_bytes: ") }
  return line.flatMap { Int64($0.dropFirst("write_bytes: ".count)) } ?? 0
}

/// The medians, in microseconds, of writing 4 KiB and `fdatasync`: over what is there, and at the end of a file.
func syncMedians(in folder: String) -> (overwriting: Double, appending: Double) {
  let path = "\(folder)/sync-probe"
  let file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0o600)
  defer {
    close(file)
    unlink(path)
  }
  let page = [UInt8](repeating: 0x5a, count: 4096)
  func times(_ offset: (Int) -> Int) -> [Double] {
    (0..<300).map { index in
      let began = ContinuousClock.now
      pwrite(file, page, page.count, off_t(offset(index)))
      #if canImport(Glibc)
        fdatasync(file)
      #else
        fsync(file)
      #endif
      return began.duration(to: .now).microseconds
    }.sorted()
  }
  let appending = times { $0 * 4096 }
  let overwriting = times { ($0 % 16) * 4096 }
  return (percentile(overwriting, 0.5), percentile(appending, 0.5))
}

/// Of the last minute.
func loadAverage() -> Double {
  var loads = [Double](repeating: 0, count: 3)
  return getloadavg(&loads, 3) > 0 ? loads[0] : .nan
}

extension Duration {
  var microseconds: Double { Double(components.seconds) * 1e6 + Double(components.attoseconds) / 1e12 }
}
