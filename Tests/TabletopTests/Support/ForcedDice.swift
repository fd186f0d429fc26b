import Storage
import StrictJSON
import TestKit
import Testing
import Vocabulary

@testable import Operations
@testable import Tabletop

extension TestCampaign {
  /// What an operation decides when these faces come up, in order. Nothing is written.
  func decide(_ operation: String, _ input: JSON, faces: [UInt32]) async throws -> AnyDecision {
    let prepared = try arbiter.desk.catalogue.change(named: operation).prepare(input.in(id))
    return try await arbiter.database.read("test.decide", in: arbiter.workspace) { [arbiter] transaction in
      try prepared.decide(on: transaction, faces, arbiter)
    }
  }

  /// Carries an operation out with these faces, past the journal.
  func force(_ operation: String, _ input: JSON, faces: [UInt32]) async throws -> AnyDecision {
    let catalogue = arbiter.desk.catalogue
    let prepared = try catalogue.change(named: operation).prepare(input)
    return try await arbiter.database.write("test.force", in: arbiter.workspace) { [arbiter] transaction in
      let decision = try prepared.decide(on: transaction, faces, arbiter)
      for change in decision.changes { try catalogue.owner(of: change).apply(change, in: transaction) }
      return decision
    }
  }
}

extension PreparedOperation {
  fileprivate func decide(
    on state: any ReadTransaction, _ faces: [UInt32], _ arbiter: TestWorkspace
  ) throws -> AnyDecision {
    var choices = RecordedChoices()
    choices.ids = [UniqueID(high: arbiter.random.next(), low: arbiter.random.next())]
    choices.draws = DrawRecord(seed: 1, entropy: 0, stream: 0, roll: 0, faces: faces.map { [0, $0] })
    var context = OperationContext(
      principal: arbiter.owner, state: state, time: state.time, journal: 3, record: arbiter.journal,
      choices: ReplayedChoices(choices, sealer: arbiter.ring))
    return try decide(&context)
  }
}
