import Storage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One connection to the server. Every wait has a deadline, because a frozen server still acknowledges TCP.
///
/// Not `Sendable`: it is used by one thread at a time, which is its slot's queue (see ``Slot``).
final class Session {
  private let pq: LibPQ
  private let connection: LibPQ.Connection
  private var statements: StatementCache
  /// Asked during a long silence whether the server still answers anybody; nil while connecting.
  private let liveness: Liveness?
  /// False once the connection is broken or in an unknown state. It is then closed, never used again.
  private(set) var isUsable = true

  /// Whether a server that has been silent on one connection is alive, found out on another.
  struct Liveness {
    /// How long a silence is before the first question; each later one comes after twice the time.
    let silence: Duration
    let isServerAlive: () -> Bool
  }

  /// Connects. Resolving a host's name is libpq's and has no deadline of ours: give an address, or a socket's folder.
  init(
    to conninfo: String, statementsMax: Int, library: LibPQ, by deadline: Deadline, liveness: Liveness?
  ) throws(PostgresFault) {
    guard let connection = library.connectStart(conninfo) else { throw .lost("out of memory") }
    pq = library
    self.connection = connection
    self.liveness = liveness
    statements = StatementCache(capacity: statementsMax)
    // From here on a throw runs deinit, which finishes the connection.
    try establish(by: deadline)
    _ = pq.setNoticeProcessor(connection, { _, _ in }, nil)
    guard pq.setNonblocking(connection, 1) == 0 else { throw lost() }
  }

  deinit { pq.finish(connection) }

  var serverVersion: Int { Int(pq.serverVersion(connection)) }
  var backendPID: Int64 { Int64(pq.backendPID(connection)) }

  /// A setting that the server reports by itself, as `server_encoding`.
  func parameter(_ name: String) -> String? { pq.parameterStatus(connection, name).map { String(cString: $0) } }

  private func establish(by deadline: Deadline) throws(PostgresFault) {
    var state = LibPQ.Polling.writing
    while state != LibPQ.Polling.ok {
      guard pq.status(connection) != 1, state == LibPQ.Polling.reading || state == LibPQ.Polling.writing else {
        throw lost()
      }
      do {
        try wait(for: state == LibPQ.Polling.reading ? POLLIN : POLLOUT, by: deadline)
      } catch .late {
        isUsable = false
        throw .lost("the server did not answer in time")
      }
      state = pq.connectPoll(connection)
    }
  }

  /// Runs statements without values or rows, and returns the tag of the last, as `COMMIT`.
  @discardableResult
  func execute(_ text: String, by deadline: Deadline) throws(PostgresFault) -> String {
    guard pq.sendQuery(connection, text) == 1 else { throw lost() }
    return try results(by: deadline) { pq, result in pq.commandStatus(result).map { String(cString: $0) } ?? "" } ?? ""
  }

  /// Runs a statement of the common dialect and returns its rows and how many it changed.
  func run(_ sql: SQL, by deadline: Deadline) throws(PostgresFault) -> SessionResult {
    let parameters = try BinaryParameters(sql.values)
    let name = try prepare(StatementCache.Key(text: sql.text, types: parameters.types), by: deadline)
    let sent = parameters.withPointers { values, lengths, formats in
      pq.sendQueryPrepared(connection, name, CInt(parameters.types.count), values, lengths, formats, 1)
    }
    guard sent == 1 else { throw lost() }
    let result = try results(by: deadline) { pq, result throws(PostgresFault) in
      try SessionResult(result, library: pq)
    }
    return result ?? SessionResult()
  }

  private func prepare(_ key: StatementCache.Key, by deadline: Deadline) throws(PostgresFault) -> String {
    if let name = statements.name(for: key) { return name }
    if let forgotten = statements.makeRoom() { try execute("DEALLOCATE \(forgotten)", by: deadline) }
    let name = statements.newName()
    guard pq.sendPrepare(connection, name, Dialect.postgres(key.text), CInt(key.types.count), key.types) == 1 else {
      throw lost()
    }
    _ = try results(by: deadline) { _, _ in }
    statements.insert(name, for: key)
    return name
  }

  /// Takes the results of what was sent, all of them; the last is read and returned, the first error thrown.
  private func results<R>(
    by deadline: Deadline, _ read: (LibPQ, LibPQ.Result) throws(PostgresFault) -> R
  ) throws(PostgresFault) -> R? {
    var last: R?
    var fault: PostgresFault?
    while let result = try nextResult(by: deadline) {
      defer { pq.clear(result) }
      guard fault == nil else { continue }
      guard LibPQ.successes.contains(pq.resultStatus(result)) else {
        fault = refusal(in: result)
        continue
      }
      do { last = try read(pq, result) } catch { fault = error }
    }
    if pq.status(connection) != LibPQ.connectionOK { isUsable = false }
    if let fault { throw fault }
    return last
  }

  private func nextResult(by deadline: Deadline) throws(PostgresFault) -> LibPQ.Result? {
    while true {
      let unsent = pq.flush(connection)
      guard unsent >= 0 else { throw lost() }
      guard unsent == 1 || pq.isBusy(connection) != 0 else { return pq.getResult(connection) }
      try wait(for: unsent == 1 ? POLLIN | POLLOUT : POLLIN, by: deadline)
      guard pq.consumeInput(connection) == 1 else { throw lost() }
    }
  }

  /// After ``PostgresFault/late``: waits for the end of what still runs and drops its results. False when that does not
  /// come either.
  func settle(by deadline: Deadline) -> Bool {
    do {
      _ = try results(by: deadline) { _, _ in }
    } catch {
      // The statement that was stopped ends with an error: that is the wanted end, if the session lives.
      if !error.leavesSession { isUsable = false }
    }
    return isUsable
  }

  /// Never to be used again.
  func giveUp() { isUsable = false }

  /// Waits until the socket is ready.
  private func wait(for events: Int32, by deadline: Deadline) throws(PostgresFault) {
    var silence = liveness?.silence ?? .zero
    var nextQuestion = liveness.map { Deadline.after($0.silence) }
    while true {
      var descriptor = pollfd(fd: pq.socket(connection), events: Int16(events), revents: 0)
      let until = nextQuestion.map { deadline.earlier(of: $0) } ?? deadline
      let ready = poll(&descriptor, 1, until.pollMilliseconds)
      if ready > 0 { return }
      guard ready == 0 || errno == EINTR else { throw lost("poll: \(String(cString: strerror(errno)))") }
      guard !deadline.isOver else { throw .late }
      guard let liveness, nextQuestion?.isOver == true else { continue }
      guard liveness.isServerAlive() else { throw lost("the server has stopped answering") }
      silence *= 2
      nextQuestion = .after(silence)
    }
  }

  private func refusal(in result: LibPQ.Result) -> PostgresFault {
    func field(_ code: CInt) -> String? { pq.resultErrorField(result, code).map { String(cString: $0) } }
    // Without a code it is libpq's own: the connection broke.
    guard let sqlState = field(LibPQ.Field.sqlState) else { return lost() }
    let isFatal = field(LibPQ.Field.severity).map { $0 == "FATAL" || $0 == "PANIC" } ?? false
    if isFatal { isUsable = false }
    return .refused(
      ServerRefusal(
        sqlState: sqlState, isFatal: isFatal, message: field(LibPQ.Field.message) ?? "",
        table: field(LibPQ.Field.table), column: field(LibPQ.Field.column), constraint: field(LibPQ.Field.constraint)))
  }

  private func lost(_ words: String? = nil) -> PostgresFault {
    isUsable = false
    let said = pq.errorMessage(connection).map { String(cString: $0) } ?? ""
    let line = said.split(whereSeparator: \.isNewline).joined(separator: " ")
    return .lost(words ?? (line.isEmpty ? "the connection is closed" : line))
  }
}
