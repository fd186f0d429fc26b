extension RollPlan.Modifier {
  /// Drops dice of a term; `number` is remembered with each as the reason.
  ///
  /// The dice picked are those ranked above a threshold and, of those at it, the first rolled. The threshold is found by
  /// halving the range of ranks, which needs no memory and, unlike sorting, leaves the dice where they are.
  func apply(as number: Int, to dice: inout [RolledPlan.Die], in term: Range<Int>, sides: UInt32) {
    let kept = dice[term].count(where: \.isKept)
    let picked = min(count, kept)
    let threshold = threshold(picking: picked, of: dice[term], sides: sides)
    var tiesLeft = picked - dice[term].count { $0.isKept && rank($0, sides) > threshold }
    for index in term where dice[index].isKept {
      let rank = rank(dice[index], sides)
      let isPickedTie = rank == threshold && tiesLeft > 0
      if isPickedTie { tiesLeft -= 1 }
      let isPicked = rank > threshold || isPickedTie
      if isPicked != isKeep { dice[index].drop(because: number) }
    }
  }

  /// The greatest rank that at least `picked` kept dice reach.
  private func threshold(picking picked: Int, of dice: ArraySlice<RolledPlan.Die>, sides: UInt32) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, sides)
    while low < high {
      let middle = high - (high - low) / 2
      if dice.count(where: { $0.isKept && rank($0, sides) >= middle }) >= picked {
        low = middle
      } else {
        high = middle - 1
      }
    }
    return low
  }

  /// 1…sides, the greater the nearer to the end that counts.
  private func rank(_ die: RolledPlan.Die, _ sides: UInt32) -> UInt32 {
    end == .highest ? die.face : sides - die.face + 1
  }
}
