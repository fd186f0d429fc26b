import Storage
import StrictJSON
import TestKit
import Testing

@testable import Operations

@Suite("Rebuild")
struct RebuildTests {
  /// A random life of a workspace: everything that can happen, in any order.
  private func live(_ arbiter: TestWorkspace, steps: Int) async throws {
    for step in 0..<steps {
      arbiter.clock.advance(by: .seconds(arbiter.random.below(100)))
      switch arbiter.random.below(10) {
      case 0...4:
        try await arbiter.perform("roll_dice", ["notation": .string("\(1 + arbiter.random.below(9))d20kh1+\(step)")])
      case 5: try await arbiter.perform("contribute_entropy", ["text": .string("words \(step)")])
      case 6:
        let revision = try await arbiter.read("show_workspace")["revision"] ?? .null
        try await arbiter.perform("rename_workspace", ["name": .string("Name \(step)"), "revision": revision])
      case 7: try await arbiter.perform("rotate_seed", [:])
      default:
        let row = Int64(1 + arbiter.random.below(step + 2))
        _ = try? await arbiter.perform("undo", ["journal": .integer(row)])  // Often refused, as it should be.
      }
    }
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func `folding the journal of any life gives the equal state, and deciding again the same`(seed: UInt64) async throws {
    let arbiter = try await TestWorkspace(seed: seed)
    try await live(arbiter, steps: 60)
    let folded = try await arbiter.rebuild()
    #expect(folded.isEqual, "seed \(seed): \(folded)")
    let again = try await arbiter.rebuild(reexecuting: true)
    #expect(again.isEqual, "seed \(seed): \(again.differences)")
    #expect(again.reexecuted == Int(again.rows))
    let verified = try await arbiter.journal.verify(arbiter.workspace, of: arbiter.database)
    #expect(verified.isWhole, "seed \(seed): \(verified.faults)")
  }

  @Test func `a state that was changed behind the journal's back is seen`() async throws {
    let arbiter = try await TestWorkspace()
    try await arbiter.perform("roll_dice", ["notation": "2d6"])
    try await arbiter.database.write("test.tamper", in: arbiter.workspace) { transaction in
      _ = try transaction.run("UPDATE rolls SET total = total + 1 WHERE workspace = \(transaction.workspace)")
    }
    #expect(try await arbiter.rebuild().isEqual == false)
  }

  @Test(
    arguments: [
      "UPDATE journal SET operation = 'roll_twice' WHERE number = 3",
      "UPDATE journal SET time = time + 1 WHERE number = 3",
      "UPDATE journal SET content = CAST(content || x'20' AS BLOB) WHERE number = 3",
      "UPDATE journal SET content_digest = zeroblob(32) WHERE number = 3",
      "UPDATE journal SET hash = zeroblob(32) WHERE number = 3",
      "DELETE FROM journal WHERE number = 3",
      "DELETE FROM journal WHERE number = 4",
      "UPDATE journal_heads SET code = zeroblob(32)",
      "UPDATE journal_heads SET number = 3, hash = (SELECT hash FROM journal WHERE number = 3)",
    ] as [SQL])
  func `a journal that was tampered with does not verify`(statement: SQL) async throws {
    let arbiter = try await TestWorkspace()
    try await arbiter.perform("roll_dice", ["notation": "2d6"])
    try await arbiter.perform("roll_dice", ["notation": "2d6"])
    #expect(try await arbiter.journal.verify(arbiter.workspace, of: arbiter.database).isWhole)
    _ = try await arbiter.database.write("test.tamper", in: arbiter.workspace) { try $0.run(statement) }
    let verified = try await arbiter.journal.verify(arbiter.workspace, of: arbiter.database)
    #expect(!verified.isWhole)
  }

  /// Whoever can rewrite a row can also give it a fitting hash; what they cannot do is make the next row agree.
  @Test func `a row in the middle that was rewritten with a hash of its own is found by the row after it`() async throws
  {
    let arbiter = try await TestWorkspace()
    for _ in 0..<3 { try await arbiter.perform("roll_dice", ["notation": "2d6"]) }
    try await arbiter.database.write("test.rewrite", in: arbiter.workspace) { [journal = arbiter.journal] transaction in
      let before = try #require(try journal.row(2, in: transaction))
      let row = try #require(try journal.row(3, in: transaction))
      let header = ChainHash.Header(
        workspace: transaction.workspace, number: row.number, id: row.id, operation: "rename_workspace",
        version: row.version, outcome: row.outcome, time: row.time, person: row.person, undoes: row.undoes,
        root: row.root, contentDigest: row.contentDigest)
      let hash = ChainHash.row(after: before.hash, header)
      try transaction.run(
        """
        UPDATE journal SET operation = 'rename_workspace', hash = \(hash)
        WHERE workspace = \(transaction.workspace) AND number = \(row.number)
        """)
    }
    let verified = try await arbiter.journal.verify(arbiter.workspace, of: arbiter.database)
    #expect(verified.faults.map(\.row) == [4])
  }

  @Test func `a rewritten end is found by an exported head`() async throws {
    let arbiter = try await TestWorkspace()
    try await arbiter.perform("roll_dice", ["notation": "2d6"])
    let verified = try await arbiter.journal.verify(
      arbiter.workspace, of: arbiter.database, expecting: (3, [UInt8](repeating: 7, count: 32)))
    #expect(verified.faults.map(\.row) == [3])
  }
}
