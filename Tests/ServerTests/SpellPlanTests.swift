import Foundation
import Operations
import Proposals
import Server
import StrictJSON
import Testing
import Vocabulary

/// A stranger's campaign, seeds and plans, through what `arbiter plan check` and `arbiter plan execute` open, against what a
/// person worked out for the dice of each seed.
@Suite("Spells as plans", .timeLimit(.minutes(5)))
struct SpellPlanTests {
  static let files = [
    "01-chill-touch", "02-shatter", "03-acid-splash", "04-magic-missile", "05-eldritch-blast", "06-healing-word",
    "07-cure-wounds", "08-hold-person", "09-sunbeam", "10-bless", "11-detect-magic",
  ]

  @Test(arguments: files)
  func `a plan does what a person worked out for its seed`(file: String) async throws {
    let expect = try SpellExpectation(file)
    let table = try await SpellTable(seed: expect.seed)
    let plan = try SpellTable.document("\(file).json")
    let before = try await table.sheet()
    let head = try await table.folder.journalHead()

    let report = try await table.folder.check(plan, on: SpellTable.subject)
    #expect(report.isExecutable, "\(report.faults)")
    #expect(try await table.folder.journalHead() == head)
    let record = try await table.folder.execute(plan, on: SpellTable.subject, key: try #require(IdempotencyKey(file)))
    #expect(record.outcome == .executed)
    #expect(record.operations.allSatisfy { $0.status == .executed })

    try await expectResults(expect, plan, record, table)
    try await expectSheet(expect, before, try await table.sheet())
    #expect(try await table.folder.rebuild(reexecuting: true, progress: { _, _ in }).isEqual)
    await table.folder.close()
  }

  @Test(.enabled(if: Verifier.isThere), arguments: files.filter { !$0.hasPrefix("1") })
  func `another program computes the same dice from the revealed seed`(file: String) async throws {
    let expect = try SpellExpectation(file)
    let table = try await SpellTable(seed: expect.seed)
    _ = try await table.folder.execute(
      try SpellTable.document("\(file).json"), on: SpellTable.subject, key: try #require(IdempotencyKey(file)))
    let export = try await table.export()
    let dice = expect.dice.values.map(\.count).reduce(0, +)
    let open = try await Verifier.run(on: export, secret: nil)
    #expect(open.status == 2, "a seed that is not revealed tells nothing: \(open.output)")
    let verified = try await Verifier.run(on: export, secret: expect.seed)
    #expect(verified.status == 0, "\(verified.output)")
    #expect(verified.output.contains("\(dice) dice computed again, 0 wrong"), "\(verified.output)")
    let forged = try await Verifier.run(on: try Self.forging(export), secret: expect.seed)
    #expect(forged.status == 1, "\(forged.output)")
    #expect(forged.output.contains("1 wrong"), "\(forged.output)")
    await table.folder.close()
  }

  @Test func `a required step cannot pass over the result that it needs, one that is not required can`() async throws {
    let table = try await SpellTable(seed: try SpellExpectation(Self.files[0]).seed)
    func plan(required: Bool) -> JSON {
      [
        "operations": [
          ["operation": "roll_dice", "input": ["notation": "1d6 // 0"], "result_key": "acid", "required": false],
          [
            "operation": "apply_damage", "input": ["targets": ["drowned_1"], "amount_ref": "acid", "type": "acid"],
            "required": .bool(required),
          ],
          ["operation": "advance_time", "input": ["minutes": 1]],
        ]
      ]
    }
    let report = try await table.folder.check(plan(required: true), on: SpellTable.subject)
    #expect(!report.isExecutable && report.operations.map(\.status) == [.refused, .notChecked, .executed])
    #expect(report.faults.count == 1 && report.faults[0].pointer.hasPrefix("/operations/0"))
    let record = try await table.folder.execute(
      plan(required: false), on: SpellTable.subject, key: try #require(IdempotencyKey("passed-over")))
    #expect(record.operations.map(\.status) == [.refused, .skipped, .executed])
    await table.folder.close()
  }

  /// The export with the first die of all turned.
  private static func forging(_ export: [JSON]) throws -> [JSON] {
    var export = export
    let place = try #require(export.firstIndex { $0["draws"]?["faces"]?[0] != nil })
    var row = try #require(export[place].members)
    var draws = try #require(row["draws"]?.members)
    var faces = try #require(draws["faces"]?.items)
    let face = try #require(faces[0][1]?.int64)
    faces[0] = .array([faces[0][0] ?? .null, .integer(face == 1 ? 2 : face - 1)])
    draws["faces"] = .array(faces)
    row["draws"] = .object(draws)
    export[place] = .object(row)
    return export
  }

  private func expectResults(
    _ expect: SpellExpectation, _ plan: JSON, _ record: ProposalRecord, _ table: SpellTable
  ) async throws {
    let keys = plan["operations"]?.items?.map { $0["result_key"]?.text } ?? []
    var faces: [String: [Int64]] = [:]
    var outputs: [String: JSON] = [:]
    let rows = try await table.folder.journalEntries(after: 0, limit: 200)
    for (key, step) in zip(keys, record.operations) {
      let row = try #require(rows.first { $0.number == step.journal?.number })
      if let key, let draws = row.draws { faces[key] = draws.faces.map { Int64($0[1]) } }
      if let key { outputs[key] = step.output }
    }
    #expect(faces == expect.dice)
    for (key, values) in expect.results {
      for (pointer, value) in values {
        #expect(JSONPointer(pointer).flatMap { outputs[key]?[$0] } == value, "\(key)\(pointer): \(expect.why)")
      }
    }
  }

  /// What is expected to change did; nothing else did.
  private func expectSheet(_ expect: SpellExpectation, _ before: JSON, _ after: JSON) async throws {
    #expect(after["time"] == expect.time ?? before["time"])
    let pairs = zip(before["creatures"]?.items ?? [], after["creatures"]?.items ?? [])
    for (old, new) in pairs {
      let id = new["id"]?.text ?? ""
      #expect(new["hit_points"]?["current"] == expect.hitPoints[id] ?? old["hit_points"]?["current"], "\(id)")
      #expect(new["hit_points"]?["temporary"] == expect.temporary[id] ?? old["hit_points"]?["temporary"], "\(id)")
      #expect(Self.conditions(of: new) == expect.conditions[id] ?? Self.conditions(of: old), "\(id)")
      for (mine, his) in zip(old["resources"]?.items ?? [], new["resources"]?.items ?? []) {
        let resource = mine["resource_id"]?.text ?? ""
        #expect(his["current"] == expect.resources[resource] ?? mine["current"], "\(resource)")
      }
    }
    #expect((after["creatures"]?.items ?? []).count == 9)
  }

  private static func conditions(of creature: JSON) -> [String] {
    (creature["conditions"]?.items ?? []).compactMap { $0["name"]?.text }
  }
}
