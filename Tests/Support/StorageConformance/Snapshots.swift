import Storage

extension StorageConformance {
  static let snapshots: [ConformanceCase] = [
    ConformanceCase("a read sees one snapshot, also while a write commits") { room in
      try await room.makeCounter(at: 1)
      let began = Signal()
      let mayEnd = Signal()
      async let seen = room.read { transaction in
        let first = try transaction.counter("a")
        began.fire()
        try mayEnd.hold()
        return [first, try transaction.counter("a")]
      }
      await began.wait()
      try await room.write { _ = try $0.run("UPDATE conformance_counters SET value = 2") }
      try expect(await room.counter(), is: 2, "what a later read sees")
      mayEnd.fire()
      try expect(await seen, is: [1, 1], "what the first read saw")
    },
    ConformanceCase("a read sees nothing that is not committed, and does not wait for it") { room in
      let began = Signal()
      let mayEnd = Signal()
      async let written = room.write { transaction in
        try transaction.addCounter("a")
        began.fire()
        try mayEnd.hold()
        return true
      }
      await began.wait()
      try expect(await room.counter(), is: nil, "what a read sees before the commit")
      mayEnd.fire()
      try expect(await written, is: true, "the answer of the write")
      try expect(await room.counter(), is: 0, "what a read sees after it")
    },
    ConformanceCase("a read sees every write that was acknowledged before it began") { room in
      try await room.makeCounter()
      for expected in 1...100 {
        try await room.write { try $0.countUpByReading() }
        try expect(await room.counter(), is: Int64(expected), "the counter")
      }
    },
    ConformanceCase("a write sees every write that was acknowledged before it began") { room in
      for number in 1...50 {
        try expect(await room.write { try $0.appendEntry(to: "t") }, is: Int64(number), "the number")
      }
    },
  ]
}
