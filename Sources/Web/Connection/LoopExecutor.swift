import NIOCore

/// Runs tasks on a connection's event loop, so that what waits for its bytes, or for those of another connection of the same
/// loop, goes on without a thread being woken.
///
/// While a task runs there its loop serves nobody else: for short work that waits often, as handing bytes on.
final class LoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
  }
}
