import Storage

extension StorageConformance {
  static let savepoints: [ConformanceCase] = [
    ConformanceCase("a savepoint that throws leaves the transaction as it was before") { room in
      try await room.write { transaction in
        try transaction.addCounter("before")
        do {
          try transaction.savepoint {
            try transaction.addCounter("inside")
            try transaction.run("UPDATE conformance_counters SET value = 9")
            throw Refusal(reason: "inside")
          }
          throw ConformanceFailure("nothing was thrown")
        } catch let refusal as Refusal {
          try expect(refusal, is: Refusal(reason: "inside"), "the error")
        }
        try transaction.addCounter("after")
      }
      try expect(await room.counterNames(), is: ["after", "before"], "the counters")
      try expect(await room.counter("before"), is: 0, "the counter from before")
    },
    ConformanceCase("a savepoint returns its body's value and keeps its rows") { room in
      let value = try await room.write { transaction in
        try transaction.savepoint {
          try transaction.addCounter("a", at: 4)
          return try transaction.counter("a")
        }
      }
      try expect(value, is: 4, "the value")
      try expect(await room.counter(), is: 4, "the counter")
    },
    ConformanceCase("savepoints nest, and an outer one takes its inner ones along") { room in
      try await room.write { transaction in
        try transaction.savepoint {
          try transaction.addCounter("a")
          try? transaction.savepoint {
            try transaction.addCounter("b")
            try transaction.savepoint { try transaction.addCounter("c") }
            throw Refusal(reason: "middle")
          }
          try transaction.savepoint { try transaction.addCounter("d") }
        }
        try? transaction.savepoint {
          try transaction.savepoint { try transaction.addCounter("e") }
          throw Refusal(reason: "outer")
        }
      }
      try expect(await room.counterNames(), is: ["a", "d"], "the counters")
    },
    ConformanceCase("a failed statement inside a savepoint is undone with it, and the rest goes on") { room in
      try await room.write { transaction in
        try transaction.addCounter("a")
        try expectErrorNow(.constraint) {
          try transaction.savepoint {
            try transaction.addCounter("b")
            try transaction.addCounter("a")
          }
        }
        try transaction.addCounter("c")
      }
      try expect(await room.counterNames(), is: ["a", "c"], "the counters")
    },
    ConformanceCase("a failed statement fails its savepoint, also when the body swallows the error") { room in
      try await room.write { transaction in
        try transaction.addCounter("a")
        try expectErrorNow(.constraint) {
          try transaction.savepoint {
            try transaction.addCounter("b")
            try? transaction.addCounter("a")
          }
        }
        try transaction.addCounter("c")
      }
      try expect(await room.counterNames(), is: ["a", "c"], "the counters")
    },
    ConformanceCase("fifty savepoints one within the other unwind") { room in
      try await room.write { transaction in
        func nest(_ depth: Int) throws {
          try transaction.addCounter("\(depth)")
          guard depth < 50 else { throw Refusal(reason: "the bottom") }
          do { try transaction.savepoint { try nest(depth + 1) } } catch is Refusal where depth == 25 {}
        }
        try nest(1)
      }
      try expect(await room.counterNames().count, is: 25, "the number of counters")
    },
  ]
}
