extension RolledPlan {
  /// Marks the kept dice from a place on that a selector matches, and no others.
  mutating func pick(_ selectors: [RollPlan.Selector], from start: Int, _ sides: UInt32) {
    for die in start..<dice.count { dice[die].isPicked = false }
    for selector in selectors {
      if selector.test.isByValue {
        for die in start..<dice.count
        where dice[die].isKept
          && selector.matches(
            // What counts nothing is no matter of faces.
            Int(selector.test == .unsuccessful ? dice[die].value : compared(die)), sides: Int(sides))
        {
          dice[die].isPicked = true
        }
      } else {
        pickRanked(selector.amount ?? 0, isHighest: selector.test == .highest, from: start)
      }
    }
  }

  /// What is compared: what the die counts, or in Foundry what it shows.
  private func compared(_ die: Int) -> Int32 {
    plan.grammar.comparesFaces ? dice[die].face : dice[die].value
  }

  /// Marks so many dice of one end.
  ///
  /// They are those ranked above a threshold and, of those at it, the first rolled. The threshold is found by halving the
  /// range of ranks, which needs no memory and, unlike sorting, leaves the dice where they are.
  private mutating func pickRanked(_ count: Int, isHighest: Bool, from start: Int) {
    func rank(_ die: Int) -> Int64 { isHighest ? Int64(compared(die)) : -Int64(compared(die)) }
    var kept = 0
    var (low, high) = (Int64.max, Int64.min)
    for die in start..<dice.count where dice[die].isKept {
      kept += 1
      low = min(low, rank(die))
      high = max(high, rank(die))
    }
    let picked = min(count, kept)
    guard picked > 0 else { return }
    while low < high {
      let middle = high - (high - low) / 2
      var reaching = 0
      for die in start..<dice.count where dice[die].isKept && rank(die) >= middle { reaching += 1 }
      if reaching >= picked { low = middle } else { high = middle - 1 }
    }
    var tiesLeft = picked
    for die in start..<dice.count where dice[die].isKept && rank(die) > low { tiesLeft -= 1 }
    for die in start..<dice.count where dice[die].isKept {
      let rank = rank(die)
      if rank > low {
        dice[die].isPicked = true
      } else if rank == low, tiesLeft > 0 {
        tiesLeft -= 1
        dice[die].isPicked = true
      }
    }
  }

  mutating func dropPicked(from start: Int, by modifier: Int) {
    for die in start..<dice.count where dice[die].isKept && dice[die].isPicked { dice[die].drop(by: modifier) }
  }

  mutating func dropUnpicked(from start: Int, by modifier: Int) {
    for die in start..<dice.count where dice[die].isKept && !dice[die].isPicked { dice[die].drop(by: modifier) }
  }

  mutating func count(from start: Int, _ value: (Die) -> Int32) {
    for die in start..<dice.count where dice[die].isKept { dice[die].value = value(dice[die]) }
  }
}
