import Logging
import StrictJSON
import Synchronization
import Vocabulary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// JSON lines in the data folder: `arbiter.jsonl`, and older ones as `arbiter.1.jsonl` and so on. Each record is one line
/// whatever is in it, and the files together are bounded.
final class LogFile: Sendable {
  private struct State {
    var descriptor: CInt = -1
    var bytes = 0
  }

  private let folder: String
  private let bytesMax: Int
  private let filesMax: Int
  private let state = Mutex(State())

  init(folder: String, bytesMax: Int, filesMax: Int) {
    self.folder = folder
    self.bytesMax = bytesMax
    self.filesMax = filesMax
  }

  deinit { state.withLock { if $0.descriptor >= 0 { close($0.descriptor) } } }

  /// Appends a line. A disk that is full loses log lines, not the server.
  func append(_ line: [UInt8]) {
    state.withLock { state in
      if state.descriptor >= 0, state.bytes + line.count > bytesMax {
        close(state.descriptor)
        state.descriptor = -1
        rotate()
      }
      if state.descriptor < 0 { open(&state) }
      guard state.descriptor >= 0 else { return }
      let written = write(state.descriptor, line, line.count)
      if written > 0 { state.bytes += written }
    }
  }

  private func path(_ age: Int) -> String { age == 0 ? "\(folder)/arbiter.jsonl" : "\(folder)/arbiter.\(age).jsonl" }

  private func open(_ state: inout State) {
    state.descriptor = Glibc.open(path(0), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    var status = stat()
    state.bytes = state.descriptor >= 0 && fstat(state.descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  private func rotate() {
    unlink(path(filesMax - 1))
    for age in stride(from: filesMax - 2, through: 0, by: -1) { rename(path(age), path(age + 1)) }
  }
}

/// Writes records to the log file, and those of a level worth a person's eye to the console in words.
struct ServerLogHandler: LogHandler {
  var logLevel: Logger.Level = .info
  var metadata: Logger.Metadata = [:]
  let label: String
  let file: LogFile?
  let clock: any WallClock
  /// The least level that the console shows.
  let consoleLevel: Logger.Level

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    let text = event.message.description
    if let file {
      var members: [(String, JSON)] = [
        ("time", .string(clock.now().description)), ("level", .string(event.level.rawValue)), ("label", .string(label)),
        ("message", .string(text)),
      ]
      for (key, value) in all.sorted(by: { $0.key < $1.key }) { members.append((key, .string(value.description))) }
      file.append(Array(JSON.object(JSONObject(distinct: members)).canonicalText().utf8) + [UInt8(ascii: "\n")])
    }
    guard event.level >= consoleLevel else { return }
    let details = all.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    let line = "\(event.level.rawValue): \(text)\(details)".map { $0.isNewline || $0.isControl ? " " : $0 }
    let bytes = Array((String(line) + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}

extension Character {
  fileprivate var isControl: Bool { unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) } }
}
