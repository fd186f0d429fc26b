package import Storage
package import Vocabulary

/// A feature in which things are proposed. It says what may be proposed about one of its things, and by whom.
package protocol ProposalSurface: Sendable {
  /// The first part of its subjects: `campaigns` for `campaigns/salt_road`.
  var area: String { get }

  /// - Parameters:
  ///   - name: the rest of the subject: `salt_road`.
  ///   - proposal: the id that the proposal will have.
  /// - Throws: `OperationError` when there is no such thing, or the person has no part in it.
  func scope(
    of name: String, for principal: Principal, proposal: UniqueID, in state: any ReadTransaction
  ) throws -> ProposalScope
}
