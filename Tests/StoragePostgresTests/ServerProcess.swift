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

  func freeze() throws { try signal(SIGSTOP) }
  func thaw() throws { try signal(SIGCONT) }
  func kill() throws { try signal(SIGKILL) }

  /// Starts the server; it recovers by itself. Children of a killed one may hold its memory for a moment: then again.
  func start() throws {
    let command = [
      "\(programs)/pg_ctl", "--pgdata", folder, "--log", "\(folder)/server.log", "--wait", "--timeout", "30", "start",
    ]
    let account = getuid() == 0 ? ["runuser", "-u", "postgres", "--"] : []
    for _ in 0..<50 where try run(account + command) == 0 { return }
    throw Failure(description: "the server did not start again; see \(folder)/server.log")
  }

  /// Sends a signal to the server's first process and to its children.
  private func signal(_ number: CInt) throws {
    let text = try String(contentsOfFile: "\(folder)/postmaster.pid", encoding: .utf8)
    guard let first = text.split(separator: "\n").first.flatMap({ pid_t($0) }) else {
      throw Failure(description: "\(folder)/postmaster.pid holds no process")
    }
    // Stopped first, so that it makes no more children while they are counted.
    guard Foundation.kill(first, number == SIGCONT ? SIGCONT : SIGSTOP) == 0 else {
      throw Failure(description: "signal \(number) to \(first): \(String(cString: strerror(errno)))")
    }
    for process in try children(of: first) + [first] { _ = Foundation.kill(process, number) }
  }

  private func children(of first: pid_t) throws -> [pid_t] {
    let all = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { pid_t($0) }
    return all.filter { parent(of: $0) == first }
  }

  /// From `/proc/PID/stat`: the name in parentheses may hold spaces, so what follows the last one is read.
  private func parent(of process: pid_t) -> pid_t? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    return fields.count > 1 ? pid_t(fields[1]) : nil
  }

  /// Runs a program and returns how it ended. Not Foundation's `Process`: that waits for the end of a pipe, which the
  /// server inherits and keeps.
  private func run(_ command: [String]) throws -> CInt {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for descriptor in 0...2 as ClosedRange<CInt> {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    var arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    guard posix_spawnp(&process, command[0], &actions, nil, &arguments, environ) == 0 else {
      throw Failure(description: "\(command[0]) cannot be run")
    }
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw Failure(description: "\(command[0]) was not waited for") }
    }
    return status
  }
}
