import CFaultyDisk
import Foundation
import TestKit

/// A folder on a disk that fails as a plan says.
///
/// `@unchecked Sendable`: the shim's orders are atomic.
final class SimulatedDisk: @unchecked Sendable {
  struct Unavailable: Error {}

  let path: String
  private let disk: OpaquePointer

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/arbiter-simulation-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    guard faulty_disk_install() == 0, let disk = faulty_disk_make(path) else { throw Unavailable() }
    self.disk = disk
  }

  /// The database in it is closed by now.
  deinit {
    faulty_disk_free(disk)
    try? FileManager.default.removeItem(atPath: path)
  }

  var database: String { "\(path)/arbiter.sqlite" }

  /// What goes wrong in an epoch.
  enum Fault: CustomStringConvertible {
    case none
    case sync(of: Int, at: Int)
    case write(of: Int, at: Int, times: Int)
    case room(Int)

    init(_ random: SeededRandom) {
      let files = [FAULTY_DISK_LOG, FAULTY_DISK_LOG, FAULTY_DISK_DATABASE].map { Int($0) }[random.below(3)]
      switch random.below(8) {
      case 0, 1: self = .none
      case 2...4: self = .sync(of: files, at: 1 + random.below(60))
      case 5, 6: self = .write(of: files, at: 1 + random.below(900), times: 1 + random.below(3))
      default: self = .room(random.below(900_000))
      }
    }

    var description: String {
      switch self {
      case .none: "no fault"
      case .sync(let files, let number): "sync \(number) of files \(files) fails"
      case .write(let files, let number, let times): "writes \(number)…\(number + times - 1) of files \(files) fail"
      case .room(let bytes): "room for \(bytes) bytes"
      }
    }
  }

  func arm(_ fault: Fault) {
    switch fault {
    case .none: break
    case .sync(let files, let number): faulty_disk_fail_sync(disk, CInt(files), Int64(number), 1)
    case .write(let files, let number, let times):
      faulty_disk_fail_write(disk, CInt(files), Int64(number), Int64(times))
    case .room(let bytes): faulty_disk_set_room(disk, Int64(bytes))
    }
  }

  func disarm() {
    faulty_disk_fail_sync(disk, 0, 1, 1)
    faulty_disk_fail_write(disk, 0, 1, 1)
    faulty_disk_set_room(disk, -1)
  }

  /// Copies database and log as they lie there now, as a killed process leaves them. Nobody may be writing.
  func copyFiles(to other: SimulatedDisk) throws {
    let files = FileManager.default
    for name in ["arbiter.sqlite", "arbiter.sqlite-wal"] where files.fileExists(atPath: "\(path)/\(name)") {
      try files.copyItem(atPath: "\(path)/\(name)", toPath: "\(other.path)/\(name)")
    }
  }
}
