import StrictJSON

/// Who is meant, as the input names them, and where it does.
struct TargetName {
  let name: String
  let pointer: String

  static let targetsMax = 100

  /// Those of `target` or of `targets`; nil when neither is given. Notes a fault when both are.
  static func among(_ target: String?, _ targets: [String]?, _ faults: inout [FieldError]) -> [TargetName]? {
    if target != nil && targets != nil {
      faults.append(
        FieldError(pointer: "/target", code: "exclusive", message: "Give either target or targets, not both."))
    }
    if let targets { return list(targets) }
    return target.map { [TargetName(name: $0, pointer: "/target")] }
  }

  static func list(_ targets: [String]) -> [TargetName] {
    targets.enumerated().map { TargetName(name: $1, pointer: "/targets/\($0)") }
  }

  /// Notes that nobody is meant.
  static func missing(_ faults: inout [FieldError]) -> [TargetName] {
    faults.append(
      FieldError(pointer: "/targets", code: "missing", message: "Nobody is named: give target or targets."))
    return []
  }
}

/// What inputs of a campaign's operations say of themselves alike.
enum Fields {
  static let campaign = PropertyDescription("The campaign's id.", .length(1...100))
  static let target = PropertyDescription("The id of one creature; instead of targets.", .length(1...100))
  static let targets = PropertyDescription(
    "The ids of creatures, each once.", .count(1...TargetName.targetsMax), .each(.length(1...100)))
  static let purpose = PropertyDescription("What it is for, as people say it.", .length(0...200))
  static let saves = PropertyDescription(
    "The results of a saving throw batch, for every target.", .count(1...TargetName.targetsMax))
}

/// “Goblin 1, Goblin 2 and 3 more”.
func enumeration(_ parts: [String], atMost most: Int = 6) -> String {
  guard parts.count > most else { return parts.joined(separator: ", ") }
  return parts.prefix(most).joined(separator: ", ") + " and \(parts.count - most) more"
}
