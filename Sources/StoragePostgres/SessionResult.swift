import Storage

/// What a statement gave: its rows, and how many it changed.
struct SessionResult {
  private(set) var rows: [SQLRow] = []
  private(set) var changedRows = 0

  init() {}

  /// Copies a result out of libpq's memory.
  init(_ result: LibPQ.Result, library pq: LibPQ) throws(PostgresFault) {
    changedRows = pq.changedRows(result).flatMap { Int(String(cString: $0)) } ?? 0
    let columnCount = pq.columnCount(result)
    guard columnCount > 0 else { return }
    let columns = (0..<columnCount).map { pq.columnName(result, $0).map { String(cString: $0) } ?? "" }
    let types = (0..<columnCount).map { pq.columnType(result, $0) }
    let rowCount = pq.rowCount(result)
    rows.reserveCapacity(Int(rowCount))
    for row in 0..<rowCount {
      var values: [SQLValue] = []
      values.reserveCapacity(columns.count)
      for column in 0..<columnCount {
        guard pq.isNull(result, row, column) == 0 else {
          values.append(.null)
          continue
        }
        let bytes = UnsafeRawBufferPointer(
          start: pq.value(result, row, column), count: Int(pq.length(result, row, column)))
        values.append(try SQLValue(binary: bytes, type: types[Int(column)]))
      }
      rows.append(SQLRow(columns: columns, values: values))
    }
  }
}
