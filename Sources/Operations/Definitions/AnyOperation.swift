package import Events
package import Storage
package import StrictJSON
package import Vocabulary

/// An operation with its types erased, as the catalogue holds it.
package protocol AnyOperation: Sendable {
  var facts: OperationFacts { get }
  /// Checks an input without state, and gives it back typed and ready.
  ///
  /// - Throws: ``OperationError`` `.invalidInput` with every fault.
  func prepare(_ input: JSON) throws(OperationError) -> any PreparedOperation
  /// Writes a change that this operation recorded.
  func apply(_ change: RecordedChange, in transaction: any Transaction) throws
  /// The change that takes a recorded one back; nil when nothing can.
  func inverse(of change: RecordedChange) throws -> RecordedChange?
  func events(of change: RecordedChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft]
}

/// An operation with an input that fits it.
package protocol PreparedOperation: Sendable {
  var facts: OperationFacts { get }
  var input: JSON { get }
  func decide(_ context: inout OperationContext) throws -> AnyDecision
}

/// What a definition says of itself.
package struct OperationFacts: Sendable, Hashable {
  package enum Kind: String, Sendable, Codable { case change, read }

  package let name: String
  package let version: Int
  package let kind: Kind
  package let title: String
  package let summary: String
  package let permission: Permission
  package let input: JSONSchema
  package let output: JSONSchema
  package let example: JSON
  /// What a proposal may fill from earlier results.
  package var references: [ResultReference] = []
}

/// A decision with its types erased.
package struct AnyDecision: Sendable {
  package var output: JSON
  package var changes: [RecordedChange]
  package var summary: String
  package var display: OperationDisplay?
  /// The row that this one undoes.
  package var undoes: Int64?

  /// How it is shown: its display, else its summary.
  var shown: OperationDisplay { display ?? OperationDisplay(.note, summary, compact: summary) }
}

/// A change as the journal keeps it: whose it is, and what it writes.
package struct RecordedChange: Codable, Sendable, Hashable {
  package let operation: String
  package let version: Int
  package let change: JSON
  package let touches: [StateKey]
}

/// Wraps a definition.
struct ErasedOperation<Definition: OperationDefinition>: AnyOperation {
  let definition: Definition
  let facts: OperationFacts

  init(_ definition: Definition) throws {
    self.definition = definition
    facts = OperationFacts(
      name: Definition.name, version: Definition.version, kind: .change, title: Definition.about.title,
      summary: Definition.about.summary, permission: Definition.permission,
      input: try JSONSchema(of: Definition.Input.self), output: try JSONSchema(of: Definition.Output.self),
      example: try JSON(encoding: Definition.about.example), references: Definition.references)
  }

  func prepare(_ input: JSON) throws(OperationError) -> any PreparedOperation {
    Prepared(operation: self, input: input, typed: try facts.decode(Definition.Input.self, from: input))
  }

  func apply(_ change: RecordedChange, in transaction: any Transaction) throws {
    try definition.apply(try typed(change), in: transaction)
  }

  func inverse(of change: RecordedChange) throws -> RecordedChange? { try typed(change).inverse.map(record) }

  func events(of change: RecordedChange, journal: Int64, in state: any ReadTransaction) throws -> [EventDraft] {
    try definition.events(of: try typed(change), journal: journal, in: state)
  }

  private func typed(_ change: RecordedChange) throws -> Definition.Change {
    try definition.upcast(change.change, from: change.version).decode(Definition.Change.self)
  }

  private func record(_ change: Definition.Change) throws -> RecordedChange {
    RecordedChange(
      operation: facts.name, version: facts.version, change: try JSON(encoding: change), touches: change.touches)
  }

  private struct Prepared: PreparedOperation {
    let operation: ErasedOperation
    let input: JSON
    let typed: Definition.Input
    var facts: OperationFacts { operation.facts }

    func decide(_ context: inout OperationContext) throws -> AnyDecision {
      let decision = try operation.definition.decide(typed, &context)
      return AnyDecision(
        output: try JSON(encoding: decision.output), changes: try decision.changes.map(operation.record),
        summary: decision.summary, display: decision.display, undoes: nil)
    }
  }
}

extension OperationFacts {
  /// Checks an input against the schema, and decodes it: all faults at once.
  func decode<Input: Decodable>(_: Input.Type, from input: JSON) throws(OperationError) -> Input {
    let faults = self.input.validate(input)
    guard faults.isEmpty else { throw .invalidInput(faults) }
    do {
      return try input.decode(Input.self)
    } catch {
      throw .invalidInput(error.errors)
    }
  }
}

/// A read with its types erased.
package struct AnyRead: Sendable {
  package let facts: OperationFacts
  let answer: @Sendable (JSON, Principal, any ReadTransaction) throws -> JSON
  /// Checks an input without state.
  let check: @Sendable (JSON) throws(OperationError) -> Void

  init<Definition: ReadDefinition>(_ definition: Definition) throws {
    let facts = OperationFacts(
      name: Definition.name, version: Definition.version, kind: .read, title: Definition.about.title,
      summary: Definition.about.summary, permission: Definition.permission,
      input: try JSONSchema(of: Definition.Input.self), output: try JSONSchema(of: Definition.Output.self),
      example: try JSON(encoding: Definition.about.example))
    self.facts = facts
    check = { (input) throws(OperationError) in _ = try facts.decode(Definition.Input.self, from: input) }
    answer = { input, principal, transaction in
      let typed = try facts.decode(Definition.Input.self, from: input)
      return try JSON(encoding: try definition.answer(typed, as: principal, in: transaction))
    }
  }
}
