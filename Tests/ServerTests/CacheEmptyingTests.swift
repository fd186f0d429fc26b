import Operations
import Server
import Storage
import StorageSQLite
import StrictJSON
import Testing
import Vocabulary

@Suite("Emptying the cache of a folder", .timeLimit(.minutes(2)))
struct CacheEmptyingTests {
  @Test func `the rows of an emptied cache are deleted after it, however many there are`() async throws {
    let folder = try TemporaryFolder()
    let arbiter = try await folder.open()
    let workspace = arbiter.owner.workspace
    try await arbiter.database.write("test.fill", in: workspace) { transaction in
      for number in 0..<450 {
        try transaction.run(
          """
          INSERT INTO cached_answers (workspace, key, sealed, bytes, task, provider, model, created_at, expires_at, used_at,
            hits)
          VALUES (\(workspace), \(Array("\(number)".utf8)), \([UInt8](repeating: 7, count: 100)), 100, 't', 'p', 'm',
            \(transaction.time), \(transaction.time.advanced(by: .seconds(3600))), \(transaction.time), 0)
          """)
      }
    }
    func rows() async throws -> Int {
      try await arbiter.database.read("test.rows", in: workspace) {
        try $0.value("SELECT count(*) FROM cached_answers") ?? -1
      }
    }
    #expect(try await rows() == 450)
    _ = try await arbiter.perform(OperationCall(operation: "empty_cache", input: [:]), key: nil)
    let standing = try await arbiter.read(OperationCall(operation: "show_cache", input: [:]))
    #expect(standing["answers"] == 0)
    while try await rows() > 0 { try await Task.sleep(for: .milliseconds(5)) }
    #expect(try await arbiter.rebuild(reexecuting: true) { _, _ in }.isEqual)
    await arbiter.close()
  }
}
