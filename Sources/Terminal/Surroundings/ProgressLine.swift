import Synchronization

/// One line on a person's terminal that is written over as the work goes on; nothing anywhere else.
///
/// Written at most once for each percent, so that any number of reports costs little.
final class ProgressLine: Sendable {
  private static let width: Int64 = 30

  private let console: Console
  private let label: String
  private let percent = Mutex<Int64?>(nil)

  init(_ label: String, on console: Console) {
    self.label = label
    self.console = console
  }

  /// Shows that `done` of `total` are done.
  func show(_ done: Int64, of total: Int64) {
    guard console.isTerminal(.diagnostics), total > 0 else { return }
    // By way of Double, since a hundred times the rows could leave Int64.
    let now = Int64(Double(min(max(done, 0), total)) / Double(total) * 100)
    let isNew = percent.withLock { percent in
      guard percent != now else { return false }
      percent = now
      return true
    }
    guard isNew else { return }
    let full = Int(now * Self.width / 100)
    let bar = String(repeating: "#", count: full) + String(repeating: "·", count: Int(Self.width) - full)
    console.noteRaw("\r\(label) [\(bar)] \(now) %")
  }

  /// Wipes the line, so that what follows begins on a clean one. Does nothing when nothing was shown.
  func finish() {
    let wasShown = percent.withLock { percent in
      defer { percent = nil }
      return percent != nil
    }
    if wasShown { console.noteRaw("\r\u{1b}[2K") }
  }
}
