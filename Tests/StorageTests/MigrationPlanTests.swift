import Storage
import Testing

@Suite struct MigrationPlanTests {
  private let first = Migration(module: "notes", number: 1, name: "create notes", statements: ["CREATE TABLE a"])
  private let second = Migration(module: "notes", number: 2, name: "add titles", statements: ["ALTER TABLE a"])
  private let other = Migration(module: "tags", number: 1, name: "create tags", statements: ["CREATE TABLE b"])

  private func applied(_ migration: Migration, checksum: String? = nil) -> AppliedMigration {
    AppliedMigration(
      module: migration.module, number: migration.number, name: migration.name,
      checksum: checksum ?? self.checksum(migration))
  }

  private func checksum(_ migration: Migration) -> String { migration.statements.joined(separator: ";") }

  private func pending(_ wanted: [Migration], _ applied: [AppliedMigration]) throws -> [Migration] {
    try MigrationPlan.pending(wanted, applied: applied, checksum: checksum)
  }

  @Test func `an empty database wants every step, in order`() throws {
    #expect(try pending([first, other, second], []) == [first, other, second])
  }

  @Test func `what ran is left out`() throws {
    #expect(try pending([first, other, second], [applied(first), applied(other)]) == [second])
    #expect(try pending([first], [applied(first)]).isEmpty)
  }

  @Test func `a step that this program does not know is refused`() {
    #expect { try pending([first], [applied(first), applied(second)]) } throws: { error in
      (error as? StorageError)?.kind == .newerSchema && "\(error)".contains("notes 2 (“add titles”)")
    }
  }

  @Test func `a step with other statements is refused`() {
    #expect { try pending([first], [applied(first, checksum: "other")]) } throws: { error in
      (error as? StorageError)?.kind == .changedMigration && "\(error)".contains("notes 1")
    }
  }

  @Test func `two statements have other bytes than one with both texts`() {
    let one = Migration(module: "a", number: 1, name: "x", statements: ["AB"])
    let two = Migration(module: "a", number: 1, name: "x", statements: ["A", "B"])
    #expect(one.checksummedBytes != two.checksummedBytes)
  }
}
