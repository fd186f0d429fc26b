import Operations
import Storage
import StrictJSON

/// What an operation of a campaign looks at, and how it names what is not there.
struct Scene {
  /// Without its creatures, which are read as they are asked for.
  let campaign: Campaign
  private let store: CampaignStore
  private let state: any ReadTransaction

  /// Names listed in an error at most.
  static let listedMax = 20

  /// - Throws: ``OperationError`` `.invalidInput` at `/campaign` when there is none of that name.
  init(_ id: String, _ store: CampaignStore, in state: any ReadTransaction) throws {
    guard let campaign = try store.frame(id, in: state) else {
      let known = try store.frames(after: nil, limit: 100, in: state).map(\.id.description)
      throw OperationError.invalidInput([
        .unknown("campaign", id, among: known, suggesting: known.nearest(to: id), at: "/campaign")
      ])
    }
    self.campaign = campaign
    self.store = store
    self.state = state
  }

  var time: GameTime { campaign.time }

  /// A creature by its id. Notes a fault and gives nil when the campaign has none of that name.
  func creature(_ id: String, at pointer: String, _ faults: inout [FieldError]) throws -> Creature? {
    if let creature = try store.creature(id, of: campaign.id, in: state) { return creature }
    let known = try store.roster(of: campaign.id, in: state)
    let named = try store.creatures(of: campaign.id, in: state)
      .first { $0.name.lowercased() == id.lowercased() }?.id.description
    faults.append(
      .unknown(
        "creature", id, in: " in “\(campaign.name)”", among: known, suggesting: named ?? known.nearest(to: id),
        at: pointer))
    return nil
  }

  /// The creatures that `names` name, each once. Notes every fault.
  func creatures(_ names: [TargetName], _ faults: inout [FieldError]) throws -> [Creature] {
    var seen: Set<String> = []
    var creatures: [Creature] = []
    for target in names {
      guard seen.insert(target.name).inserted else {
        faults.append(
          FieldError(pointer: target.pointer, code: "duplicate", message: "“\(target.name)” is named twice."))
        continue
      }
      if let creature = try creature(target.name, at: target.pointer, &faults) { creatures.append(creature) }
    }
    return creatures
  }

  func place(of creature: Creature) -> CampaignChange.Place {
    CampaignChange.Place(campaign: campaign.id, creature: creature.id)
  }

  /// Every creature, for what happens to all of them.
  func everybody() throws -> [Creature] { try store.creatures(of: campaign.id, in: state) }
}

extension FieldError {
  /// A name that is not there: what there is, and what was probably meant.
  static func unknown(
    _ what: String, _ name: String, in where: String = "", among known: [String], suggesting suggestion: String?,
    at pointer: String
  ) -> FieldError {
    let listed = known.prefix(Scene.listedMax)
    let more = known.count > listed.count ? " and \(known.count - listed.count) more" : ""
    let hint =
      suggestion.map { "Did you mean \($0)?" }
      ?? (listed.isEmpty ? "There is none." : "There are: \(listed.joined(separator: ", "))\(more).")
    return FieldError(
      pointer: pointer, code: "unknown_\(what)", message: "There is no \(what) “\(name.prefix(80))”\(`where`). \(hint)",
      allowed: Array(listed))
  }
}

extension [FieldError] {
  /// - Throws: ``OperationError`` `.invalidInput` with all of them, when there are any.
  func demandNone() throws {
    guard isEmpty else { throw OperationError.invalidInput(self) }
  }
}
