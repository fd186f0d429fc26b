import Dispatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Ctrl-C, for a command that has something to put in order before it ends.
enum Interrupts {
  /// Comes up with each Ctrl-C as long as it is read; afterwards Ctrl-C ends the process again.
  static func ofProcess() -> AsyncStream<Void> {
    AsyncStream { continuation in
      signal(SIGINT, SIG_IGN)
      // Sources may be cancelled from any thread; the type does not say so (Swift 6.3 on Linux, seen 2026-11).
      nonisolated(unsafe) let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
      source.setEventHandler {
        // Who presses it again does not want to wait.
        signal(SIGINT, SIG_DFL)
        continuation.yield()
      }
      continuation.onTermination = { _ in
        source.cancel()
        signal(SIGINT, SIG_DFL)
      }
      source.resume()
    }
  }
}
