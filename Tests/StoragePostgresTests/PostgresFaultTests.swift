import Storage
import Testing

@testable import StoragePostgres

@Suite struct PostgresFaultTests {
  private func refusal(_ sqlState: String, isFatal: Bool = false) -> ServerRefusal {
    ServerRefusal(
      sqlState: sqlState, isFatal: isFatal, message: "invalid input “secret”", table: "t", column: nil, constraint: "k")
  }

  @Test(arguments: [
    ("23505", StorageError.Kind.constraint), ("23514", .constraint), ("23502", .constraint), ("22003", .constraint),
    ("22021", .constraint), ("54000", .constraint), ("22012", .statement), ("42601", .statement), ("42P01", .statement),
    ("XX000", .statement), ("40001", .rolledBack), ("40P01", .rolledBack), ("57P01", .rolledBack),
    ("08006", .rolledBack),
    ("25P03", .rolledBack), ("57014", .timedOut), ("55P03", .timedOut), ("53100", .full), ("53200", .overloaded),
    ("53300", .unavailable), ("3D000", .unavailable), ("28P01", .noAccess), ("42501", .noAccess), ("25006", .readOnly),
    ("XX001", .damaged), ("", .statement),
  ])
  func `a code of the server says what a writer can do`(sqlState: String, kind: StorageError.Kind) {
    #expect(PostgresFault.refused(refusal(sqlState)).storageError(isWriting: true).kind == kind)
  }

  @Test(arguments: [("57P01", StorageError.Kind.unavailable), ("08006", .unavailable), ("25006", .statement)])
  func `a reader has nothing to roll back`(sqlState: String, kind: StorageError.Kind) {
    #expect(PostgresFault.refused(refusal(sqlState)).storageError(isWriting: false).kind == kind)
  }

  @Test func `a broken connection is rolled back for a writer, unavailable for a reader`() {
    #expect(PostgresFault.lost("gone").storageError(isWriting: true).kind == .rolledBack)
    #expect(PostgresFault.lost("gone").storageError(isWriting: false).kind == .unavailable)
    #expect(PostgresFault.late.storageError(isWriting: true).kind == .timedOut)
    #expect(PostgresFault.misuse("wrong").storageError(isWriting: true).kind == .statement)
  }

  @Test func `what quotes a value is not told`() {
    #expect(!refusal("22P02").summary.contains("secret"))
    #expect(refusal("23505").summary.contains("table t, constraint k"))
  }

  @Test(arguments: [("40001", true), ("40P01", true), ("40002", false), ("23505", false)])
  func `only a conflict is worth another run at once`(sqlState: String, isConflict: Bool) {
    #expect(PostgresFault.refused(refusal(sqlState)).isConflict == isConflict)
  }

  @Test func `a session goes on after an error, not after its end`() {
    #expect(PostgresFault.refused(refusal("23505")).leavesSession)
    #expect(!PostgresFault.refused(refusal("57P01", isFatal: true)).leavesSession)
    #expect(!PostgresFault.lost("gone").leavesSession)
    #expect(!PostgresFault.late.leavesSession)
  }
}
