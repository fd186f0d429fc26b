import Operations
import Proposals
import StrictJSON
import TestKit

/// Brings proposals to a world's desk, one after another, and looks after each at what it left.
struct ProposalTrial {
  let world: ProposalWorld
  let random: SeededRandom
  private(set) var tally = ProposalTally()
  private var before: ProposalWorld.Moment

  init(seed: UInt64) async throws {
    random = SeededRandom(seed: seed)
    world = try await ProposalWorld(seed: random.next())
    before = try await world.moment()
  }

  /// Brings `count` proposals, and judges the world at the end.
  static func run(_ count: Int, seed: UInt64) async throws -> ProposalTally {
    var trial = try await ProposalTrial(seed: seed)
    for number in 0..<count {
      let (intention, subject, text) = trial.next()
      let findings = try await trial.bring(text, on: subject, intention)
      trial.tally.findings += findings.map { "seed \(seed), proposal \(number): \($0): \(text.prefix(4_000))" }
    }
    trial.tally.findings += try await trial.world.findingsAtTheEnd().map { "seed \(seed), at the end: \($0)" }
    trial.tally.rows = trial.before.row
    trial.tally.rebuilt += 1
    try await trial.world.close()
    return trial.tally
  }

  private func next() -> (DraftProposal.Intention, subject: String, text: String) {
    let campaign = world.campaigns[random.below(world.campaigns.count)]
    let strangers = world.campaigns.filter { $0.id != campaign.id }
    let draft = ProposalMaker(random: random, campaign: campaign).proposal()
    let faults = FaultMaker(random: random, strangers: strangers.map(\.id) + strangers.flatMap(\.creatures))
    let subject = "campaigns/\(campaign.id)"
    switch random.below(20) {
    case 0...12: return (.good, subject, draft.document.canonicalText())
    case 13...16: return (.near, subject, faults.spoil(draft).document.canonicalText())
    case 17:
      return (
        .hostile, ["campaigns/none", "campaigns", "things/\(campaign.id)"][random.below(3)],
        draft.document.canonicalText()
      )
    default: return (.hostile, subject, faults.hostileText(after: draft))
    }
  }

  /// - Returns: what does not hold.
  private mutating func bring(
    _ text: String, on subject: String, _ intention: DraftProposal.Intention
  ) async throws -> [String] {
    world.arbiter.clock.advance(by: .milliseconds(random.below(20_000)))
    guard let document = try? JSON(parsing: text) else {
      tally.note(intention, .unreadable)
      guard case .faults(let faults) = ProposalDecoder().decode(text) else { return ["text that is no JSON was read"] }
      tally.note(faults: faults.map(\.code))
      return []
    }
    var isExecutable = false
    do {
      let report = try await world.desk.check(document, on: subject, as: world.arbiter.owner)
      isExecutable = report.isExecutable
      tally.note(faults: report.faults.map(\.code))
    } catch let error as OperationError {
      tally.note(faults: error.errors.map(\.code))
    }
    let unchanged = try await world.moment() == before ? [] : ["a check changed something"]
    return try await unchanged + execute(document, on: subject, intention, isExecutable)
  }

  private mutating func execute(
    _ document: JSON, on subject: String, _ intention: DraftProposal.Intention, _ isExecutable: Bool
  ) async throws -> [String] {
    let key = random.below(8) == 0 ? IdempotencyKey("key-\(random.next())") : nil
    let owner = world.arbiter.owner
    do {
      let record = try await world.desk.execute(document, on: subject, as: owner, key: key).record
      tally.note(intention, record.outcome == .executed ? .executed : .failed)
      let after = try await world.moment()
      var findings = ProposalJudgement(record, try await world.rows(after: before.row), before, after).findings
      before = after
      guard let key else { return findings }
      let again = try await world.desk.execute(document, on: subject, as: owner, key: key)
      if again.record != record || !again.isRepeated { findings.append("its key gave another answer") }
      if try await world.moment() != after { findings.append("its key did it again") }
      return findings
    } catch let error as OperationError {
      tally.note(intention, isExecutable ? .unlucky : .refused)
      let isStated = [.invalidInput, .notFound, .refused, .forbidden].contains(error.code)
      return (isStated ? [] : ["it was refused with \(error.code.rawValue): \(error)"])
        + (try await world.moment() == before ? [] : ["it was refused and changed something"])
    }
  }
}
