import GRDB
package import Logging
package import Storage
package import Vocabulary

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension SQLiteDatabase {
  /// Opens the database at `path`, or makes an empty one there, for this account only. Its tables come with `migrate`.
  ///
  /// Only the header is looked at, so that a start is quick; `checkIntegrity` reads everything.
  ///
  /// - Parameters:
  ///   - path: absolute. The caller holds the ``FolderLock`` of its folder.
  ///   - clock: gives each transaction its time.
  /// - Throws: ``StorageError`` `.noAccess`, `.full`, or `.damaged` when the file is not an SQLite database.
  package static func open(
    at path: String, options: SQLiteOptions = SQLiteOptions(), clock: any WallClock, logger: Logger
  ) throws(StorageError) -> SQLiteDatabase {
    try DatabaseFile.prepare(path, for: options.mode)
    return try make(path, options, clock, logger, isScratch: false)
  }

  /// A database for a rebuild or a comparison: a new file in a temporary folder, removed by `close`.
  ///
  /// It is thrown away whatever happens, so it is the one database whose writes are *not* durable: `synchronous=OFF`.
  package static func scratch(
    options: SQLiteOptions = SQLiteOptions(), clock: any WallClock, logger: Logger
  ) throws(StorageError) -> SQLiteDatabase {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/arbiter-scratch-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard file >= 0 else { throw StorageError.noAccess(to: path, doing: "made", code: errno) }
    DatabaseFile.close(file)
    return try make(path, options, clock, logger, isScratch: true)
  }

  private static func make(
    _ path: String, _ options: SQLiteOptions, _ clock: any WallClock, _ logger: Logger, isScratch: Bool
  ) throws(StorageError) -> SQLiteDatabase {
    let connections = Connections(statements: options.statements)
    do {
      let pool = try DatabasePool(path: path, configuration: configuration(options, connections))
      let writer = try pool.writeWithoutTransaction { database in
        let connection = try connections[database]
        if options.mode == .readWrite {
          try setUp(database, options, isScratch: isScratch)
        }
        let plan = CheckpointPlan(pages: options.walPages, readLimit: options.readLimit)
        let checkpointer = Checkpointer(on: connection, plan: plan)
        return Writer(
          pool, connection: connection, checkpointer: checkpointer, options: options, clock: clock, logger: logger)
      }
      return SQLiteDatabase(
        path: path, pool: pool, connections: connections, writer: writer, options: options, clock: clock,
        logger: logger, isScratch: isScratch)
    } catch {
      throw StorageError(opening: path, error)
    }
  }

  private static func configuration(_ options: SQLiteOptions, _ connections: Connections) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = options.mode == .readOnly
    configuration.maximumReaderCount = max(1, options.readers)
    configuration.busyMode = .timeout(1)
    configuration.label = "arbiter.storage"
    // GRDB stops the program over a transaction that is left open after a turn. Ours are ended whatever happens, and if
    // SQLite cannot, the next BEGIN says so.
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { database in
      connections.add(database)
      // SQLite's own 2 MB read pages back from the file, and much more only keeps a second time, for each connection, what
      // the system keeps of the file. A savepoint's journal that spills is a temporary file.
      try database.execute(sql: "PRAGMA cache_size = -8192; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF")
      if database.configuration.readonly { try database.execute(sql: "PRAGMA query_only = ON") }
    }
    return configuration
  }

  /// What GRDB must not be left to decide. It sets `synchronous=NORMAL` when it turns WAL on, *after* `prepareDatabase`,
  /// and NORMAL does not sync at a commit (GRDB 7.10.0, `Database.setUpWALMode`), so this comes after opening, and is
  /// asked back. The two `fullfsync` matter on macOS only, where an fsync does not reach the platter.
  private static func setUp(_ database: GRDB.Database, _ options: SQLiteOptions, isScratch: Bool) throws {
    let level = isScratch ? 0 : 2
    try database.execute(
      sql: """
        PRAGMA synchronous = \(level);
        PRAGMA fullfsync = ON;
        PRAGMA checkpoint_fullfsync = ON;
        PRAGMA journal_size_limit = \(options.walPages * 4096 * 2);
        """)
    let found = try ["synchronous", "fullfsync", "checkpoint_fullfsync"].map {
      try Int.fetchOne(database, sql: "PRAGMA \($0)") ?? -1
    }
    let journal = try String.fetchOne(database, sql: "PRAGMA journal_mode") ?? "none"
    guard found == [level, 1, 1], journal == "wal" else {
      throw StorageError(
        .unavailable,
        "SQLite does not keep what makes a write durable: synchronous is \(found[0]) where \(level) is needed, the journal "
          + "“\(journal)” where “wal” is, fullfsync \(found[1]) and checkpoint_fullfsync \(found[2]) where 1 is.")
    }
  }
}

extension StorageError {
  /// An error of GRDB's own work, in our words.
  init(ofGRDB error: any Error) {
    switch error {
    case let error as StorageError: self = error
    case let error as DatabaseError:
      self = SQLiteFailure(code: error.extendedResultCode.rawValue, words: error.message ?? "no reason given")
        .storageError()
    default: self.init(.unavailable, "The database could not be used.", underlying: "\(error)")
    }
  }

  /// An error met while opening `path`, in our words.
  init(opening path: String, _ error: any Error) {
    let known = StorageError(ofGRDB: error)
    self.init(known.kind, "\(path) could not be opened: \(known.message)", underlying: known.underlying)
  }
}
