import StrictJSON

/// What a person worked out for a plan of `Examples/spells` and the dice of a seed.
struct SpellExpectation {
  /// 64 hexadecimal digits.
  let seed: String
  /// The faces in the order of the draws, by the result that they belong to.
  let dice: [String: [Int64]]
  /// How each number below comes about.
  let why: String
  /// Values in the outputs, by pointer.
  let results: [String: [String: JSON]]
  /// What changed; everything else stands as the campaign file says.
  let hitPoints, temporary, resources: [String: JSON]
  let conditions: [String: [String]]
  let time: JSON?

  init(_ file: String) throws {
    let document = try SpellTable.document("\(file).expected.json")
    seed = document["seed"]?.text ?? ""
    dice = Self.members(document["dice"]).mapValues { ($0.items ?? []).compactMap(\.int64) }
    why = document["why"]?.text ?? ""
    results = Self.members(document["results"]).mapValues(Self.members)
    hitPoints = Self.members(document["hit_points"])
    temporary = Self.members(document["temporary"])
    resources = Self.members(document["resources"])
    conditions = Self.members(document["conditions"]).mapValues { ($0.items ?? []).compactMap(\.text) }
    time = document["time"]
  }

  private static func members(_ json: JSON?) -> [String: JSON] {
    Dictionary(uniqueKeysWithValues: (json?.members ?? [:]).map { ($0.key, $0.value) })
  }
}
