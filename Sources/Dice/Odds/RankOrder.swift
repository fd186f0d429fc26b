/// Which ranks of several copies are kept, seen from the end from which the last of them is reached sooner.
struct RankOrder {
  let copies: Int
  /// Whether rank 0 is the highest.
  let isFromHigh: Bool
  /// Ranks up to the last kept one; at least 1.
  let depth: Int
  /// How many of the first ranks are kept, for each number of ranks up to ``depth``.
  let keptBefore: [Int]

  var keptCount: Int { keptBefore[depth] }

  /// Nil when none is kept.
  ///
  /// - Parameter kept: by rank from the highest down.
  init?(_ kept: [Bool]) {
    guard let first = kept.firstIndex(of: true), let last = kept.lastIndex(of: true) else { return nil }
    copies = kept.count
    isFromHigh = last + 1 <= copies - first
    depth = isFromHigh ? last + 1 : copies - first
    var keptBefore = [0]
    for rank in 0..<depth {
      keptBefore.append(keptBefore[rank] + (kept[isFromHigh ? rank : copies - 1 - rank] ? 1 : 0))
    }
    self.keptBefore = keptBefore
  }

  /// Writes, by copies placed, in how many ways so many of the others show a face that the last kept rank is reached,
  /// whatever is shown later.
  ///
  /// With r copies left of which m must show the face, G(r, m) = Σ C(r, e) wᵉ Lʳ⁻ᵉ over e from m. As r − m does not
  /// change along the rows, each follows from the one before:
  ///
  ///     G(r + 1, m + 1) = (w + L) G(r, m) − C(r, m) wᵐ Lʳ⁻ᵐ⁺¹
  func writeEndings(_ weight: Natural, later: Natural, to endings: inout Weights) throws(OddsError) {
    let free = copies - depth
    var either = weight
    either.add(later)
    var (ending, term) = (try either.power(UInt(free)), try later.power(UInt(free + 1)))
    for needed in 1...depth {
      ending = ending.product(either)
      ending.subtract(term)
      endings[depth - needed] = ending
      term = term.product(weight)
      term.multiply(by: UInt64(free + needed))
      term.divide(by: UInt64(needed))
    }
  }

  /// By copies placed and copies that show a face, `depth` entries each: C(r, e) wᵉ, where r copies are left; as long
  /// as ranks up to ``depth`` are left, and 0 beyond.
  func continuations(_ weight: Natural) -> [Natural] {
    var continuations = [Natural](repeating: 0, count: depth * depth)
    for placed in 0..<depth {
      var ways: Natural = 1
      for shown in stride(from: 1, to: depth - placed, by: 1) {
        ways = ways.product(weight)
        ways.multiply(by: UInt64(copies - placed - shown + 1))
        ways.divide(by: UInt64(shown))
        continuations[placed * depth + shown] = ways
      }
    }
    return continuations
  }

  /// Steps that a ``Ranking`` of so many faces takes.
  ///
  /// - Parameters:
  ///   - logarithmMax: the greatest binary logarithm of a face's weight.
  ///   - width: words of a count.
  func work(faces: Int, logarithmMax: Double, _ values: KeptValues, width: Double) -> Double {
    // C(r, e) is less than 2ʳ.
    let factorWidth = min(width, (Double(copies) * (1 + logarithmMax) / 64).rounded(.down) + 1)
    var entries = 0.0
    for placed in 0..<depth {
      let row = Double(values.placeMax(ofCopies: keptBefore[placed]) + 1)
      entries += row * (Double(depth - placed - 1) * factorWidth + width)
    }
    let factors = 4 * Double(depth) * (Double(depth) * factorWidth + width) + width * width * 4
    return Double(faces) * (entries * width * values.work(ofCopies: keptCount) + factors)
  }
}
