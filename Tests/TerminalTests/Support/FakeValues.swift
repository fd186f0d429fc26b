import Storage
import StrictJSON
import Terminal
import Vocabulary

@testable import Operations

extension Journal.Head {
  static let empty = Journal.Head(number: 0, hash: ChainHash.beginning, time: Timestamp(microseconds: .min), code: [])

  static func at(_ number: Int64) -> Journal.Head {
    Journal.Head(
      number: number, hash: [UInt8](repeating: 0xab, count: 32), time: Timestamp(microseconds: number),
      code: [UInt8](repeating: 0xcd, count: 32))
  }
}

extension JournalReference {
  static func row(_ number: Int64, of operation: String = "roll_dice") -> JournalReference {
    JournalReference(
      number: number, id: JournalRowID(UniqueID(high: 7, low: 7)), operation: operation, version: 1,
      time: Timestamp(microseconds: 0))
  }
}

extension JournalEntry {
  static func row(_ number: Int64, summary: String = "8d6 = 31") throws -> JournalEntry {
    let document: JSON = [
      "number": .integer(number), "id": "00000000-0000-7000-8000-00000000000a", "operation": "roll_dice", "version": 1,
      "time": "2026-11-21T09:00:52.000000Z", "actor": ["id": .null, "name": "Ada"], "role": "owner",
      "summary": .string(summary), "state": "standing", "undoable": true, "input": ["notation": "8d6"],
      "ids": [], "changes": [], "events": [["topic": "rolls", "number": 3, "type": "roll.made"]],
      "contentDigest": "aa", "hash": "bb", "previousHash": "cc",
    ]
    return try document.decode(JournalEntry.self)
  }
}

extension RebuildReport {
  /// A report of a folder without tables, equal or not.
  static func of(_ rows: Int64, isEqual: Bool) throws -> RebuildReport {
    let empty = EmptyState()
    var report = RebuildReport(rows: rows, live: try StateHash(of: [], in: empty))
    report.rebuilt = try StateHash(of: isEqual ? [] : [StateTable("rolls", key: ["id"])], in: empty)
    return report
  }
}

private final class EmptyState: ReadTransaction {
  let workspace = WorkspaceID(UniqueID(high: 1, low: 1))
  let time = Timestamp(microseconds: 0)
  func forEachRow(_ sql: SQL, _ each: (SQLRow) throws -> Void) throws {}
}

extension OperationFacts {
  private struct Input: Codable { let notation: String }

  static func fake(_ name: String, _ kind: Kind) throws -> OperationFacts {
    OperationFacts(
      name: name, version: 1, kind: kind, title: "Title of \(name)", summary: "Summary of \(name).",
      permission: Permission("dice.roll", from: .editor), input: try JSONSchema(of: Input.self),
      output: try JSONSchema(of: Input.self), example: ["notation": "it's 8d6"])
  }
}

/// What `roll_dice` answers.
func rollOutput(_ total: Int64, text: String, purpose: JSON = .null, critical: JSON = .null) -> JSON {
  [
    "id": "00000000-0000-7000-8000-00000000000b", "total": .integer(total), "purpose": purpose,
    "result": ["total": .integer(total), "text": .string(text), "critical": critical],
  ]
}
