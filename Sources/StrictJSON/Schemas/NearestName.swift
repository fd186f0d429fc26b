extension [String] {
  /// Names longer than this are not compared.
  private static var nameCharactersMax: Int { 64 }

  /// The name that was probably meant: the one with the fewest edits, at most one for every three characters. Case,
  /// hyphens and underscores count for nothing. Else the only one of which `name` is a whole part: `mira` of `pc_mira`.
  package func nearest(to name: String) -> String? {
    guard name.utf8.count <= Self.nameCharactersMax else { return nil }
    let plain = name.plainCharacters
    let ranked = filter { $0.utf8.count <= Self.nameCharactersMax }
      .map { (name: $0, edits: plain.edits(to: $0.plainCharacters)) }
    guard let best = ranked.min(by: { $0.edits < $1.edits }) else { return nil }
    if best.edits <= Swift.max(1, plain.count / 3), best.edits < plain.count { return best.name }
    let whole = filter { $0.nameParts.contains(name.lowercased()[...]) }
    return whole.count == 1 ? whole.first : nil
  }
}

extension String {
  fileprivate var plainCharacters: [Character] { lowercased().filter { $0 != "-" && $0 != "_" } }
  fileprivate var nameParts: [Substring] { lowercased().split { $0 == "-" || $0 == "_" } }
}

extension [Character] {
  /// How many insertions, deletions, replacements and exchanges of neighbours make `other` of this (the optimal string
  /// alignment distance, after F. J. Damerau, "A technique for computer detection and correction of spelling errors",
  /// 1964). Time grows with the product of the lengths.
  fileprivate func edits(to other: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = [Int](0...other.count)
    for row in indices {
      var current = [row + 1]
      for column in other.indices {
        let isSame = self[row] == other[column]
        var edits = Swift.min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
        if row > 0, column > 0, self[row] == other[column - 1], self[row - 1] == other[column] {
          edits = Swift.min(edits, beforeLast[column - 1] + 1)
        }
        current.append(edits)
      }
      (beforeLast, last) = (last, current)
    }
    return last[other.count]
  }
}
