/// What a blow takes from one creature, and why. The order is that of the rules: what the save leaves, then resistance,
/// then vulnerability; each rounded down.
struct DamageReckoning: Equatable {
  private(set) var taken: Int64
  private(set) var why: [String] = []

  /// - Parameters:
  ///   - save: nil where nobody saved.
  ///   - isMiss: an attack that missed does nothing.
  init(
    _ amount: Int64, _ type: DamageType, save: Bool?, leaving effect: SaveEffect, isMiss: Bool, to creature: Creature
  ) {
    taken = amount
    if isMiss {
      note("missed", 0)
      return
    }
    if save == true {
      switch effect {
      case .half: note("saved for half", taken / 2)
      case .none: note("saved", 0)
      case .full: note("saved, which does not help", taken)
      }
    } else if save == false {
      note("failed the save", taken)
    }
    if creature.immunities.contains(type) {
      note("immune to \(type.rawValue)", 0)
      return
    }
    if creature.resistances.contains(type) { note("resists \(type.rawValue)", taken / 2) }
    if creature.vulnerabilities.contains(type) { note("vulnerable to \(type.rawValue)", taken * 2) }
  }

  private mutating func note(_ reason: String, _ left: Int64) {
    why.append(reason)
    taken = left
  }
}
