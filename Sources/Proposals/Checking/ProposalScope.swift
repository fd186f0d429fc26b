package import StrictJSON
package import Vocabulary

/// What a proposal may do, and what the server adds to it. A feature makes one for each run; text from a model cannot widen
/// it.
package struct ProposalScope: Sendable {
  package let principal: Principal
  /// The run; the journal names it in every row.
  package let proposal: UniqueID
  /// Names of the operations that may be proposed.
  package let operations: Set<String>
  /// Members of an input that the server sets, where the operation has them: `campaign`. A proposal may not.
  package let given: JSONObject

  package init(principal: Principal, proposal: UniqueID, operations: Set<String>, given: JSONObject = JSONObject()) {
    self.principal = principal
    self.proposal = proposal
    self.operations = operations
    self.given = given
  }
}
