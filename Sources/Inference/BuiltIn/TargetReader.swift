/// Finds who is meant.
struct TargetReader {
  enum Finding: Sendable, Hashable {
    /// Their ids, in the scene's order within each name; at least one.
    case found([String])
    /// Nobody was named.
    case nobody
    /// A name that nobody has.
    case unknown(String)
    /// One was meant, and several could be.
    case several(String, [String])
  }

  let scene: BuiltInScene

  private static let fillers: Set = [
    "at", "on", "onto", "upon", "against", "toward", "towards", "into", "to", "the", "of", "both", "my", "that",
    "those",
    "these", "this", "in", "over", "near", "around", "for", "then",
  ]
  private static let myself: Set = ["me", "myself", "self", "i", "us"]
  private static let foes: Set = [
    "everyone", "everybody", "all", "enemies", "foes", "them", "monsters", "they", "enemy", "foe", "monster",
  ]
  private static let friends: Set = ["allies", "friends", "party", "companions", "everyone else"]
  private static let numbers = ["one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6]

  /// Who is meant by the words after a verb: names joined by `and`, kinds, plurals, `me`, `everyone`.
  ///
  /// Those who are down are not meant by plurals and kinds; by their own name they are.
  func read(_ words: Words) -> Finding {
    var ids: [String] = []
    for part in words.without(Self.fillers).split(at: "and") {
      switch readOne(part) {
      case .found(let more): ids += more.filter { !ids.contains($0) }
      case .nobody: continue
      case let other: return other
      }
    }
    return ids.isEmpty ? .nobody : .found(ids)
  }

  private func readOne(_ words: Words) -> Finding {
    var rest = words.dropping(["all"])
    if rest.isEmpty { return group(words.isEmpty ? [] : standing { !$0.isFriend }, words) }
    if rest.all.count == 1, let word = rest.all.first {
      if Self.myself.contains(word) { return .found([scene.actor]) }
      if Self.foes.contains(word) { return group(standing { !$0.isFriend }, words) }
      if Self.friends.contains(word) { return group(standing { $0.isFriend }, words) }
    }
    if let creature = scene.creatures.first(where: { Words.isLike(rest.text, Words($0.name).text) }) {
      return .found([creature.id])
    }
    var bound: Int?
    if let first = rest.all.first, rest.all.count > 1 {
      bound = ["a", "an", "any", "another"].contains(first) ? 1 : Self.numbers[first] ?? Int(first)
      if bound != nil { rest = Words(words: rest.all.dropFirst()) }
    }
    return readKind(rest, bound: bound)
  }

  /// Those of a kind, or of a name up to its number: `goblins`, `goblin`.
  private func readKind(_ words: Words, bound: Int?) -> Finding {
    let kind = words.text
    let alike = standing { creature in
      Self.baseNames(creature).contains {
        Words.isLike(kind, $0) || Self.plurals(of: $0).contains { Words.isLike(kind, $0) }
      }
    }
    guard !alike.isEmpty else { return .unknown(kind) }
    if let bound { return .found(alike.prefix(max(1, bound)).map(\.id)) }
    let isSingular = alike.contains { Self.baseNames($0).contains { Words.isLike(kind, $0) } }
    let isPlural = alike.contains { Self.baseNames($0).contains { Self.plurals(of: $0).contains(kind) } }
    guard isSingular, !isPlural, alike.count > 1 else { return .found(alike.map(\.id)) }
    return .several(kind, alike.map(\.name))
  }

  private func standing(_ isMeant: (BuiltInScene.Creature) -> Bool) -> [BuiltInScene.Creature] {
    scene.creatures.filter { !$0.isDown && $0.id != scene.actor && isMeant($0) }
  }

  private func group(_ creatures: [BuiltInScene.Creature], _ words: Words) -> Finding {
    creatures.isEmpty ? .unknown(words.text) : .found(creatures.map(\.id))
  }

  private static func baseNames(_ creature: BuiltInScene.Creature) -> [String] {
    let name = Words(creature.name).all
    let base = name.last.map { $0.count == 1 || Int($0) != nil } == true ? Array(name.dropLast()) : name
    return [base.joined(separator: " "), Words(creature.kind).text].filter { !$0.isEmpty }
  }

  private static func plurals(of name: String) -> [String] {
    if name.hasSuffix("man") { return [name.dropLast(2) + "en"] }
    if name.hasSuffix("f") { return [name.dropLast() + "ves", name + "s"] }
    if name.hasSuffix("y") { return [name.dropLast() + "ies", name + "s"] }
    return name.hasSuffix("s") || name.hasSuffix("x") || name.hasSuffix("ch") ? [name + "es"] : [name + "s"]
  }
}
