import Operations
import Storage
import StorageSQLite
import Tabletop
package import Terminal
import Vocabulary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension TerminalDoors {
  /// What the commands of the `arbiter` program open.
  package static var arbiter: TerminalDoors {
    TerminalDoors(
      version: ArbiterVersion.current,
      operations: { try ArbiterFolder.operations() },
      sampleCampaign: { try SampleCampaign.document },
      serve: { options in
        try await ArbiterServer.run(options, environment: Environment.current) { Announcement.print($0) }
      },
      open: { folder, access in
        let logger = ServerLogs.quiet(clock: SystemClock())
        switch access {
        case .reading: return try await ArbiterFolder.openForReading(folder, logger: logger)
        case .writing(let command):
          let settings = try await ReadSettings.read(
            flags: [:], environment: Environment.current, file: nil, folder: folder)
          return try await ArbiterFolder.open(folder, as: command, settings: settings.settings, logger: logger)
        }
      },
      rehearse: { seed, time in try await ScratchFolder.open(seed: seed, time: time) },
      rollBack: { folder, discarding in try await ArbiterFolder.rollBack(folder, discarding: discarding) },
      diagnose: { folder, configuration in await Doctor(folder: folder, configuration: configuration).examine() })
  }
}

/// Writes to standard output at once: it is a pipe when a script started the server.
private enum Announcement {
  static func print(_ text: String) {
    let bytes = Array((text + "\n").utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
  }
}
