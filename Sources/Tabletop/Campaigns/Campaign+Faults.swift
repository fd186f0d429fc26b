import StrictJSON

extension Campaign {
  /// Everything that a schema cannot say: ids that are there twice, names that lead nowhere, more than there can be.
  var faults: [FieldError] {
    var faults: [FieldError] = []
    faults.noteDuplicates(creatures.map(\.id.description), at: "/creatures/*/id")
    faults.noteDuplicates(conditions.map(\.name.description), at: "/conditions/*/name")
    for (index, condition) in conditions.enumerated() where StandardCondition(rawValue: "\(condition.name)") != nil {
      faults.append(
        FieldError(
          pointer: "/conditions/\(index)/name", code: "taken",
          message: "“\(condition.name)” is a condition of the rules."))
    }
    let ids = creatures.map(\.id.description)
    if !ids.contains("\(acting)") {
      faults.append(
        .unknown("creature", "\(acting)", among: ids, suggesting: ids.nearest(to: "\(acting)"), at: "/acting"))
    }
    let known = conditionNames
    for (index, creature) in creatures.enumerated() {
      faults += creature.faults(at: "/creatures/\(index)", knowing: known, at: time)
    }
    return faults
  }
}

extension Creature {
  fileprivate func faults(at pointer: String, knowing known: [String], at time: GameTime) -> [FieldError] {
    var faults: [FieldError] = []
    if hitPoints.current > hitPoints.max {
      faults.append(.tooMany(hitPoints.current, of: hitPoints.max, at: "\(pointer)/hit_points/current"))
    }
    for (index, resource) in resources.enumerated() where resource.current > resource.max {
      faults.append(.tooMany(resource.current, of: resource.max, at: "\(pointer)/resources/\(index)/current"))
    }
    faults.noteDuplicates(resources.map(\.id.description), at: "\(pointer)/resources/*/resource_id")
    faults.noteDuplicates(attacks.map { $0.name.lowercased() }, at: "\(pointer)/attacks/*/name")
    faults.noteDuplicates(spells.map { $0.name.lowercased() }, at: "\(pointer)/spells/*/name")
    faults.noteDuplicates(conditions.map(\.name), at: "\(pointer)/conditions/*/name")
    let named =
      conditions.enumerated().map { ($1.name, "conditions/\($0)/name") }
      + conditionImmunities.enumerated().map { ($1, "condition_immunities/\($0)") }
      + spells.enumerated().compactMap { index, spell in spell.condition.map { ($0, "spells/\(index)/condition") } }
    for (name, place) in named where !known.contains(name) {
      faults.append(
        .unknown("condition", name, among: known, suggesting: known.nearest(to: name), at: "\(pointer)/\(place)"))
    }
    for (index, condition) in conditions.enumerated() where condition.isOver(at: time) {
      faults.append(
        FieldError(
          pointer: "\(pointer)/conditions/\(index)/until", code: "too_early",
          message: "It is over when the campaign begins."))
    }
    let owned = resources.map(\.id.description)
    for (index, spell) in spells.enumerated() {
      guard let resource = spell.resource?.description, !owned.contains(resource) else { continue }
      faults.append(
        .unknown(
          "resource", resource, in: " of \(id)", among: owned, suggesting: owned.nearest(to: resource),
          at: "\(pointer)/spells/\(index)/resource"))
    }
    return faults
  }
}

extension FieldError {
  fileprivate static func tooMany(_ current: Int64, of max: Int64, at pointer: String) -> FieldError {
    FieldError(pointer: pointer, code: "too_large", message: "\(current) is more than the maximum of \(max).")
  }
}

extension [FieldError] {
  /// - Parameter pointer: of the names, `*` standing for the index.
  fileprivate mutating func noteDuplicates(_ names: [String], at pointer: String) {
    var seen: Set<String> = []
    let parts = pointer.split(separator: "*", maxSplits: 1).map(String.init)
    for (index, name) in names.enumerated() where !seen.insert(name).inserted {
      append(
        FieldError(
          pointer: parts.joined(separator: "\(index)"), code: "duplicate",
          message: "“\(name.prefix(80))” is there twice."))
    }
  }
}
