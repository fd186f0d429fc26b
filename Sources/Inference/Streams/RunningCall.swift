/// Keeps a call alive for as long as somebody reads it.
final class RunningCall<Element: Sendable>: Sendable {
  let events: HandOff<Element>
  private let task: Task<Void, Never>

  init(events: HandOff<Element>, task: Task<Void, Never>) {
    self.events = events
    self.task = task
  }

  deinit { stop() }

  func stop() {
    events.abandon()
    task.cancel()
  }
}
