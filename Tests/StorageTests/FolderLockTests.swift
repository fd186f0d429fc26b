import Foundation
import Storage
import Testing
import Vocabulary

@Suite("The lock of a data folder")
struct FolderLockTests {
  private let holder = FolderHolder(
    process: 4711, role: "server", since: Timestamp(microseconds: 1_795_251_652_000_000), version: "0.1.0")

  private func withFolder(_ body: (DataFolder) throws -> Void) throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "arbiter-lock-\(UUID())").path
    let folder = DataFolder(path: path)
    try folder.make()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(folder)
  }

  @Test func `keeps a second holder out and says who has it and where it answers`() throws {
    try withFolder { folder in
      let lock = try FolderLock(folder, holder: holder)
      try lock.announce(address: "http://127.0.0.1:8282")
      let error = #expect(throws: StorageError.self) { try FolderLock(folder, holder: holder) }
      #expect(error?.kind == .locked)
      for word in ["4711", "server", "http://127.0.0.1:8282"] { #expect(error?.message.contains(word) == true) }
      #expect(FolderLock.holder(of: folder)?.process == 4711)
      lock.release()
    }
  }

  @Test func `is free again after a release, also a second one`() throws {
    try withFolder { folder in
      let lock = try FolderLock(folder, holder: holder)
      lock.release()
      lock.release()
      #expect(FolderLock.holder(of: folder) == nil)
      try FolderLock(folder, holder: holder).release()
    }
  }

  @Test func `is not held by what a crash left in its file`() throws {
    try withFolder { folder in
      try Data(#"{"process":4711,"role":"server"}"#.utf8).write(to: URL(filePath: folder.lock))
      #expect(FolderLock.holder(of: folder) == nil)
      try FolderLock(folder, holder: holder).release()
    }
  }
}
