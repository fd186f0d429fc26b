import StrictJSON

/// What the author of a proposal knows of a campaign: the names in it.
struct CampaignView: Sendable {
  let id: String
  let creatures: [String]
  /// Weapons and resources by creature; those without any are not in it.
  let weapons: [String: [String]]
  let resources: [String: [String]]
  let casters: [String]

  init(_ document: JSON) {
    let creatures = (document["creatures"]?.items ?? []).map { (id: $0["id"]?.text ?? "", sheet: $0) }
    id = document["id"]?.text ?? ""
    self.creatures = creatures.map(\.id)
    casters = creatures.filter { $0.sheet["spellcasting"] != nil }.map(\.id)
    weapons = Self.names("attacks", "name", of: creatures)
    resources = Self.names("resources", "resource_id", of: creatures)
  }

  private static func names(
    _ list: String, _ member: String, of creatures: [(id: String, sheet: JSON)]
  ) -> [String: [String]] {
    var names: [String: [String]] = [:]
    for (id, sheet) in creatures {
      let found = (sheet[list]?.items ?? []).compactMap { $0[member]?.text }
      if !found.isEmpty { names[id] = found }
    }
    return names
  }
}
