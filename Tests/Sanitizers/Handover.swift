// What ThreadSanitizer must see before its word is taken: `Handover locked` hands a Mutex from one thread to another that
// waits for it, and is no race; `Handover bare` does the same without the Mutex, and is one. The flag is relaxed, so that
// it orders nothing. `bin/check --sanitize thread` compiles and runs both.

import Foundation
import Synchronization

// Unchecked, for `bare` is the planted race.
final class Counters: @unchecked Sendable {
  let locked = Mutex(0)
  var bare = 0
  let taken = Atomic(false)

  func count(locked isLocked: Bool, holding seconds: TimeInterval) {
    if isLocked {
      locked.withLock { value in hold(&value, for: seconds) }
    } else {
      hold(&bare, for: seconds)
    }
  }

  private func hold(_ value: inout Int, for seconds: TimeInterval) {
    taken.store(true, ordering: .relaxed)
    value += 1
    Thread.sleep(forTimeInterval: seconds)
  }
}

let isLocked = CommandLine.arguments.dropFirst() == ["locked"]
let counters = Counters()
// Long enough for the other thread to give up spinning and wait in the kernel.
Thread.detachNewThread { counters.count(locked: isLocked, holding: 0.2) }
while !counters.taken.load(ordering: .relaxed) { Thread.sleep(forTimeInterval: 0.001) }
counters.count(locked: isLocked, holding: 0)
