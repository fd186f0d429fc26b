/// The prepared statements of one connection, found by their text; at the bound the one unused for longest goes.
struct StatementCache {
  private var statements: [String: Statement] = [:]
  private var uses: UInt64 = 0
  private let limit: Int

  init(limit: Int) { self.limit = max(1, limit) }

  var count: Int { statements.count }

  /// The statement for `text`, made by `make` when there is none or the one there is in use.
  mutating func take(_ text: String, make: (_ isKept: Bool) throws -> Statement) throws -> Statement {
    uses += 1
    if let statement = statements[text] {
      guard !statement.isBusy else { return try make(false) }
      statement.lastUse = uses
      return statement
    }
    let statement = try make(true)
    if statements.count >= limit, let oldest = statements.values.min(by: { $0.lastUse < $1.lastUse }) {
      statements[oldest.text] = nil
    }
    statement.lastUse = uses
    statements[text] = statement
    return statement
  }

  /// Finalizes all, as must be before their connection is closed.
  mutating func empty() { statements = [:] }
}
