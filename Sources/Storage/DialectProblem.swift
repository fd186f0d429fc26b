/// Something in a statement that the common dialect does not have.
package struct DialectProblem: Sendable, Hashable, CustomStringConvertible {
  package enum Rule: String, Sendable, Hashable, CaseIterable {
    /// Not one statement that begins with a known verb.
    case form
    /// A literal, name or comment that does not end, or that the engines read differently.
    case literal
    /// An upper-case word outside the dialect's list.
    case word
    /// A name that is not lower-case letters, digits and underscores, or that an engine reserves.
    case name
    /// An operator that an engine lacks, or in a form that the engines take differently.
    case `operator`
    /// `LIKE` in another form than `LIKE operand ESCAPE '\'`.
    case like
    /// A `/` or `%` whose right side may be zero.
    case division
    /// A table without a key clause, with options, or with a column of another type.
    case table
    /// A primary key, unique key or unique index that does not begin with `workspace`.
    case workspace
  }

  package let rule: Rule
  /// What was found, and what is allowed.
  package let message: String

  package init(_ rule: Rule, _ message: String) {
    self.rule = rule
    self.message = message
  }

  package var description: String { "\(rule.rawValue): \(message)" }
}
