import Operations
import Storage
import StrictJSON
import Vocabulary

/// The table of summaries. Each is made of the one before it and of the turns since; several are kept, so that a turn that is
/// undone takes no more of them with it than it is in.
struct SummaryTable: Sendable {
  /// Summaries of a subject that are kept.
  private static let keptMax = 20

  let sealer: any Sealer

  static let migration = Migration(
    module: "runs", number: 2, name: "create summaries",
    statements: [
      """
      CREATE TABLE run_summaries (
        workspace BLOB NOT NULL,
        subject TEXT NOT NULL,
        through BIGINT NOT NULL,
        content BLOB NOT NULL,
        PRIMARY KEY (workspace, subject, through)
      )
      """
    ])

  /// The one that reaches furthest of those that end before a turn.
  func latest(on subject: String, before number: Int64, in state: any ReadTransaction) throws -> StorySummary? {
    let row = try state.first(
      """
      SELECT through, content FROM run_summaries
      WHERE workspace = \(state.workspace) AND subject = \(subject) AND through < \(number)
      ORDER BY through DESC LIMIT 1
      """, as: Row.self)
    return try row.map { row in
      try row.content.open(
        with: sealer,
        at: SealedPlace(
          table: "run_summaries", column: "content", workspace: state.workspace,
          row: Array("\(subject)#\(row.through)".utf8)))
    }
  }

  func put(_ summary: StorySummary, on subject: String, in transaction: any Transaction) throws {
    try transaction.run(
      """
      INSERT INTO run_summaries (workspace, subject, through, content)
      VALUES (\(transaction.workspace), \(subject), \(summary.through), \(try Sealed<StorySummary>.plain(summary)))
      ON CONFLICT (workspace, subject, through) DO UPDATE SET content = excluded.content
      """)
    let oldest: Int64? = try transaction.value(
      """
      SELECT through FROM run_summaries WHERE workspace = \(transaction.workspace) AND subject = \(subject)
      ORDER BY through DESC LIMIT 1 OFFSET \(Self.keptMax)
      """)
    guard let oldest else { return }
    try transaction.run(
      """
      DELETE FROM run_summaries
      WHERE workspace = \(transaction.workspace) AND subject = \(subject) AND through <= \(oldest)
      """)
  }

  /// A turn is not any more as it was summarised.
  func forget(_ subject: String, from number: Int64, in transaction: any Transaction) throws {
    try transaction.run(
      """
      DELETE FROM run_summaries
      WHERE workspace = \(transaction.workspace) AND subject = \(subject) AND through >= \(number)
      """)
  }

  private struct Row: Decodable {
    let through: Int64
    let content: Sealed<StorySummary>
  }
}
