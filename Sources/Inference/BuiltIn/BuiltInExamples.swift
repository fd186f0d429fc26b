/// Sentences that would be understood in this scene.
struct BuiltInExamples {
  let all: [String]

  init(_ scene: BuiltInScene) {
    let foe = scene.creatures.first { !$0.isFriend && !$0.isDown }
    var examples: [String] = []
    if let foe {
      if let spell = scene.spells.first(where: { $0.damage != nil }) {
        examples.append("I cast \(spell.name) at \(foe.name)")
      }
      if let weapon = scene.weapons.first { examples.append("I attack \(foe.name) with my \(weapon.name)") }
    }
    if scene.spells.contains(where: { $0.heal != nil }) { examples.append("heal me") }
    all = examples + ["roll 1d20+5", "wait 10 minutes", "look around"]
  }
}
