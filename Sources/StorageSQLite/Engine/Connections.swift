import GRDB
import GRDBSQLite
import Storage
import Synchronization

/// Finds the ``Connection`` of a connection that GRDB hands out.
final class Connections: Sendable {
  /// By the address of its handle.
  private let all = Mutex<[Int: Connection]>([:])
  private let statements: Int

  init(statements: Int) { self.statements = statements }

  /// Called by GRDB once for each connection it opens.
  func add(_ database: GRDB.Database) {
    guard let handle = database.sqliteConnection else { return }
    let connection = Connection(handle, statements: statements)
    all.withLock { $0[Int(bitPattern: handle)] = connection }
  }

  subscript(database: GRDB.Database) -> Connection {
    get throws(StorageError) {
      guard let handle = database.sqliteConnection, let connection = all.withLock({ $0[Int(bitPattern: handle)] })
      else { throw .closed }
      return connection
    }
  }

  /// Finalizes every statement. Nobody may be using a connection.
  func close() {
    for connection in all.withLock({ Array($0.values) }) { connection.close() }
    all.withLock { $0 = [:] }
  }
}
