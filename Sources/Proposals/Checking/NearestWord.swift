/// Finds what somebody meant.
package enum NearestWord {
  /// The word of `words` that is nearest to `text`, if one is near: at most a third of its letters differ.
  ///
  /// Distance is optimal string alignment (insert, delete, change, swap neighbours), without regard to case.
  package static func to(_ text: String, among words: some Sequence<String>) -> String? {
    let given = Array(text.lowercased().unicodeScalars.prefix(64))
    guard !given.isEmpty else { return nil }
    let limit = max(1, given.count / 3)
    let near = words.lazy.prefix(500).map { ($0, distance(given, Array($0.lowercased().unicodeScalars.prefix(64)))) }
    guard let best = near.min(by: { $0.1 < $1.1 }), best.1 <= limit else { return nil }
    return best.0
  }

  static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var before: [Int] = []
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i]
      row.reserveCapacity(b.count + 1)
      for j in 1...b.count {
        var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
        row.append(cost)
      }
      (before, last) = (last, row)
    }
    return last[b.count]
  }
}
