import GRDBSQLite
import Storage
import Testing

@testable import StorageSQLite

@Suite struct `A connection` {
  private final class Flag {
    var isSet = false
  }

  /// Found by the leak check: the kept `BEGIN` and `COMMIT` held SQLite's whole connection for ever.
  @Test func `that nobody closed is freed with its object, when GRDB has let go of the handle before`() throws {
    let freed = Flag()
    var opened: OpaquePointer?
    #expect(sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK)
    let handle = try #require(opened)
    // SQLite gives a function's context back when it frees the connection.
    sqlite3_create_function_v2(
      handle, "witness", 0, SQLITE_UTF8, Unmanaged.passRetained(freed).toOpaque(), { _, _, _ in }, nil, nil,
      { Unmanaged<Flag>.fromOpaque($0!).takeRetainedValue().isSet = true })
    do {
      let connection = Connection(handle, statements: 4)
      try connection.run(.begin)
      _ = try connection.run("CREATE TABLE things (id INTEGER)")
      try connection.run(.commit)
      #expect(sqlite3_close_v2(handle) == SQLITE_OK)
      #expect(!freed.isSet)
      withExtendedLifetime(connection) {}
    }
    #expect(freed.isSet)
  }
}
