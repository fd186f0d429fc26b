import Storage
import Synchronization

extension StorageConformance {
  static let afterCommit: [ConformanceCase] = [
    ConformanceCase("actions run once, in order, after the commit and before the answer") { room in
      let notes = Notes()
      try await room.write { transaction in
        try transaction.addCounter("a")
        for number in 1...3 { transaction.afterCommit { notes.add(number) } }
        notes.add(0)
      }
      try expect(notes.all, is: [0, 1, 2, 3], "what was noted at the answer")
      try await room.makeCounter("b")
      try expect(notes.all, is: [0, 1, 2, 3], "what was noted after another write")
    },
    ConformanceCase("no action runs after a rollback") { room in
      let notes = Notes()
      _ = try? await room.write { transaction in
        transaction.afterCommit { notes.add(1) }
        throw Refusal(reason: "on purpose")
      }
      _ = try? await room.write { transaction in
        transaction.afterCommit { notes.add(2) }
        try transaction.addCounter("a", at: -1)
      }
      try await room.makeCounter()
      try expect(notes.all, is: [], "what was noted")
    },
    ConformanceCase("actions of a savepoint go with it") { room in
      let notes = Notes()
      try await room.write { transaction in
        transaction.afterCommit { notes.add(1) }
        try? transaction.savepoint {
          transaction.afterCommit { notes.add(2) }
          throw Refusal(reason: "on purpose")
        }
        try transaction.savepoint { transaction.afterCommit { notes.add(3) } }
      }
      try expect(notes.all, is: [1, 3], "what was noted")
    },
    ConformanceCase("what an action tells is readable when it runs") { room in
      let committed = Signal()
      async let answer: Void = room.write { transaction in
        try transaction.addCounter("a", at: 7)
        transaction.afterCommit { committed.fire() }
      }
      await committed.wait()
      try expect(await room.counter(), is: 7, "the counter")
      try await answer
    },
    ConformanceCase("actions of a workspace's bodies run in the order of their commits") { room in
      let notes = Notes()
      try await withThrowingTaskGroup { group in
        for _ in 0..<64 {
          group.addTask {
            try await room.write { transaction in
              let number = Int(try transaction.appendEntry(to: "t"))
              transaction.afterCommit { notes.add(number) }
            }
          }
        }
        try await group.waitForAll()
      }
      try expect(notes.all, is: Array(1...64), "the numbers in the order they were told")
    },
    ConformanceCase("an action may ask for another write") { room in
      let done = Signal()
      try await room.write { transaction in
        try transaction.addCounter("a")
        transaction.afterCommit {
          Task {
            try await room.makeCounter("b")
            done.fire()
          }
        }
      }
      await done.wait()
      try expect(await room.counterNames(), is: ["a", "b"], "the counters")
    },
  ]
}

/// Numbers in the order they came.
private final class Notes: Sendable {
  private let numbers = Mutex<[Int]>([])
  var all: [Int] { numbers.withLock { $0 } }
  func add(_ number: Int) { numbers.withLock { $0.append(number) } }
}
