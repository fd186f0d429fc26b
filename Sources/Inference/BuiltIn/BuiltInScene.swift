package import StrictJSON

/// What the built-in model knows of a campaign: who is there, and what the acting character can do. It stands in the
/// prompt as the block ``blockName``.
package struct BuiltInScene: Sendable, Hashable, Codable {
  package static let blockName = "scene"

  package var campaign: String
  /// The id of the creature that acts.
  package var actor: String
  package var creatures: [Creature]
  package var resources: [Resource]
  package var spells: [Spell]
  package var weapons: [Weapon]

  package init(
    campaign: String, actor: String, creatures: [Creature], resources: [Resource] = [], spells: [Spell] = [],
    weapons: [Weapon] = []
  ) {
    self.campaign = campaign
    self.actor = actor
    self.creatures = creatures
    self.resources = resources
    self.spells = spells
    self.weapons = weapons
  }

  package struct Creature: Sendable, Hashable, Codable {
    package var id: String
    package var name: String
    /// What it is: `character` for those on the actor's side, else any word, as `goblin`.
    package var kind: String
    package var isDown: Bool

    package init(id: String, name: String, kind: String, isDown: Bool = false) {
      self.id = id
      self.name = name
      self.kind = kind
      self.isDown = isDown
    }

    package var isFriend: Bool { kind == "character" }
  }

  /// What the actor has so much of.
  package struct Resource: Sendable, Hashable, Codable {
    package var id: String
    package var name: String
    package var current: Int64
    package var max: Int64

    package init(id: String, name: String, current: Int64, max: Int64) {
      self.id = id
      self.name = name
      self.current = current
      self.max = max
    }
  }

  /// What a spell does, with the actor's own numbers already in it.
  package struct Spell: Sendable, Hashable, Codable {
    package enum Targets: String, Sendable, Hashable, Codable { case one, many }

    package var name: String
    package var level: Int64
    /// The id of the resource of which it takes one; nil for a spell that takes none.
    package var resource: String?
    /// The ability that saves: `dexterity`.
    package var save: String?
    package var dc: Int64?
    /// Dice, as is `heal`.
    package var damage: String?
    /// The kind of damage: `fire`.
    package var type: String?
    /// What a save does to the damage: `half` or `none`.
    package var onSave: String?
    /// Set for a spell that has to hit.
    package var attackBonus: Int64?
    package var heal: String?
    package var condition: String?
    /// How long the condition lasts; nil when that is not counted.
    package var rounds: Int64?
    package var targets: Targets
    /// What is different when more is put into it; nil when nothing is.
    package var upcasts: [Upcast]?

    package init(
      name: String, level: Int64, resource: String? = nil, save: String? = nil, dc: Int64? = nil,
      damage: String? = nil, type: String? = nil, onSave: String? = nil, attackBonus: Int64? = nil,
      heal: String? = nil, condition: String? = nil, rounds: Int64? = nil, targets: Targets,
      upcasts: [Upcast]? = nil
    ) {
      self.name = name
      self.level = level
      self.resource = resource
      self.save = save
      self.dc = dc
      self.damage = damage
      self.type = type
      self.onSave = onSave
      self.attackBonus = attackBonus
      self.heal = heal
      self.condition = condition
      self.rounds = rounds
      self.targets = targets
      self.upcasts = upcasts
    }
  }

  /// A spell cast at a higher level than its own.
  package struct Upcast: Sendable, Hashable, Codable {
    package var level: Int64
    package var resource: String
    /// nil: as at its own level.
    package var damage: String?
    package var heal: String?

    package init(level: Int64, resource: String, damage: String? = nil, heal: String? = nil) {
      self.level = level
      self.resource = resource
      self.damage = damage
      self.heal = heal
    }
  }

  /// A weapon in the actor's hand, with the actor's own numbers already in it.
  package struct Weapon: Sendable, Hashable, Codable {
    package var name: String
    package var attackBonus: Int64
    /// Dice.
    package var damage: String
    /// The kind of damage: `slashing`.
    package var type: String

    package init(name: String, attackBonus: Int64, damage: String, type: String) {
      self.name = name
      self.attackBonus = attackBonus
      self.damage = damage
      self.type = type
    }
  }

  /// The block that stands in the prompt.
  ///
  /// - Throws: ``JSONFault`` for texts that JSON cannot hold.
  package func block() throws(JSONFault) -> PromptBlock { PromptBlock(Self.blockName, try JSON(encoding: self)) }
}
