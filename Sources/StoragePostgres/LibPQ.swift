import Storage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The entry points of libpq that the engine uses, found at run time.
///
/// `dlopen` instead of linking: a build needs no header of PostgreSQL, and a server that keeps its data in SQLite needs no
/// libpq on its machine. Signatures are those of libpq-fe.h, PostgreSQL 15
/// (<https://www.postgresql.org/docs/15/libpq.html>).
///
/// `@unchecked Sendable`: the table is immutable, and the functions may be called from any thread; what they work on, a
/// connection or a result, is used by one thread at a time (see ``Session``).
struct LibPQ: @unchecked Sendable {
  typealias Connection = OpaquePointer
  typealias Result = OpaquePointer
  typealias Text = UnsafePointer<CChar>
  typealias NoticeProcessor = @convention(c) (UnsafeMutableRawPointer?, Text?) -> Void

  // Connecting
  let connectStart: @convention(c) (Text?) -> Connection?
  let connectPoll: @convention(c) (Connection?) -> UInt32
  let status: @convention(c) (Connection?) -> UInt32
  let finish: @convention(c) (Connection?) -> Void
  let socket: @convention(c) (Connection?) -> CInt
  let errorMessage: @convention(c) (Connection?) -> Text?
  let serverVersion: @convention(c) (Connection?) -> CInt
  let backendPID: @convention(c) (Connection?) -> CInt
  let parameterStatus: @convention(c) (Connection?, Text?) -> Text?
  let setNonblocking: @convention(c) (Connection?, CInt) -> CInt
  let setNoticeProcessor: @convention(c) (Connection?, NoticeProcessor?, UnsafeMutableRawPointer?) -> NoticeProcessor?

  // Asking
  let sendQuery: @convention(c) (Connection?, Text?) -> CInt
  let sendPrepare: @convention(c) (Connection?, Text?, Text?, CInt, UnsafePointer<UInt32>?) -> CInt
  let sendQueryPrepared:
    @convention(c) (
      Connection?, Text?, CInt, UnsafePointer<Text?>?, UnsafePointer<CInt>?, UnsafePointer<CInt>?, CInt
    ) -> CInt
  let flush: @convention(c) (Connection?) -> CInt
  let consumeInput: @convention(c) (Connection?) -> CInt
  let isBusy: @convention(c) (Connection?) -> CInt
  let getResult: @convention(c) (Connection?) -> Result?

  // Reading
  let resultStatus: @convention(c) (Result?) -> UInt32
  let resultErrorField: @convention(c) (Result?, CInt) -> Text?
  let rowCount: @convention(c) (Result?) -> CInt
  let columnCount: @convention(c) (Result?) -> CInt
  let columnName: @convention(c) (Result?, CInt) -> Text?
  let columnType: @convention(c) (Result?, CInt) -> UInt32
  let isNull: @convention(c) (Result?, CInt, CInt) -> CInt
  let length: @convention(c) (Result?, CInt, CInt) -> CInt
  let value: @convention(c) (Result?, CInt, CInt) -> Text?
  let commandStatus: @convention(c) (Result?) -> Text?
  let changedRows: @convention(c) (Result?) -> Text?
  let clear: @convention(c) (Result?) -> Void

  /// The library of this machine, opened once.
  static let shared: Swift.Result<LibPQ, StorageError> = Swift.Result { () throws(StorageError) in try LibPQ() }

  private init() throws(StorageError) {
    let names = ["libpq.so.5", "libpq.5.dylib"]
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW | RTLD_LOCAL) }).first else {
      throw StorageError(
        .unavailable,
        "PostgreSQL needs the library libpq, which this machine does not have. Install it (Debian: apt-get install libpq5).",
        underlying: dlerror().map { String(cString: $0) })
    }
    func symbol<Function>(_ name: String) throws(StorageError) -> Function {
      guard let address = dlsym(library, name) else {
        throw StorageError(.unavailable, "This machine's libpq lacks \(name). Install libpq of PostgreSQL 15 or later.")
      }
      // The types are libpq-fe.h's; a function's address has the size of a function pointer.
      return unsafeBitCast(address, to: Function.self)
    }
    connectStart = try symbol("PQconnectStart")
    connectPoll = try symbol("PQconnectPoll")
    status = try symbol("PQstatus")
    finish = try symbol("PQfinish")
    socket = try symbol("PQsocket")
    errorMessage = try symbol("PQerrorMessage")
    serverVersion = try symbol("PQserverVersion")
    backendPID = try symbol("PQbackendPID")
    parameterStatus = try symbol("PQparameterStatus")
    setNonblocking = try symbol("PQsetnonblocking")
    setNoticeProcessor = try symbol("PQsetNoticeProcessor")
    sendQuery = try symbol("PQsendQuery")
    sendPrepare = try symbol("PQsendPrepare")
    sendQueryPrepared = try symbol("PQsendQueryPrepared")
    flush = try symbol("PQflush")
    consumeInput = try symbol("PQconsumeInput")
    isBusy = try symbol("PQisBusy")
    getResult = try symbol("PQgetResult")
    resultStatus = try symbol("PQresultStatus")
    resultErrorField = try symbol("PQresultErrorField")
    rowCount = try symbol("PQntuples")
    columnCount = try symbol("PQnfields")
    columnName = try symbol("PQfname")
    columnType = try symbol("PQftype")
    isNull = try symbol("PQgetisnull")
    length = try symbol("PQgetlength")
    value = try symbol("PQgetvalue")
    commandStatus = try symbol("PQcmdStatus")
    changedRows = try symbol("PQcmdTuples")
    clear = try symbol("PQclear")
  }
}

extension LibPQ {
  /// `PostgresPollingStatusType`.
  enum Polling {
    static let failed: UInt32 = 0
    static let reading: UInt32 = 1
    static let writing: UInt32 = 2
    static let ok: UInt32 = 3
  }
  /// `ConnStatusType`.
  static let connectionOK: UInt32 = 0
  /// `ExecStatusType` of a result that is no error.
  static let successes: ClosedRange<UInt32> = 0...2
  /// `PG_DIAG_…`, the fields of an error.
  enum Field {
    static let severity = CInt(UInt8(ascii: "V"))
    static let sqlState = CInt(UInt8(ascii: "C"))
    static let message = CInt(UInt8(ascii: "M"))
    static let table = CInt(UInt8(ascii: "t"))
    static let column = CInt(UInt8(ascii: "c"))
    static let constraint = CInt(UInt8(ascii: "n"))
  }
}
