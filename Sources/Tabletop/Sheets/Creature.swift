/// Somebody in a campaign, with every number that play needs. The numbers stand as the author gave them: they include all
/// bonuses already.
package struct Creature: Codable, Sendable, Hashable {
  package enum Kind: String, Codable, Sendable, CaseIterable { case player, npc, enemy }

  /// Where hit points leave a creature.
  package enum Status: String, Codable, Sendable, CaseIterable { case up, unconscious, defeated }

  package let id: CreatureID
  package let name: String
  package let kind: Kind
  package let level: Int64
  package let ac: Int64
  package var hitPoints: HitPoints
  package let abilities: AbilityNumbers
  package let saves: AbilityNumbers
  package let spellcasting: Spellcasting?
  package let attacks: [Attack]
  package let bonuses: [ComputedBonus]
  package let resistances, immunities, vulnerabilities: [DamageType]
  package let conditionImmunities: [String]
  package let area: String?
  package let tags: [String]
  package var resources: [CreatureResource]
  package var conditions: [Condition]
  package let spells: [Spell]

  enum CodingKeys: String, CodingKey {
    case id, name, kind, level, ac
    case hitPoints = "hit_points"
    case abilities, saves, spellcasting, attacks, bonuses, resistances, immunities, vulnerabilities
    case conditionImmunities = "condition_immunities"
    case area, tags, resources, conditions, spells
  }

  /// At 0 hit points an enemy is out of the fight; anybody else lies there.
  package var status: Status {
    guard hitPoints.current == 0 else { return .up }
    return kind == .enemy ? .defeated : .unconscious
  }

  package func resource(_ id: String) -> CreatureResource? { resources.first { $0.id.description == id } }
  package func condition(_ name: String) -> Condition? { conditions.first { $0.name == name } }

  /// Why the creature fails every save of `ability` unrolled; nil when it rolls.
  func automaticFailure(of ability: Ability, at time: GameTime) -> String? {
    let standing = conditions.filter { !$0.isOver(at: time) }.compactMap { StandardCondition(rawValue: $0.name) }
    let lying = status == .up ? [] : [StandardCondition.unconscious]
    return (standing + lying).first { $0.fails(ability) }?.rawValue
  }
}
