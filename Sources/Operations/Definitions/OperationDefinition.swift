package import Events
package import Storage
package import StrictJSON
package import Vocabulary

/// A named, versioned, typed, permitted change of state, in two parts.
///
/// `decide` looks, chooses, draws and checks, and writes nothing: it sees a reading transaction. `apply` writes and chooses
/// nothing: it sees the change. Between the two lies the journal, so that a rebuild needs only the second and a check of
/// the first needs no second model of the state.
///
/// One definition feeds the HTTP route, the terminal, the tool description for models, the documentation and the audit line.
package protocol OperationDefinition: Sendable {
  associatedtype Input: Codable & Sendable & SchemaDescribed
  associatedtype Output: Codable & Sendable
  associatedtype Change: StateChange

  /// Lower-case words with underscores, the verb first: `roll_dice`.
  static var name: String { get }
  /// Of input, output and change together; rows of older versions are upcast at reading.
  static var version: Int { get }
  /// For people and models.
  static var about: OperationAbout<Input> { get }
  static var permission: Permission { get }
  /// Fields that a proposal may fill from earlier results. None unless the definition says so.
  static var references: [ResultReference] { get }

  /// Chooses what is to happen. Reads journalled tables only, so that it can be run again on a rebuilt state.
  ///
  /// - Throws: ``OperationError`` to refuse.
  func decide(_ input: Input, _ context: inout OperationContext) throws -> Decision<Output, Change>

  /// Writes one change. Chooses nothing: no clock, no randomness, no ids.
  func apply(_ change: Change, in transaction: any Transaction) throws

  /// What a change tells the world once it is committed, whether it was decided or came from an undo.
  ///
  /// - Parameters:
  ///   - journal: the number of the row that it belongs to.
  ///   - state: the state after the change.
  func events(of change: Change, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft]

  /// A change as an older version wrote it, in today's form.
  func upcast(_ change: JSON, from version: Int) throws -> JSON
}

extension OperationDefinition {
  package static var references: [ResultReference] { [] }

  package func events(of change: Change, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] { [] }

  package func upcast(_ change: JSON, from version: Int) throws -> JSON {
    guard version == Self.version else {
      throw OperationError(
        .unknownVersion, "\(Self.name) version \(version) is not known here; version \(Self.version) is.")
    }
    return change
  }
}

/// What people and models are told of an operation.
package struct OperationAbout<Input: Sendable>: Sendable {
  /// A few words: “Roll dice”.
  package let title: String
  /// What it does and what it needs, in a sentence or two.
  package let summary: String
  /// An input that would be accepted.
  package let example: Input

  package init(_ title: String, _ summary: String, example: Input) {
    self.title = title
    self.summary = summary
    self.example = example
  }
}

/// What `decide` chose, as values: nothing has happened yet.
package struct Decision<Output: Sendable, Change: Sendable>: Sendable {
  package var output: Output
  /// In the order to apply them.
  package var changes: [Change]
  /// One line for the journal: “8d6 = 31”.
  package var summary: String
  /// How the result is shown; nil shows the summary.
  package var display: OperationDisplay?

  package init(output: Output, changes: [Change], summary: String, display: OperationDisplay? = nil) {
    self.output = output
    self.changes = changes
    self.summary = summary
    self.display = display
  }
}

/// A change of journalled state, as the journal keeps it. It holds all that applying and undoing it needs.
package protocol StateChange: Codable, Sendable {
  /// The values it writes. An undo is refused while a later change to one of them stands.
  var touches: [StateKey] { get }
  /// The change that takes this one back; nil when nothing can.
  var inverse: Self? { get }
}

/// The name of a value in the state, for telling whether two changes met: `workspace/name`, `rolls/0196…`.
package struct StateKey: Hashable, Sendable, Codable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }

  /// Its first word, which names the part of the state that it is of: `models`.
  var part: String { String(description.prefix { $0 != "/" }) }

  package init(from decoder: any Decoder) throws { description = try String(from: decoder) }
  package func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }
}

/// A question about the state: an operation that changes nothing and leaves no row.
package protocol ReadDefinition: Sendable {
  associatedtype Input: Codable & Sendable & SchemaDescribed
  associatedtype Output: Codable & Sendable

  static var name: String { get }
  static var version: Int { get }
  static var about: OperationAbout<Input> { get }
  static var permission: Permission { get }

  func answer(_ input: Input, as principal: Principal, in transaction: any ReadTransaction) throws -> Output
}
