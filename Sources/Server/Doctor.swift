import Operations
import Storage
import StorageSQLite
import Terminal
import Vault
import Vocabulary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Looks at everything that can be wrong with a folder and its configuration, and changes nothing.
struct Doctor {
  let folder: DataFolder
  let configuration: String?

  func examine() async -> Diagnosis {
    let (settings, configured) = await settings()
    guard !folder.isNew else {
      let finding = Finding(
        "folder", .warning, "There is no Arbiter data in \(folder.path) yet. It is made by: arbiter serve")
      return Diagnosis(findings: [configured, finding], settings: settings)
    }
    return Diagnosis(findings: [configured, access, space, holder] + (await contents()), settings: settings)
  }

  private func settings() async -> ([Setting], Finding) {
    do throws(ConfigurationError) {
      let read = try await ReadSettings.read(
        flags: [:], environment: Environment.current, file: configuration, folder: folder)
      return (
        read.origins.map { Setting(name: $0.name, value: $0.value, origin: $0.origin) },
        Finding("configuration", .fine, "Every setting is allowed.")
      )
    } catch {
      return ([], Finding("configuration", .wrong, error.description))
    }
  }

  private var access: Finding {
    guard Glibc.access(folder.path, R_OK | W_OK | X_OK) == 0 else {
      return Finding(
        "folder", .wrong, "\(folder.path) cannot be used by this account: \(String(cString: strerror(errno))).")
    }
    return Finding("folder", .fine, "\(folder.path) can be read and written.")
  }

  private var space: Finding {
    var status = statvfs()
    guard statvfs(folder.path, &status) == 0 else {
      return Finding(
        "space", .warning, "The free space of the disk cannot be told: \(String(cString: strerror(errno))).")
    }
    let megabytes = UInt64(status.f_bavail) * UInt64(status.f_frsize) / 1_000_000
    return megabytes < 500
      ? Finding("space", .warning, "Only \(megabytes) MB are free. Without room, Arbiter reads but does not write.")
      : Finding("space", .fine, "\(megabytes) MB are free.")
  }

  private var holder: Finding {
    guard let holder = FolderLock.holder(of: folder) else {
      return Finding("lock", .fine, "No process uses the folder now.")
    }
    let place = holder.address.map { " at \($0)" } ?? ""
    return Finding("lock", .fine, "Process \(holder.process) (\(holder.role)\(place)) uses it since \(holder.since).")
  }

  private func contents() async -> [Finding] {
    let surroundings = Surroundings.system
    do {
      let arbiter = try await ArbiterFolder.openForReading(
        folder, logger: ServerLogs.quiet(clock: surroundings.clock))
      var findings = [Finding("vault key", .fine, "The key file is there, private, and read.")]
      findings += try await arbiter.checkDatabase()
      findings.append(clock(try await arbiter.journalHead(), surroundings.clock.now()))
      await arbiter.close()
      return findings
    } catch let error as VaultError {
      return [Finding("vault key", .wrong, error.message)]
    } catch {
      return [Finding("database", .wrong, "\(error)")]
    }
  }

  private func clock(_ head: Journal.Head, _ now: Timestamp) -> Finding {
    let behind = head.time.duration(since: now)
    guard head.number > 0, behind > .seconds(60) else { return Finding("clock", .fine, "The clock is at \(now).") }
    return Finding(
      "clock", .warning,
      "The clock (\(now)) is \(behind.components.seconds) seconds behind the newest journal row (\(head.time)). Set it right."
    )
  }
}
