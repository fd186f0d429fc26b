import Foundation
import Storage
import Testing
import Vocabulary

@testable import StorageSQLite

@Suite(.timeLimit(.minutes(2))) struct `Durability` {
  let folder: TemporaryFolder
  let disk: FaultyDisk

  init() throws {
    folder = try TemporaryFolder()
    disk = try FaultyDisk(under: folder)
  }

  @Test
  func `means that a write is acknowledged only after a sync of the log that began after its frames were written`()
    async throws
  {
    let database = try await makeDatabase(in: folder)
    for id in 0..<20 {
      let (writes, syncs) = (disk.writes(of: .log), disk.syncs(of: .log))
      try await database.addThing(id)
      #expect(disk.writes(of: .log) > writes)
      #expect(disk.syncs(of: .log) > syncs)
      #expect(disk.unsyncedWrites(to: .log) == 0)
    }
    try await database.close()
  }

  @Test func `also holds for each of many callers, at the moment their actions run`() async throws {
    let database = try await makeDatabase(in: folder)
    let unsynced = Recorder<Int>()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in 0..<64 {
        group.addTask { [disk] in
          try await database.write { transaction in
            try transaction.addThing(id)
            transaction.afterCommit { unsynced.note(disk.unsyncedWrites(to: .log)) }
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(unsynced.all == Array(repeating: 0, count: 64))
    try await database.close()
  }

  @Test func `costs one sync of the log for a whole group`() async throws {
    let database = try await makeDatabase(in: folder)
    try await database.addThing(1000)
    let syncs = disk.syncs(of: .log)
    let gate = Gate()
    let held = await database.hold(until: gate)
    let waiting = (0..<50).map { index in Task { try await database.addThing(index) } }
    while database.counts.waiting < 50 { await Task.yield() }
    gate.open()
    for task in waiting { try await task.value }
    await held.value
    #expect(disk.syncs(of: .log) == syncs + 1)
    try await database.close()
  }

  @Test func `is kept by a copied log: a checkpoint syncs the log before it and the database after it`() async throws {
    var options = SQLiteOptions()
    options.walPages = 20
    let database = try await makeDatabase(in: folder, options: options)
    let syncs = disk.syncs(of: .database)
    for id in 0..<30 { try await database.addThing(id, bytes: 3_000) }
    #expect(database.counts.checkpointPages > 0)
    #expect(disk.syncs(of: .database) > syncs)
    #expect(disk.unsyncedWrites(to: .database) == 0)
    // The log started over: it is much shorter than what was written.
    #expect(database.counts.logPages < 40)
    try await database.close()
  }

  @Test func `does not say how a commit ended whose sync failed, and writes nothing more until a restart`() async throws
  {
    let database = try await makeDatabase(in: folder)
    try await database.addThing(1)
    disk.failSync(of: .log, at: 1)
    #expect(await storageErrorKind { try await database.addThing(2) } == .outcomeUnknown)
    #expect(await storageErrorKind { try await database.addThing(3) } == .readOnly)
    guard case .readOnly(let reason) = database.health else {
      Issue.record("the database is \(database.health)")
      return
    }
    #expect(reason.contains("a commit"))
    #expect(try await database.thingIDs() == [1])
    try? await database.close()
    let again = try await makeDatabase(in: folder)
    // Unknown means unknown: its frames lay in the log.
    let ids = try await again.thingIDs()
    #expect(ids == [1] || ids == [1, 2])
    try await again.addThing(4)
    try await again.close()
  }

  @Test func `runs no action of a commit whose sync failed`() async throws {
    let database = try await makeDatabase(in: folder)
    let told = Recorder<Int>()
    disk.failSync(of: .log, at: 1)
    let kind = await storageErrorKind {
      try await database.write { transaction in
        try transaction.addThing(1)
        transaction.afterCommit { told.note(1) }
      }
    }
    #expect(kind == .outcomeUnknown)
    #expect(told.all == [])
    try? await database.close()
  }

  @Test(arguments: [FaultyDisk.Files.log, .database])
  func `treats a failing checkpoint as a failing disk`(_ files: FaultyDisk.Files) async throws {
    var options = SQLiteOptions()
    options.walPages = 20
    let database = try await makeDatabase(in: folder, options: options)
    if files == .database { disk.failSync(of: .database, at: 1) } else { disk.failWrite(of: .database, at: 1) }
    var acknowledged: [Int] = []
    for id in 0..<60 {
      do {
        try await database.addThing(id, bytes: 3_000)
        acknowledged.append(id)
      } catch let error as StorageError {
        #expect(error.kind == .readOnly)
        #expect(error.message.contains("checkpoint"))
      }
    }
    #expect((1..<60).contains(acknowledged.count))
    try? await database.close()
    let again = try await makeDatabase(in: folder)
    #expect(try await again.thingIDs() == acknowledged)
    #expect(try await again.checkIntegrity() == [])
    try await again.close()
  }

  @Test func `survives the failure of any single sync or write: what was acknowledged is there, whole`() async throws {
    for (fails, files) in [("sync", FaultyDisk.Files.any), ("write", .any)] {
      var number = 1
      var completed = false
      while !completed, number < 500 {
        completed = try await surviveFault(of: fails, files, at: number)
        number += 1
      }
      #expect(completed)
      // It did strike: there are many more places than one.
      #expect(number > 20)
    }
  }

  /// Runs a small life with one fault in it; returns whether it went through without meeting it.
  private func surviveFault(of call: String, _ files: FaultyDisk.Files, at number: Int) async throws -> Bool {
    let folder = try TemporaryFolder()
    let disk = try FaultyDisk(under: folder)
    if call == "sync" { disk.failSync(of: files, at: number) } else { disk.failWrite(of: files, at: number) }
    var acknowledged: [Int] = []
    var unknown: [Int] = []
    var failed = false
    do {
      var options = SQLiteOptions()
      options.walPages = 12
      let database = try await makeDatabase(in: folder, options: options)
      for pair in 0..<8 {
        do {
          try await database.write { transaction in
            try transaction.addThing(pair * 2, bytes: 5_000)
            try transaction.addThing(pair * 2 + 1)
          }
          acknowledged += [pair * 2, pair * 2 + 1]
        } catch let error as StorageError {
          failed = true
          if error.kind == .outcomeUnknown { unknown += [pair * 2, pair * 2 + 1] }
        }
      }
      do { try await database.close() } catch { failed = true }
    } catch {
      failed = true
    }
    disk.failSync(of: [], at: 1)
    disk.failWrite(of: [], at: 1)
    let again = try await makeDatabase(in: folder)
    let ids = try await again.thingIDs()
    let place = "\(call) \(number)"
    #expect(Set(acknowledged).isSubset(of: ids), "\(place)")
    #expect(Set(ids).isSubset(of: acknowledged + unknown), "\(place)")
    #expect(ids.count % 2 == 0, "\(place): half a body")
    #expect(try await again.checkIntegrity() == [], "\(place)")
    try await again.addThing(100)
    try await again.close()
    return !failed
  }
}

@Suite(.timeLimit(.minutes(2))) struct `A full disk` {
  let folder: TemporaryFolder
  let disk: FaultyDisk

  init() throws {
    folder = try TemporaryFolder()
    disk = try FaultyDisk(under: folder)
  }

  @Test func `refuses writes quickly, lets reads through, and is noticed to have room again by itself`() async throws {
    var options = SQLiteOptions()
    options.probeInterval = .zero
    let database = try await makeDatabase(in: folder, options: options)
    try await database.addThing(1)
    disk.setRoom(20_000)
    var full = 0
    for id in 2..<20 {
      if await storageErrorKind({ try await database.addThing(id, bytes: 6_000) }) == .full { full += 1 }
    }
    #expect(full > 0)
    #expect(database.health == .full)
    let kept = try await database.thingIDs()
    #expect(kept.first == 1)
    disk.setRoom(nil)
    try await database.addThing(100)
    #expect(database.health == .ready)
    #expect(try await database.thingIDs() == kept + [100])
    #expect(try await database.checkIntegrity() == [])
    try await database.close()
  }

  @Test func `is probed no more often than the interval says`() async throws {
    var options = SQLiteOptions()
    options.probeInterval = .seconds(3600)
    let database = try await makeDatabase(in: folder, options: options)
    disk.setRoom(0)
    #expect(await storageErrorKind { try await database.addThing(1, bytes: 50_000) } == .full)
    disk.setRoom(nil)
    let writes = disk.writes(of: .any)
    #expect(await storageErrorKind { try await database.addThing(2) } == .full)
    #expect(disk.writes(of: .any) == writes)
    #expect(try await database.thingIDs() == [])
    try await database.close()
  }

  /// `full` is the one answer to a failed commit that claims to know: nothing was written. So whatever was left of the
  /// frames, the files as a crash would leave them must not hold the rows. Every amount of room is tried until it is
  /// enough, those at which a frame is cut in the middle too.
  @Test func `leaves nothing of a commit that found no room, whatever part of it was written`() async throws {
    var refusals = 0
    var room = 0
    while room < 200_000 {
      let folder = try TemporaryFolder()
      let disk = try FaultyDisk(under: folder)
      let database = try await makeDatabase(in: folder)
      try await database.addThing(1)
      disk.setRoom(room)
      let kind = await storageErrorKind { try await database.addThing(2, bytes: 9_000) }
      let crashed = try TemporaryFolder()
      for name in try folder.names() where name.hasPrefix("arbiter.sqlite") && !name.hasSuffix("-shm") {
        try FileManager.default.copyItem(atPath: "\(folder.path)/\(name)", toPath: "\(crashed.path)/\(name)")
      }
      let after = try await makeDatabase(in: crashed)
      #expect(try await after.thingIDs() == (kind == nil ? [1, 2] : [1]), "with room for \(room) bytes")
      try await after.close()
      disk.setRoom(nil)
      try? await database.close()
      guard kind != nil else { break }
      #expect(kind == .full)
      refusals += 1
      room += 1_021
    }
    #expect(refusals > 5)
    #expect(room < 200_000)
  }
}
