import StrictJSON

/// Reads what a person wants by the rules of `docs/guides/built-in-model.md`, and nothing into it.
struct IntentReader {
  let scene: BuiltInScene

  private enum Verb: CaseIterable {
    // In this order: “short rest” is a letter away from “shoot”.
    case rest, cast, attack, roll, heal, look

    var words: [String] {
      switch self {
      case .cast: ["cast", "casts", "hurl", "throw", "use"]
      case .attack: ["attack", "attacks", "hit", "strike", "stab", "shoot", "fight", "swing at", "fire at"]
      case .roll: ["roll", "rolls"]
      case .heal: ["heal", "heals", "cure"]
      case .rest:
        [
          "take a short rest", "take a long rest", "short rest", "long rest", "rest", "wait", "sleep",
        ]
      case .look: ["look", "inspect", "examine", "search", "where am"]
      }
    }
  }

  private static let beginnings: Set = [
    "i", "we", "id", "ill", "want", "would", "like", "to", "try", "please", "now", "then", "and", "lets", "let", "us",
    "will", "can", "going", "am", "im", "ok", "okay", "my", "character", "ready",
  ]

  /// The answer to what a person said.
  func answer(to text: String) -> BuiltInAnswer {
    guard text.count <= Words.charactersMax else {
      return say("That is longer than the \(Words.charactersMax) characters that the built-in model reads.")
    }
    let words = Words(text).dropping(Self.beginnings)
    guard !words.isEmpty else { return say("Say what you do, in a short sentence.") }
    for verb in Verb.allCases {
      for word in verb.words {
        if let rest = words.rest(after: word) { return answer(verb, rest, said: words) }
      }
    }
    if spell(in: words) != nil { return cast(words) }
    return say("The built-in model does not understand “\(String(text.prefix(80)))”. It follows a short list of rules.")
  }

  private func answer(_ verb: Verb, _ rest: Words, said: Words) -> BuiltInAnswer {
    switch verb {
    case .cast: cast(rest)
    case .attack: attack(rest)
    case .roll: roll(rest)
    case .heal: heal(rest)
    case .rest: PassingTime(said).map(pass) ?? say("For how long? Say a number of minutes, hours or rounds.")
    case .look: look(rest)
    }
  }

  // MARK: Spells

  private func cast(_ words: Words) -> BuiltInAnswer {
    let (level, plain) = CastingLevel.take(from: words)
    guard let (spell, rest) = spell(in: plain.dropping(["a", "an", "the", "my", "spell"])) else {
      return say("There is no such spell to cast here. \(list("There is", scene.spells.map(\.name)))")
    }
    guard let level, level != spell.level else { return cast(spell, rest, nil) }
    let upcasts = spell.upcasts ?? []
    guard let upcast = upcasts.first(where: { $0.level == level }) else {
      let levels = ([spell.level] + upcasts.map(\.level)).map(String.init)
      return say("\(spell.name) cannot be cast at level \(level). \(list("Possible is", levels))")
    }
    return cast(spell, rest, upcast)
  }

  private func cast(
    _ spell: BuiltInScene.Spell, _ words: Words, _ upcast: BuiltInScene.Upcast?
  ) -> BuiltInAnswer {
    let hasEffect = spell.damage != nil || spell.heal != nil || spell.condition != nil
    switch targets(of: spell, words, hasEffect: hasEffect) {
    case .failure(let refusal): return refusal.answer
    case .success(let targets):
      let plan = SpellPlan(spell: spell, actor: scene.actor, targets: targets, upcast: upcast)
      let level = upcast.map { " at level \($0.level)" } ?? ""
      return .proposing(plan.operations, hint: "\(name(scene.actor)) casts \(spell.name)\(level)\(at(targets)).")
    }
  }

  private func targets(
    of spell: BuiltInScene.Spell, _ words: Words, hasEffect: Bool
  ) -> Result<[String], Refusal> {
    guard hasEffect else { return .success([]) }
    return targets(words, isHelp: spell.heal != nil && spell.damage == nil).flatMap { targets in
      guard spell.targets == .one, targets.count > 1 else { return .success(targets) }
      let names = targets.map { name($0) }
      return .failure(
        Refusal(
          .saying(
            "\(spell.name) is for one only. \(list("Say which:", names))",
            examples: names.map { "I cast \(spell.name) at \($0)" })))
    }
  }

  private func spell(in words: Words) -> (BuiltInScene.Spell, Words)? {
    // The longest name first: “Fire Bolt” before “Fire”.
    let spells = scene.spells.sorted { $0.name.count > $1.name.count }
    return spells.lazy.compactMap { spell in words.rest(after: spell.name).map { (spell, $0) } }.first
  }

  private func heal(_ words: Words) -> BuiltInAnswer {
    guard let spell = scene.spells.first(where: { $0.heal != nil }) else {
      return say("\(name(scene.actor)) knows no spell that heals.")
    }
    return cast(spell, words, nil)
  }

  // MARK: Weapons

  private func attack(_ words: Words) -> BuiltInAnswer {
    let parts = words.all.split(separator: "with", maxSplits: 1, omittingEmptySubsequences: false).map {
      Words(words: $0)
    }
    let named = parts.count > 1 ? parts[1].without(["my", "the", "a", "an", "his", "her", "their"]) : Words("")
    if let (spell, _) = spell(in: named) { return cast(spell, parts[0], nil) }
    guard
      let weapon = named.isEmpty
        ? scene.weapons.first : scene.weapons.first(where: { named.rest(after: $0.name) != nil })
    else {
      return say(
        "There is no such weapon in \(name(scene.actor))'s hands. \(list("There is", scene.weapons.map(\.name)))")
    }
    switch targets(parts[0], isHelp: false) {
    case .failure(let refusal): return refusal.answer
    case .success(let targets):
      guard let target = targets.first, targets.count == 1 else {
        let names = targets.map { name($0) }
        return .saying(
          "One attack is for one only. \(list("Say which:", names))",
          examples: names.map { "I attack \($0) with my \(weapon.name)" })
      }
      let operations = JSON.attack(
        by: scene.actor, on: target, bonus: weapon.attackBonus, damage: weapon.damage, type: weapon.type,
        purpose: weapon.name, key: "attack")
      return .proposing(operations, hint: "\(name(scene.actor)) attacks \(name(target)) with \(weapon.name).")
    }
  }

  // MARK: The rest

  private func roll(_ words: Words) -> BuiltInAnswer {
    let notation = words.dropping(["a", "an", "the", "dice", "me"]).all.prefix { $0 != "for" && $0 != "to" }.joined()
    guard notation.contains(where: \.isNumber), notation.count <= 100 else {
      return say("Say which dice, as in “roll 2d6+3”.")
    }
    return .proposing([.operation("roll_dice", ["notation": .string(notation)])], hint: "The dice are cast.")
  }

  private func pass(_ time: PassingTime) -> BuiltInAnswer {
    .proposing(
      [.operation("advance_time", [time.unit.rawValue: .integer(time.count)])],
      hint:
        "Time passes: \(time.count) \(time.count == 1 ? String(time.unit.rawValue.dropLast()) : time.unit.rawValue).")
  }

  private func look(_ words: Words) -> BuiltInAnswer {
    let plain = words.without(["at", "around", "about", "the", "room", "here", "for", "i", "myself", "me"])
    if !plain.isEmpty {
      switch TargetReader(scene: scene).read(plain) {
      case .found(let ids): return say(ids.map(describe).joined(separator: " "))
      case .several(_, let names): return say(list("There are several:", names))
      case .unknown, .nobody: return say("There is no “\(plain.text)” to be seen. \(everything)")
      }
    }
    return say(everything)
  }

  private var everything: String {
    let others = scene.creatures.filter { $0.id != scene.actor }.map { describe($0.id) }
    let resources = scene.resources.map { "\($0.name) \($0.current) of \($0.max)" }
    return ((others.isEmpty ? ["Nobody else is here."] : others) + [list("You have", resources)])
      .filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func describe(_ id: String) -> String {
    guard let creature = scene.creatures.first(where: { $0.id == id }) else { return "" }
    return "\(creature.name) (\(creature.kind)) is \(creature.isDown ? "down" : "standing")."
  }

  // MARK: Who is meant

  private struct Refusal: Error {
    let answer: BuiltInAnswer
    init(_ answer: BuiltInAnswer) { self.answer = answer }
  }

  private func targets(_ words: Words, isHelp: Bool) -> Result<[String], Refusal> {
    switch TargetReader(scene: scene).read(words) {
    case .found(let ids): return .success(ids)
    case .unknown(let who): return .failure(Refusal(say("There is nobody called “\(who)” here. \(everything)")))
    case .several(let who, let names):
      return .failure(Refusal(say("Which \(who)? \(list("There are", names))")))
    case .nobody:
      if isHelp { return .success([scene.actor]) }
      let foes = scene.creatures.filter { !$0.isFriend && !$0.isDown }
      if foes.count == 1 { return .success([foes[0].id]) }
      return .failure(Refusal(say("At whom? \(list("There are", foes.map(\.name)))")))
    }
  }

  private func name(_ id: String) -> String { scene.creatures.first { $0.id == id }?.name ?? id }

  private func at(_ targets: [String]) -> String {
    targets.isEmpty ? "" : " at " + targets.map { name($0) }.joined(separator: ", ")
  }

  private func list(_ beginning: String, _ names: [String]) -> String {
    names.isEmpty ? "" : "\(beginning) \(names.prefix(12).joined(separator: ", "))."
  }

  private func say(_ text: String) -> BuiltInAnswer {
    .saying(text.trimmingBlanks, examples: BuiltInExamples(scene).all)
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
