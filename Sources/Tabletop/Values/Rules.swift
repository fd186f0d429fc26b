/// The six abilities.
package enum Ability: String, Codable, Sendable, CaseIterable {
  case strength, dexterity, constitution, intelligence, wisdom, charisma

  /// “DEX”.
  package var abbreviation: String { rawValue.prefix(3).uppercased() }
}

/// The thirteen kinds of damage.
package enum DamageType: String, Codable, Sendable, CaseIterable {
  case acid, bludgeoning, cold, fire, force, lightning, necrotic, piercing, poison, psychic, radiant, slashing, thunder
}

/// Two d20s of which the better or the worse counts.
package enum Advantage: String, Codable, Sendable, CaseIterable {
  case none, advantage, disadvantage

  /// The dice of a test.
  var notation: String {
    switch self {
    case .none: "1d20"
    case .advantage: "2d20kh1"
    case .disadvantage: "2d20kl1"
    }
  }
}

/// What a successful save leaves of the damage.
package enum SaveEffect: String, Codable, Sendable, CaseIterable {
  case half, none, full
}

/// When a spent resource comes back.
package enum Recharge: String, Codable, Sendable, CaseIterable {
  case shortRest = "short_rest"
  case longRest = "long_rest"
  case dawn, turn, never
}

/// The conditions of the System Reference Document 5.2.1.
package enum StandardCondition: String, Codable, Sendable, CaseIterable {
  case blinded, charmed, deafened, exhaustion, frightened, grappled, incapacitated, invisible, paralyzed, petrified
  case poisoned, prone, restrained, stunned, unconscious

  /// Whether who has it fails every saving throw of `ability` without rolling.
  func fails(_ ability: Ability) -> Bool {
    switch self {
    case .paralyzed, .petrified, .stunned, .unconscious: ability == .strength || ability == .dexterity
    default: false
    }
  }
}
