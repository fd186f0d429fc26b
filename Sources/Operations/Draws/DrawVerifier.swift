import Dice
package import StrictJSON
import Vocabulary

/// Computes every die of a journal export again, as `docs/formats/fairness.md` states it, from what the export says alone.
///
///     var verifier = DrawVerifier(secret: nil)
///     for line in export { try verifier.read(line) }
///     let verdict = try verifier.verdict()
package struct DrawVerifier {
  /// What a check came to.
  package struct Verdict: Sendable, Hashable {
    package struct Seed: Sendable, Hashable {
      package let number: Int64
      /// What was published before the first draw, in hexadecimal digits.
      package let commitment: String
      package let isRevealed: Bool
    }

    package let seeds: [Seed]
    /// Dice that were computed again.
    package let dice: Int
    /// A sentence for each thing that is not as promised.
    package let wrong: [String]
    /// Rolls of seeds that are not revealed, which nobody can check yet.
    package let openRolls: Int
    /// Rows that were looked at, and how many the journal had when it was exported; nil when the export's end is missing.
    package let rows: Int64
    package let rowsInAll: Int64?
  }

  /// Why an export cannot be checked.
  package struct Unreadable: Error, Sendable, Hashable {
    package let message: String

    package init(message: String) { self.message = message }
  }

  private struct Seed {
    let commitment: String
    var contributions: Int64 = 0
    /// The digest after the last contribution.
    var entropy = Fairness.noEntropy
    var secret: [UInt8]?
  }

  /// A secret that the export does not hold yet.
  private let secret: [UInt8]?
  private var workspace: WorkspaceID?
  private var seeds: [Int64: Seed] = [:]
  /// With the digest of the contributions that came before.
  private var draws: [(row: Int64, record: DrawRecord, entropy: [UInt8])] = []
  private var rows: Int64 = 0
  private var rowsInAll: Int64?
  /// What came in another order than was promised.
  private var misplaced: [String] = []

  package init(secret: [UInt8]?) { self.secret = secret }

  /// Takes the next line of an export. Lines that are no rows are passed over.
  ///
  /// - Throws: ``Unreadable`` when it is not the row that comes next, or lacks what a row has, or draws from a seed that no
  ///   row before it promised.
  package mutating func read(_ line: JSON) throws(Unreadable) {
    if let head = line["head"] { rowsInAll = head["number"]?.int64 }
    guard let operation = line["operation"]?.text else { return }
    guard let number = line["number"]?.int64, number == rows + 1 else {
      throw Unreadable(message: "Row \(rows + 1) comes next; this is not a whole journal, from row 1 on.")
    }
    rows = number
    if operation == "create_workspace", line["state"]?.text != "failed" {
      guard let id = line["output"]?["id"]?.text, let workspace = WorkspaceID(id) else {
        throw Unreadable(message: "Row \(number) does not name the workspace.")
      }
      self.workspace = workspace
    }
    for change in line["changes"]?.items ?? [] { try read(change["change"] ?? .null, in: number) }
    guard let drawn = line["draws"], !drawn.isNull else { return }
    guard let record = try? drawn.decode(DrawRecord.self), record.faces.allSatisfy({ $0.count == 2 }) else {
      throw Unreadable(message: "The draws of row \(number) are not seed, entropy, stream, roll and faces.")
    }
    guard let seed = seeds[record.seed] else {
      throw Unreadable(message: "Row \(number) draws from seed \(record.seed), which was not promised before.")
    }
    if record.entropy != seed.contributions {
      misplaced.append(
        "Row \(number): its key is said to hold \(record.entropy) contributions; \(seed.contributions) were made before."
      )
    }
    if seed.secret != nil { misplaced.append("Row \(number): it draws from seed \(record.seed), which was revealed.") }
    draws.append((number, record, seed.entropy))
  }

  private mutating func read(_ change: JSON, in row: Int64) throws(Unreadable) {
    guard let kind = change["kind"]?.text, let number = change["number"]?.int64 else { return }
    switch kind {
    case "committed":
      guard let commitment = change["seed"]?["commitment"]?.text else {
        throw Unreadable(message: "Row \(row) promises no seed.")
      }
      guard seeds[number] == nil else {
        misplaced.append("Row \(row): it promises seed \(number) once more.")
        return
      }
      seeds[number] = Seed(commitment: commitment)
    case "revealed":
      guard let secret = change["secret"]?.text.flatMap([UInt8].init(hexadecimal:)), seeds[number] != nil else {
        throw Unreadable(message: "Row \(row) reveals no secret of a seed that is known.")
      }
      seeds[number]?.secret = secret
    case "entropy_added":
      guard let text = change["contribution"]?["text"]?.text, let seed = seeds[number] else {
        throw Unreadable(message: "Row \(row) adds no words to a seed that is known.")
      }
      seeds[number]?.contributions += 1
      seeds[number]?.entropy = Fairness.entropy(seed.entropy, adding: text)
    default: return
    }
  }

  /// What all lines together come to.
  ///
  /// - Throws: ``Unreadable`` when it is not told which workspace this is, or the given secret is of none of its seeds.
  package func verdict() throws(Unreadable) -> Verdict {
    guard let workspace else { throw Unreadable(message: "The export does not say which workspace it is of.") }
    var seeds = seeds
    var wrong = misplaced
    if let rowsInAll, rowsInAll < rows {
      wrong.append("The export's end names row \(rowsInAll) as the newest; there are \(rows).")
    }
    var isSecretKnown = secret == nil
    for (number, seed) in seeds.sorted(by: { $0.key < $1.key }) {
      func isPromised(_ secret: [UInt8]) -> Bool {
        Fairness.commitment(to: secret, workspace: workspace, seed: number).hexadecimal == seed.commitment
      }
      if let known = seed.secret, !isPromised(known) {
        wrong.append("Seed \(number): its secret is not the promised one.")
      }
      if let secret, isPromised(secret) {
        isSecretKnown = true
        seeds[number]?.secret = seed.secret ?? secret
      }
    }
    guard isSecretKnown else { throw Unreadable(message: "The given secret is of none of its seeds.") }
    var rolls: [Int64: UInt64] = [:]
    var (dice, openRolls) = (0, 0)
    for (row, record, entropy) in draws {
      let next = rolls[record.seed] ?? 0
      if record.stream != DrawRecord.liveStream || record.roll != next {
        wrong.append("Row \(row): it is roll \(record.roll) of stream \(record.stream); roll \(next) comes next.")
      }
      rolls[record.seed] = record.roll &+ 1
      guard let secret = seeds[record.seed]?.secret else {
        openRolls += 1
        continue
      }
      let faces = Self.faces(of: record, secret: secret, entropy: entropy)
      dice += record.faces.count
      if faces != record.faces { wrong.append("Row \(row): \(record.faces) was written, \(faces) fell.") }
    }
    let promised = seeds.sorted { $0.key < $1.key }.map {
      Verdict.Seed(number: $0.key, commitment: $0.value.commitment, isRevealed: $0.value.secret != nil)
    }
    return Verdict(
      seeds: promised, dice: dice, wrong: wrong, openRolls: openRolls, rows: rows, rowsInAll: rowsInAll)
  }

  /// What falls; up to a die that has no sides.
  private static func faces(of record: DrawRecord, secret: [UInt8], entropy: [UInt8]) -> [[UInt32]] {
    guard let key = try? ChaChaKey(bytes: Fairness.key(secret: secret, entropy: entropy)) else { return [] }
    var stream = ChaChaStream(key: key, stream: record.stream, roll: record.roll)
    var faces: [[UInt32]] = []
    for pair in record.faces {
      guard let face = try? stream.draw(sides: pair[0]) else { break }
      faces.append([pair[0], face])
    }
    return faces
  }
}
