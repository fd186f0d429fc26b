import Operations
import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

/// The verifier on the journal of a whole workspace: two seeds, contributions, rolls that failed, and every way to cheat
/// that an export can show.
@Suite("Checking published rolls")
struct DrawVerifierTests {
  /// A journal as it is exported, and where things stand in it.
  private struct Export {
    var rows: [JSON]
    let workspace: TestWorkspace

    /// The rows that drew.
    var drawn: [Int] { rows.indices.filter { rows[$0]["draws"].map { !$0.isNull } ?? false } }

    /// - Returns: the place of the row whose first change is of a kind.
    func place(of kind: String, _ number: Int64) throws -> Int {
      try #require(
        rows.firstIndex { row in
          (row["changes"]?.items ?? []).contains {
            $0["change"]?["kind"]?.text == kind && $0["change"]?["number"]?.int64 == number
          }
        })
    }
  }

  /// Rows 1 and 2 found the workspace; 3 and 4 roll, 5 fails with its dice, 6 adds words, 7 rolls, 8 adds more, 9 rolls;
  /// 10 rotates, unless not; then one more roll of the seed in use.
  private static func export(rotating: Bool = true) async throws -> Export {
    let workspace = try await TestWorkspace()
    try await workspace.perform("roll_dice", ["notation": "8d6"])
    try await workspace.perform("roll_dice", ["notation": "2d20kh1 + 1d1000000"])
    await #expect(throws: OperationError.self) {
      try await workspace.perform("roll_dice", ["notation": "10 // (1d1000000 // 1000000)"])
    }
    try await workspace.perform("contribute_entropy", ["text": "the heron stands in cold water"])
    try await workspace.perform("roll_dice", ["notation": "4d6kh3"])
    try await workspace.perform("contribute_entropy", ["text": "Zwölf große Würfel 🎲"])
    try await workspace.perform("roll_dice", ["notation": "3d6x"])
    if rotating { try await workspace.perform("rotate_seed", [:]) }
    try await workspace.perform("roll_dice", ["notation": "5d8"])
    var rows: [JSON] = []
    for number in 1...(try await workspace.count("journal")) {
      rows.append(try await workspace.read("show_journal_row", ["number": .integer(Int64(number))]))
    }
    return Export(rows: rows, workspace: workspace)
  }

  private func verdict(_ rows: [JSON], secret: String? = nil) throws -> DrawVerifier.Verdict {
    var verifier = DrawVerifier(secret: secret.flatMap([UInt8].init(hexadecimal:)))
    for row in rows { try verifier.read(row) }
    try verifier.read(["head": ["number": .integer(Int64(rows.count))]])
    return try verifier.verdict()
  }

  /// Why it cannot be checked; nil when it can.
  private func refusal(_ rows: [JSON], secret: String? = nil) -> String? {
    do {
      _ = try verdict(rows, secret: secret)
      return nil
    } catch {
      return (error as? DrawVerifier.Unreadable)?.message
    }
  }

  @Test func `an honest journal is as promised, and rolls of the seed in use are open`() async throws {
    let export = try await Self.export()
    let verdict = try verdict(export.rows)
    #expect(verdict.wrong == [])
    let dice = export.drawn.dropLast().reduce(0) { $0 + (export.rows[$1]["draws"]?["faces"]?.items?.count ?? 0) }
    #expect(dice >= 8 + 3 + 1 + 4 + 3, "the roll that failed drew too")
    #expect(verdict.dice == dice)
    #expect(verdict.openRolls == 1)
    #expect(verdict.seeds.map(\.number) == [1, 2])
    #expect(verdict.seeds.map(\.isRevealed) == [true, false])
    let shown = try await export.workspace.read("show_fairness")
    let commitments = verdict.seeds.map(\.commitment)
    #expect(commitments.allSatisfy { "\(shown)".contains($0) && $0.count == 64 }, "\(shown)")
  }

  @Test func `nothing is checked before a seed is revealed, and all of it with the secret at hand`() async throws {
    let before = try await Self.export(rotating: false)
    let open = try verdict(before.rows)
    #expect(open.dice == 0 && open.openRolls == before.drawn.count && open.wrong == [])
    let rotated = try await before.workspace.perform("rotate_seed", [:])
    let secret = try #require(rotated.output["revealed"]?["secret"]?.text)
    let known = try verdict(before.rows, secret: secret)
    #expect(known.openRolls == 0 && known.wrong == [] && known.seeds.map(\.isRevealed) == [true])
    #expect(known.dice == before.drawn.reduce(0) { $0 + (before.rows[$1]["draws"]?["faces"]?.items?.count ?? 0) })
    let stranger = String(repeating: "0f", count: 32)
    #expect(refusal(before.rows, secret: stranger) == "The given secret is of none of its seeds.")
  }

  // MARK: What does not hold

  /// Another face, wherever it lies; its row alone is told.
  @Test(arguments: 0..<5)
  func `a changed face is told with its row`(index: Int) async throws {
    var export = try await Self.export()
    let drawn = export.drawn
    try #require(drawn.count == 6)
    let row = drawn[index]
    let faces = try #require(export.rows[row]["draws"]?["faces"]?.items)
    let last = try #require(faces.last)
    let (sides, face) = (try #require(last[0]?.int64), try #require(last[1]?.int64))
    let other: JSON = [.integer(sides), .integer(face % max(sides, 2) + 1)]
    export.rows[row] = export.rows[row].setting(["draws", "faces"], to: .array(faces.dropLast() + [other]))
    let wrong = try verdict(export.rows).wrong
    #expect(wrong.count == 1 && wrong[0].hasPrefix("Row \(row + 1): [["), "\(wrong)")
  }

  @Test func `a die that is left out, one too many, and other sides are told`() async throws {
    let export = try await Self.export()
    let row = export.drawn[0]
    let faces = try #require(export.rows[row]["draws"]?["faces"]?.items)
    for forged in [[[7, 8]] + faces.dropFirst(), faces + [[6, 7]], faces + [[0, 1]]] as [[JSON]] {
      var rows = export.rows
      rows[row] = rows[row].setting(["draws", "faces"], to: .array(forged))
      #expect(try verdict(rows).wrong.count == 1)
    }
    // Nobody can tell that a die was left out at the end of a row, but how many there are is counted.
    var rows = export.rows
    rows[row] = rows[row].setting(["draws", "faces"], to: .array(Array(faces.dropLast())))
    #expect(try verdict(rows).dice == verdict(export.rows).dice - 1)
  }

  @Test func `another commitment than the secret's is told`() async throws {
    var export = try await Self.export()
    let row = try export.place(of: "committed", 1)
    let seed = try #require(export.rows[row]["changes"]?[0]?["change"]?["seed"]?["commitment"]?.text)
    let other = (seed.hasPrefix("0") ? "1" : "0") + seed.dropFirst()
    export.rows[row] = export.rows[row].replacing(seed, by: other)
    #expect(try verdict(export.rows).wrong == ["Seed 1: its secret is not the promised one."])
  }

  @Test func `a secret of another seed is told, and so are its dice`() async throws {
    var export = try await Self.export()
    let row = try export.place(of: "revealed", 1)
    let secret = try #require(export.rows[row]["changes"]?[0]?["change"]?["secret"]?.text)
    let next = try await export.workspace.perform("rotate_seed", [:])
    let swapped = try #require(next.output["revealed"]?["secret"]?.text)
    export.rows[row] = export.rows[row].replacing(secret, by: swapped)
    let verdict = try verdict(export.rows)
    #expect(verdict.wrong.first == "Seed 1: its secret is not the promised one.")
    #expect(verdict.wrong.count > 4, "the faces are not those of that secret")
  }

  @Test(arguments: [1, 3, 6, 9])
  func `a row that is missing is told with the number that comes next`(number: Int) async throws {
    var export = try await Self.export()
    export.rows.remove(at: number - 1)
    #expect(refusal(export.rows) == "Row \(number) comes next; this is not a whole journal, from row 1 on.")
  }

  @Test func `a roll that is left out or made twice shows in the counter`() async throws {
    let export = try await Self.export()
    let row = export.drawn[2]
    for roll in [Int64(1), 3] {
      var rows = export.rows
      rows[row] = rows[row].setting(["draws", "roll"], to: .integer(roll))
      #expect(try verdict(rows).wrong.contains("Row \(row + 1): it is roll \(roll) of stream 0; roll 2 comes next."))
    }
    var rows = export.rows
    rows[row] = rows[row].setting(["draws"], to: .null)
    #expect(try verdict(rows).wrong == ["Row \(export.drawn[3] + 1): it is roll 3 of stream 0; roll 2 comes next."])
  }

  @Test func `dice of the rehearsals' stream are told`() async throws {
    var export = try await Self.export()
    let row = export.drawn[1]
    export.rows[row] = export.rows[row].setting(["draws", "stream"], to: 1)
    let wrong = try verdict(export.rows).wrong
    #expect(wrong.first == "Row \(row + 1): it is roll 1 of stream 1; roll 1 comes next.")
  }

  /// A server that may choose which words count has as many throws as there are words.
  @Test func `a key without the words that were added before is told, though its faces are computed`() async throws {
    var export = try await Self.export()
    let row = export.drawn[3]
    #expect(export.rows[row]["draws"]?["entropy"] == 1)
    for claimed in [Int64(0), 2, 7, -1] {
      export.rows[row] = export.rows[row].setting(["draws", "entropy"], to: .integer(claimed))
      #expect(
        try verdict(export.rows).wrong
          == ["Row \(row + 1): its key is said to hold \(claimed) contributions; 1 were made before."])
    }
  }

  @Test func `words that were changed afterwards change the dice`() async throws {
    var export = try await Self.export()
    let row = try export.place(of: "entropy_added", 1)
    export.rows[row] = export.rows[row].replacing("the heron", by: "The heron")
    #expect(try verdict(export.rows).wrong.count == 2, "the two rolls after the words")
  }

  @Test func `a roll of a seed that is known already is told`() async throws {
    var export = try await Self.export()
    let last = try #require(export.drawn.last)
    export.rows[last] = export.rows[last].setting(["draws", "seed"], to: 1)
    #expect(
      try verdict(export.rows).wrong.contains("Row \(last + 1): it draws from seed 1, which was revealed."))
  }

  @Test func `a promise that comes after the dice is none, and a second one is told`() async throws {
    var export = try await Self.export()
    let (promise, first) = (try export.place(of: "committed", 1), export.drawn[0])
    let changes = try #require(export.rows[promise]["changes"])
    var late = export.rows
    late[promise] = late[promise].setting(["changes"], to: [])
    late[first] = late[first].setting(["changes"], to: changes)
    // The second roll is now the first, and the promise comes with the row behind it.
    late.swapAt(first, first + 1)
    late[first] = late[first].setting(["number"], to: .integer(Int64(first + 1)))
    late[first + 1] = late[first + 1].setting(["number"], to: .integer(Int64(first + 2)))
    #expect(refusal(late) == "Row \(first + 1) draws from seed 1, which was not promised before.")
    export.rows[first] = export.rows[first].setting(["changes"], to: changes)
    #expect(try verdict(export.rows).wrong == ["Row \(first + 1): it promises seed 1 once more."])
  }

  // MARK: What cannot be checked

  @Test(
    arguments: [
      (["draws", "faces"], 7, "are not seed, entropy, stream, roll and faces"),
      (["draws", "faces"], [[6]], "are not seed, entropy, stream, roll and faces"),
      (["draws", "roll"], -1, "are not seed, entropy, stream, roll and faces"),
      (["draws"], [], "are not seed, entropy, stream, roll and faces"),
      (["draws", "seed"], 9, "draws from seed 9, which was not promised before"),
      (["number"], "4", "comes next; this is not a whole journal, from row 1 on"),
    ] as [([String], JSON, String)])
  func `a row that is none is told`(path: [String], value: JSON, message: String) async throws {
    var export = try await Self.export()
    let row = export.drawn[1]
    export.rows[row] = export.rows[row].setting(path, to: value)
    #expect(refusal(export.rows)?.hasSuffix("\(message).") == true, "\(refusal(export.rows) ?? "")")
  }

  @Test func `what is no export is told`() async throws {
    #expect(refusal([]) == "The export does not say which workspace it is of.")
    #expect(refusal([["head": [:]], 7, "text", [1]]) == "The export does not say which workspace it is of.")
    var export = try await Self.export()
    export.rows[0] = export.rows[0].setting(["output"], to: .null)
    #expect(refusal(export.rows) == "Row 1 does not name the workspace.")
  }
}

extension JSON {
  /// With another value where `path` leads.
  fileprivate func setting(_ path: [String], to value: JSON) -> JSON {
    guard let key = path.first, var members = members else { return value }
    members[key] = (members[key] ?? .null).setting(Array(path.dropFirst()), to: value)
    return .object(members)
  }

  /// With another text wherever a text stands.
  fileprivate func replacing(_ text: String, by other: String) -> JSON {
    switch self {
    case .string(let string): .string(string.replacing(text, with: other))
    case .array(let items): .array(items.map { $0.replacing(text, by: other) })
    case .object(let members):
      .object(members.reduce(into: JSONObject()) { $0[$1.key] = $1.value.replacing(text, by: other) })
    default: self
    }
  }
}
