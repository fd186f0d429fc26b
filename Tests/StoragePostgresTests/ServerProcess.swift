import Foundation

/// The processes of a private server, to be killed, frozen and started.
struct ServerProcess: Sendable {
  /// Its data folder.
  let folder: String
  /// Where `pg_ctl` lies.
  let programs: String

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The first process and all others, first first.
  func processes() throws -> [pid_t] {
    let text = try String(contentsOfFile: "\(folder)/postmaster.pid", encoding: .utf8)
    guard let first = text.split(separator: "\n").first.flatMap({ pid_t($0) }) else {
      throw Failure(description: "\(folder)/postmaster.pid holds no process")
    }
    let all = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }
    return [first] + all.filter { parent(of: $0) == first }
  }

  func freeze() throws { try signal(SIGSTOP) }
  func thaw() throws { try signal(SIGCONT) }
  func kill() throws { try signal(SIGKILL) }

  /// Starts the server; it recovers by itself. Children of a killed one may still hold its memory: then again.
  func start() throws {
    for _ in 0..<20 {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      let command = [
        "\(programs)/pg_ctl", "--pgdata", folder, "--log", "\(folder)/server.log", "--wait", "--timeout", "30", "start",
      ]
      process.arguments = getuid() == 0 ? ["runuser", "-u", "postgres", "--"] + command : command
      process.currentDirectoryURL = URL(fileURLWithPath: "/")
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      if process.terminationStatus == 0 { return }
    }
    throw Failure(description: "the server did not start again; see \(folder)/server.log")
  }

  /// The first process first: while it is stopped there are no new ones.
  private func signal(_ number: CInt) throws {
    guard let first = try processes().first else { return }
    guard Foundation.kill(first, number) == 0 else {
      throw Failure(description: "signal \(number) to \(first): \(String(cString: strerror(errno)))")
    }
    let others = number == SIGKILL ? try children(of: first) : try processes().dropFirst().map(\.self)
    for process in others { _ = Foundation.kill(process, number) }
  }

  private func children(of first: pid_t) throws -> [pid_t] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }.filter {
      parent(of: $0) == first
    }
  }

  /// From `/proc/PID/stat`: the name in parentheses may hold spaces, so what follows the last one is read.
  private func parent(of process: pid_t) -> pid_t? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 1 ? pid_t(fields[1]) : nil
  }
}
