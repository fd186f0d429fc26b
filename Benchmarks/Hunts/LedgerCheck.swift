import Foundation
import Logging
import Operations
import Server
import Storage
import Terminal
import Vocabulary

/// Compares what callers were told with what is there: every acknowledged row is there with its key, no key is there twice,
/// the chain verifies, and a rebuild gives the equal state.
struct LedgerCheck {
  private let folder: DataFolder
  private let ledger: String

  struct Lost: Error, CustomStringConvertible {
    let description: String
  }

  init(folder: DataFolder, ledger: String) {
    self.folder = folder
    self.ledger = ledger
  }

  init(_ options: Options) throws {
    self.init(folder: DataFolder(path: try options.text("data")), ledger: try options.text("ledger"))
  }

  func run() async throws {
    // Opened for writing once, so that what a crash left is recovered as a start would.
    let recovered = try await ArbiterFolder.open(
      folder, as: "ledger check", settings: ServerSettings(), logger: Logger(label: "check"))
    let rows = try await rows(of: recovered)
    let entries = try Ledger.read(ledger)
    var acknowledged = 0
    var missing: [String] = []
    var unknown: Set<String> = []
    for entry in entries {
      switch entry {
      case .sent(let key): unknown.insert(key)
      case .unknown: break
      case .acknowledged(let key, let row, let id):
        unknown.remove(key)
        acknowledged += 1
        if rows[key]?.contains(where: { $0.number == row && $0.id == id }) != true { missing.append(key) }
      }
    }
    let doubled = rows.filter { $0.value.count > 1 }.keys.sorted()
    let there = unknown.filter { rows[$0] != nil }.count
    let verified = try await recovered.verifyJournal(expecting: nil) { _, _ in }
    let rebuilt = try await recovered.rebuild(reexecuting: true) { _, _ in }
    let findings = try await recovered.checkDatabase()
    await recovered.close()
    print(
      """
      acknowledged \(acknowledged), missing \(missing.count), doubled \(doubled.count)
      unknown to the caller \(unknown.count): \(there) happened, \(unknown.count - there) did not
      journal rows \(verified.rows), chain \(verified.isWhole ? "whole" : "BROKEN \(verified.faults)")
      rebuild \(rebuilt.isEqual ? "equal" : "DIFFERENT \(rebuilt.differences)"), state hash \(rebuilt.live)
      \(findings.map { "\($0.name): \($0.verdict.rawValue)" }.joined(separator: ", "))
      """)
    guard missing.isEmpty, doubled.isEmpty, verified.isWhole, rebuilt.isEqual,
      findings.allSatisfy({ $0.verdict == .fine })
    else { throw Lost(description: "something was lost: missing \(missing.prefix(5)), doubled \(doubled.prefix(5))") }
  }

  private struct Row {
    let number: Int64
    let id: String
  }

  private func rows(of arbiter: ArbiterFolder) async throws -> [String: [Row]] {
    var rows: [String: [Row]] = [:]
    var last: Int64 = 0
    while true {
      let page = try await arbiter.journalEntries(after: last, limit: 1000)
      guard let end = page.last else { return rows }
      for entry in page {
        if let key = entry.key { rows[key, default: []].append(Row(number: entry.number, id: entry.id.description)) }
      }
      last = end.number
    }
  }
}
