package import StrictJSON
package import Vocabulary

/// What an answer says of itself besides what the model says.
package struct AnswerHead: Sendable {
  /// Names the answer: letters, digits, “-” and “_”. Each protocol puts its own letters before it.
  package let id: String
  package let created: Timestamp
  /// The model as the client called it. It stands where the upstream names none.
  package let model: String
  /// Whether the stream tells what was used, in protocols whose clients ask.
  package let wantsUsage: Bool
  /// What was asked. The Responses protocol says it again.
  package let body: JSON

  package init(id: String, created: Timestamp, facts: HopFacts, body: JSON) {
    self.id = id
    self.created = created
    self.model = facts.model
    self.wantsUsage = facts.wantsUsage
    self.body = body
  }

  var createdSeconds: Int64 {
    created.microseconds / 1_000_000 - (created.microseconds % 1_000_000 < 0 ? 1 : 0)
  }

  /// The model that answered, by its own word where it gave one.
  func model(_ told: String) -> String { told.isEmpty ? model : told }
}
