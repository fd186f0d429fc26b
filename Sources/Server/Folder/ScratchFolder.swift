import Crypto
import Storage
import Synchronization
import Vocabulary

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder that is gone when it is closed. Time stands still in it, and ids and dice follow from a seed: the same seed,
/// time and asking give the same bytes, in every build.
enum ScratchFolder {
  static func open(seed: [UInt8], time: Timestamp) async throws -> ArbiterFolder {
    let path = FileManager.default.temporaryDirectory.appending(path: "arbiter-copy-\(UUID())").path
    let folder = DataFolder(path: path)
    do {
      return try await ArbiterFolder.open(
        folder, as: "arbiter play", settings: ServerSettings(),
        surroundings: Surroundings(clock: StandingClock(time: time), random: SeedSource(seed)),
        logger: ServerLogs.quiet(clock: SystemClock()), isScratch: true)
    } catch {
      remove(folder)
      throw error
    }
  }

  /// What cannot be removed lies in the system's folder for temporary things, and goes with the rest of it.
  static func remove(_ folder: DataFolder) { try? FileManager.default.removeItem(atPath: folder.path) }
}

/// Always the same time.
private struct StandingClock: WallClock {
  let time: Timestamp
  func now() -> Timestamp { time }
}

/// SHA-256 of the seed and a counter, block after block. For copies that are played again and thrown away, never for
/// secrets.
private final class SeedSource: RandomSource {
  private let seed: [UInt8]
  private let counter = Mutex<UInt64>(0)

  init(_ seed: [UInt8]) { self.seed = seed }

  func bytes(_ count: Int) -> [UInt8] {
    counter.withLock { counter in
      var bytes: [UInt8] = []
      while bytes.count < count {
        var hash = SHA256()
        hash.update(data: seed)
        hash.update(data: withUnsafeBytes(of: counter.littleEndian) { Array($0) })
        bytes += hash.finalize()
        counter += 1
      }
      return Array(bytes.prefix(count))
    }
  }
}
