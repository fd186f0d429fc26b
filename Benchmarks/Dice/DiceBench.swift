import CAllocations
import Foundation

/// `bench dice`: what rolls, formulas and odds take, beside the Python packages that people use for them.
///
///     bench dice [--python PROGRAM --peers SCRIPT] [--rounds 15] [--seconds 0.03]
///
/// All of it is CPU time of one thread. In each of many short rounds first the peers and then we do all the work, so that a
/// busy machine slows both; times are the medians of the rounds, a ratio is the median (least–greatest) of the rounds' own
/// ratios. Without a Python our own figures are printed.
struct DiceBench {
  private let rounds: Int
  private let seconds: Double
  private let peers: DicePeers?

  init(_ options: Options) throws {
    rounds = max(1, try options.number("rounds", 15))
    seconds = Double(try options.text("seconds", "0.03")) ?? 0.03
    let python = try options.text("python", "")
    peers = python.isEmpty ? nil : DicePeers(python: python, script: try options.text("peers"))
  }

  func run() throws {
    let cases = try DiceCases()
    var ours: [String: [Double]] = [:]
    var theirs: [String: [Double]] = [:]
    var answer: DicePeers.Answer?
    for _ in 0..<rounds {
      if let peers {
        let given = try peers.ask(cases.question(seconds: seconds))
        try cases.check(given)
        for (name, time) in given.nanoseconds { theirs[name, default: []].append(time) }
        answer = given
      }
      for one in cases.all { ours[one.name, default: []].append(try one.nanoseconds(seconds: seconds)) }
    }
    print(heading(answer))
    print(DiceBenchTable.heading)
    for one in cases.compared {
      print(DiceBenchTable.row(one, ours: ours[one.name] ?? [], theirs: theirs[one.name] ?? []))
    }
    print("\nof which, and besides (ours alone):")
    for one in cases.alone { print(DiceBenchTable.row(one, ours: ours[one.name] ?? [], theirs: [])) }
    print(try allocations(cases))
    if let answer {
      print("\n" + notes(answer))
    } else {
      print("\nThe ratios are missing: d20, simpleeval and icepool are not here. bin/bench dice --yes installs them.")
    }
  }

  private func heading(_ answer: DicePeers.Answer?) -> String {
    let versions = answer.map { answer in
      "\nbeside " + answer.versions.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
    return """
      dice: CPU time of one thread, median of \(rounds) rounds; a ratio as median (least–greatest)\(versions ?? "")

      """
  }

  private func notes(_ answer: DicePeers.Answer) -> String {
    let forms = answer.forms.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: "; ")
    return """
      The peers' best forms: d20 rolls a tree that was parsed before, and its total is not read; cold, its cache of parsed
      trees is emptied each time. simpleeval evaluates a tree that was parsed before, by an evaluator that was made before.
      icepool's fastest of several, its caches emptied each time, which is not timed
      (\(forms)).
      Values of formulas and odds were compared and are the same on both sides; rolls are random.
      """
  }

  private func allocations(_ cases: DiceCases) throws -> String {
    guard allocations_of_this_thread() >= 0 else {
      return "\nallocations are counted on Linux with glibc only"
    }
    let roll = try cases.roll.allocations()
    return """

      allocations of one roll of 8d6, counted at malloc and its sisters (Linux with glibc)
        PreparedRoll.roll to its RollResult   \(rounded(roll, 2))   target: at most 2, \(DiceBenchTable.verdict(roll <= 2))
        and with the tree made                \(rounded(try cases.rollWithTree.allocations(), 2))
      """
  }
}

/// The figures as people read them.
enum DiceBenchTable {
  static let heading =
    pad("", 68) + pad("ours", 12) + pad("peer", 12) + pad("peer / ours", 24) + "target"

  static func row(_ one: DiceCase, ours: [Double], theirs: [Double]) -> String {
    let name = pad(one.title, 68) + pad(time(median(ours)), 12)
    guard let target = one.target else { return name }
    let ratios = zip(ours, theirs).map { $1 / $0 }
    guard let least = ratios.min(), let greatest = ratios.max() else {
      return name + pad("–", 12) + pad("missing", 24) + "\(rounded(target))"
    }
    let ratio = median(ratios)
    return name + pad(time(median(theirs)), 12)
      + pad("\(rounded(ratio, 1)) (\(rounded(least, 1))–\(rounded(greatest, 1)))", 24)
      + "\(rounded(target)), \(verdict(ratio >= target))"
  }

  static func verdict(_ isReached: Bool) -> String { isReached ? "reached" : "MISSED" }

  private static func time(_ nanoseconds: Double) -> String { "\(rounded(nanoseconds / 1000, 2)) µs" }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
