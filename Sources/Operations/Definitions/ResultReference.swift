/// A field of an operation's input that a proposal may fill from the result of an earlier operation.
///
/// A proposal writes `"amount_ref": "fireball"` where a plain input has `"amount": 31`. The definition itself sees the value
/// only, and the journal keeps it, so that a row can be run again by itself.
package struct ResultReference: Sendable, Hashable {
  /// The field of the input that gets the value: `amount`, written `amount_ref` in a proposal.
  package let field: String
  /// By the name of the earlier operation, where in its output the value lies: `["roll_dice": ["total"]]`.
  package let sources: [String: [String]]

  package init(_ field: String, from sources: [String: [String]]) {
    self.field = field
    self.sources = sources
  }
}
